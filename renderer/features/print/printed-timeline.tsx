import type { FieldKey, FieldValue } from '../../../shared/model/field.ts'
import { fieldText } from '../../domain/field-diff.tsx'
import { useSourceName } from '../../domain/source-label.tsx'
import type { TimelineItem } from '../../store/store-contract.ts'
import { FIELD_LABELS } from '../../text/field-labels.ts'
import { formatMoment } from '../../text/format.ts'
import { timelineSentence } from '../../text/timeline-words.ts'
import { ShownText } from '../../ui/shown-text.tsx'
import styles from './print-sheet.module.css'

const MAX_VALUE = 240

/** What has happened, newest first, with what changed from what to what. */
export function PrintedTimeline(props: { readonly items: readonly TimelineItem[] }) {
  if (props.items.length === 0) return null
  return (
    <section>
      <h2>Timeline</h2>
      <ul className={styles.timeline}>
        {props.items.map((item) => (
          <Entry key={item.id} item={item} />
        ))}
      </ul>
    </section>
  )
}

function Entry(props: { readonly item: TimelineItem }) {
  const { item } = props
  const source = useSourceName(item.sourceId)
  const names = item.fields.map(({ field }) => FIELD_LABELS[field].toLowerCase()).join(', ')
  const sentence = timelineSentence(item, source)
    .map((part) => (part === 'fields' ? names : part))
    .join('')
  return (
    <li>
      <time className={styles.small} dateTime={new Date(item.at).toISOString()}>
        {formatMoment(item.at, Date.now())}
      </time>
      <div>
        <span dir="auto">
          <ShownText text={sentence} />
        </span>
        {item.fields.map(({ field, from, to }) => (
          <div key={field} className={styles.change} dir="auto">
            {FIELD_LABELS[field]}: <ShownText text={valueText(item, field, from)} /> →{' '}
            <ShownText text={valueText(item, field, to)} />
          </div>
        ))}
      </div>
    </li>
  )
}

/** The beginning of a long one: the notes as they are now have a part of their own. */
function valueText(item: TimelineItem, field: FieldKey, value: FieldValue): string {
  const text = fieldText(field, value, item.statusLabels) ?? 'empty'
  return text.length > MAX_VALUE ? `${text.slice(0, MAX_VALUE)}…` : text
}
