import type { TestimonialView } from '../../store/store-contract.ts'
import { formatFullDate } from '../../text/format.ts'
import { ShownText } from '../../ui/shown-text.tsx'
import styles from './print-sheet.module.css'

/** What was said, by whom and when. A video is told, since paper does not play it. */
export function PrintedTestimonials(props: { readonly items: readonly TestimonialView[] }) {
  if (props.items.length === 0) return null
  return (
    <section>
      <h2>Testimonials</h2>
      {props.items.map((item) => {
        const at = Date.parse(item.sourceCreatedAt ?? item.createdAt ?? '')
        const by = [
          item.name ?? item.clientName,
          item.rating === null ? null : `${item.rating} of 5 stars`,
          Number.isNaN(at) ? null : formatFullDate(at),
          item.video === null ? null : 'video',
        ].filter((part) => part !== null)
        return (
          <figure key={item.testimonialId} className={styles.quote}>
            <blockquote className={styles.long} dir="auto">
              {item.text === null || item.text === '' ? 'No text' : <ShownText text={item.text} />}
            </blockquote>
            <figcaption className={styles.small} dir="auto">
              <ShownText text={by.join(', ')} />
            </figcaption>
          </figure>
        )
      })}
    </section>
  )
}
