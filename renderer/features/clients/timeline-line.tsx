import {
  type Icon,
  IconAlertTriangle,
  IconArrowBackUp,
  IconCloudUp,
  IconDeviceLaptop,
  IconGitFork,
  IconPencil,
  IconPlus,
  IconRefresh,
  IconTrash,
} from '@tabler/icons-react'
import { Fragment, type ReactNode } from 'react'
import { FieldDiff } from '../../domain/field-diff.tsx'
import { useSourceName } from '../../domain/source-label.tsx'
import type { TimelineItem } from '../../store/store-contract.ts'
import { FIELD_LABELS } from '../../text/field-labels.ts'
import { formatMoment, formatRelative } from '../../text/format.ts'
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

/** Icon, sentence, time. `full` adds what changed from what to what, and `action` at the end. */
export function TimelineLine(props: {
  readonly item: TimelineItem
  readonly full?: boolean
  readonly action?: ReactNode
}) {
  const { item, full = false } = props
  const now = useNow()
  const source = useSourceName(item.sourceId)
  const onDevice = item.kind === 'you-changed' && item.onDevice
  const ItemIcon = onDevice ? IconDeviceLaptop : ICONS[item.kind]
  const mine = item.kind === 'you-changed' || item.kind === 'you-created' || item.kind === 'you-deleted'
  return (
    <li className={cx(styles.event, full && styles.eventFull)}>
      <ItemIcon size={14} aria-hidden className={cx(styles.eventIcon, mine && !onDevice && styles.mine)} />
      <div className={cx(styles.eventText, !full && 'ell')}>
        {sentence(item, source)}
        {full &&
          item.fields.map((field) => (
            <div key={field.field} className="small">
              <FieldDiff field={field.field} from={field.from} to={field.to} statusLabels={item.statusLabels} />
            </div>
          ))}
      </div>
      {props.action}
      <time dateTime={new Date(item.at).toISOString()} title={formatMoment(item.at, now)}>
        {formatRelative(item.at, now)}
      </time>
    </li>
  )
}

function sentence(item: TimelineItem, source: string): ReactNode {
  const fields = fieldNames(item)
  switch (item.kind) {
    case 'you-changed':
      return (
        <>
          You changed {fields}
          {item.onDevice && ', kept on this device'}
        </>
      )
    case 'source-changed':
      return (
        <>
          {source} changed {fields}
        </>
      )
    case 'you-created':
      return 'You created this client'
    case 'source-added':
      return `Read from ${source} for the first time`
    case 'you-deleted':
      return 'You deleted this client'
    case 'source-removed':
      return `${source} no longer has this client`
    case 'sent':
      return item.fields.length === 0 ? (
        `Sent to ${source}`
      ) : (
        <>
          Sent {fields} to {source}
        </>
      )
    case 'refused':
      return item.fields.length === 0 ? (
        `${source} did not take the edit`
      ) : (
        <>
          {source} did not take {fields}
        </>
      )
    case 'conflict':
      return (
        <>
          You and {source} changed {fields}
        </>
      )
    case 'resolved':
      return <>You decided on {fields}</>
    case 'discarded':
      return <>You took back {fields}</>
  }
}

function fieldNames(item: TimelineItem): ReactNode {
  if (item.fields.length === 0) return 'this client'
  return item.fields.map((field, index) => (
    <Fragment key={field.field}>
      {index > 0 && (index === item.fields.length - 1 ? ' and ' : ', ')}
      <span className="strong">{FIELD_LABELS[field.field]}</span>
    </Fragment>
  ))
}
