import {
  type Icon,
  IconAlertTriangle,
  IconArrowBackUp,
  IconCloudUp,
  IconDeviceLaptop,
  IconFileImport,
  IconGitFork,
  IconPencil,
  IconPlus,
  IconRefresh,
  IconShieldCheck,
  IconTrash,
} from '@tabler/icons-react'
import { Fragment, type ReactNode } from 'react'
import { FieldDiff, fieldText } from '../../domain/field-diff.tsx'
import { useSourceName } from '../../domain/source-label.tsx'
import type { TimelineItem } from '../../store/store-contract.ts'
import { FIELD_LABELS } from '../../text/field-labels.ts'
import { formatMoment, formatRelative } from '../../text/format.ts'
import { timelineSentence } from '../../text/timeline-words.ts'
import { cx } from '../../ui/cx.ts'
import { useNow } from '../../ui/use-now.ts'
import styles from './details.module.css'

const ICONS: Readonly<Record<TimelineItem['kind'], Icon>> = {
  'you-changed': IconPencil,
  'source-changed': IconRefresh,
  'you-created': IconPlus,
  'source-added': IconRefresh,
  'you-deleted': IconTrash,
  'source-removed': IconTrash,
  sent: IconCloudUp,
  refused: IconAlertTriangle,
  conflict: IconGitFork,
  resolved: IconGitFork,
  discarded: IconArrowBackUp,
}

/** Who did it, where that is not told by what happened. */
const ICONS_BY: Readonly<Partial<Record<TimelineItem['by'], Icon>>> = {
  undo: IconArrowBackUp,
  'put-back': IconArrowBackUp,
  import: IconFileImport,
  recovery: IconShieldCheck,
}

type FieldChange = TimelineItem['fields'][number]

/** Icon, sentence, time. `full` adds what changed from what to what, with `action` at the end of each field. */
export function TimelineLine(props: {
  readonly item: TimelineItem
  readonly full?: boolean
  readonly action?: (field: FieldChange) => ReactNode
}) {
  const { item, full = false } = props
  const now = useNow()
  const source = useSourceName(item.sourceId)
  const onDevice = item.kind === 'you-changed' && item.onDevice
  const ItemIcon = ICONS_BY[item.by] ?? (onDevice ? IconDeviceLaptop : ICONS[item.kind])
  const mine = item.kind === 'you-changed' || item.kind === 'you-created' || item.kind === 'you-deleted'
  return (
    <li className={cx(styles.event, full && styles.eventFull)}>
      <ItemIcon size={14} aria-hidden className={cx(styles.eventIcon, mine && !onDevice && styles.mine)} />
      <div className={cx(styles.eventText, !full && 'ell')}>
        {timelineSentence(item, source).map((part, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one sentence, which never move
          <Fragment key={index}>{part === 'fields' ? <FieldNames item={item} /> : part}</Fragment>
        ))}
        {full &&
          item.fields.map((field) => (
            <div key={field.field} className={styles.eventField}>
              <Values item={item} field={field} source={source} />
              {props.action?.(field)}
            </div>
          ))}
      </div>
      <time dateTime={new Date(item.at).toISOString()} title={formatMoment(item.at, now)}>
        {formatRelative(item.at, now)}
      </time>
    </li>
  )
}

/** From what to what; of a conflict, what each side has: both stay to be seen, whoever wins. */
function Values(props: { readonly item: TimelineItem; readonly field: FieldChange; readonly source: string }) {
  const { item, field } = props
  if (item.kind !== 'conflict') {
    return (
      <div className={styles.eventValues}>
        {/* The name is in the sentence; of several fields each line needs its own. */}
        {item.fields.length > 1 && <span className="t3">{FIELD_LABELS[field.field]}</span>}
        <FieldDiff field={field.field} from={field.from} to={field.to} statusLabels={item.statusLabels} />
      </div>
    )
  }
  return (
    <dl className={styles.sides}>
      <dt>{props.source}</dt>
      <dd dir="auto">{fieldText(field.field, field.from, item.statusLabels) ?? 'empty'}</dd>
      <dt>You</dt>
      <dd dir="auto">{fieldText(field.field, field.to, item.statusLabels) ?? 'empty'}</dd>
    </dl>
  )
}

function FieldNames(props: { readonly item: TimelineItem }) {
  const { fields } = props.item
  if (fields.length === 0) return 'this client'
  return fields.map((field, index) => (
    <Fragment key={field.field}>
      {index > 0 && (index === fields.length - 1 ? ' and ' : ', ')}
      <span className="strong">{FIELD_LABELS[field.field]}</span>
    </Fragment>
  ))
}
