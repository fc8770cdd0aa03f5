import type { ReactNode } from 'react'
import { visibleText } from '../../shared/display/visible-text.ts'
import { addressOf } from '../state/route.ts'
import type { TestimonialView } from '../store/store-contract.ts'
import { formatDate, formatFullDate } from '../text/format.ts'
import { Avatar } from '../ui/avatar.tsx'
import { ShownText } from '../ui/shown-text.tsx'
import classes from './testimonial.module.css'
import { TestimonialPicture } from './testimonial-picture.tsx'
import { RatingStars } from './testimonial-stars.tsx'
import { isVideo, saidAt } from './testimonial-video.ts'

export interface TestimonialCardProps {
  readonly testimonial: TestimonialView
  /** Its video runs. One at a time is for the list to see to. */
  readonly playing: boolean
  readonly onPlay: () => void
  readonly now: number
  /** The person's name leads to the client. Not where the client is open already. */
  readonly linksClient: boolean
}

/** A testimonial: picture or quote, then who said it, where, and when. */
export function TestimonialCard(props: TestimonialCardProps): ReactNode {
  const { testimonial } = props
  const text = testimonial.text === null ? null : <ShownText text={testimonial.text} />
  const person = visibleText(testimonial.name ?? testimonial.clientName)
  const video = isVideo(testimonial)
  const at = saidAt(testimonial)
  const name = (
    <span className={classes.name} dir="auto" title={person}>
      {person}
    </span>
  )
  return (
    <article className={classes.card} aria-label={`${video ? 'Video' : 'Testimonial'} by ${person}`}>
      {video && <TestimonialPicture {...props} person={person} />}
      {!video && (
        <div className={classes.quote}>
          <RatingStars rating={testimonial.rating} />
          <p dir="auto">{text ?? <span className="t3">No text</span>}</p>
        </div>
      )}
      <div className={classes.foot} data-after-quote={!video || undefined}>
        <div className={classes.person}>
          <Avatar name={person} size={24} />
          {props.linksClient ? (
            <a className={classes.link} href={addressOf('clients', testimonial.clientId)}>
              {name}
            </a>
          ) : (
            <span className={classes.link}>{name}</span>
          )}
          {video && <RatingStars rating={testimonial.rating} />}
        </div>
        {video && text !== null && testimonial.text !== '' && (
          <p className={classes.spoken} dir="auto">
            {text}
          </p>
        )}
        <div className={classes.meta}>
          <span className="ell" dir="auto">
            {visibleText(
              testimonial.company ?? (person === testimonial.clientName ? '\u00a0' : testimonial.clientName),
            )}
          </span>
          {at !== null && (
            <time dateTime={new Date(at).toISOString()} title={formatFullDate(at)}>
              {formatDate(at, props.now)}
            </time>
          )}
        </div>
      </div>
    </article>
  )
}
