import { IconChevronRight, IconCloudUp, IconCopy, IconGitFork } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { visibleText } from '../../../shared/display/visible-text.ts'
import type { FieldKey } from '../../../shared/model/field.ts'
import { FIELD_KINDS, isEmptyFieldValue } from '../../../shared/model/field.ts'
import { useStoreQuery } from '../../bridge/use-store-query.ts'
import { fieldText } from '../../domain/field-diff.tsx'
import { OriginChip } from '../../domain/origin-chip.tsx'
import { useSourceName } from '../../domain/source-label.tsx'
import { StatusLabel } from '../../domain/status-label.tsx'
import { WebLink } from '../../domain/web-link.tsx'
import { useHostState } from '../../state/host-state.ts'
import { navigate } from '../../state/route.ts'
import type { ClientDetails, FieldView } from '../../store/store-contract.ts'
import { FIELD_LABELS } from '../../text/field-labels.ts'
import { formatCount, formatFullDate, formatNumber, formatUntil } from '../../text/format.ts'
import { NAMES } from '../../text/names.ts'
import { Banner, NoteAction } from '../../ui/banner.tsx'
import { cx } from '../../ui/cx.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { ShownText } from '../../ui/shown-text.tsx'
import { Tag } from '../../ui/tag.tsx'
import { useNow } from '../../ui/use-now.ts'
import { ClientNotices } from './client-notices.tsx'
import styles from './details.module.css'
import { TimelineLine } from './timeline-line.tsx'

/** Shown even when empty, in this order; the rest follows where it has a value. The name is the heading. */
const ALWAYS: readonly FieldKey[] = ['status', 'phone', 'email', 'company', 'jobTitle', 'tags', 'notes']
const HEADING: ReadonlySet<FieldKey> = new Set(['name', 'firstName', 'lastName'])

/** What is drawn of a list of tags. */
const MAX_TAGS = 100

export function ClientProfile(props: { readonly details: ClientDetails; readonly onTimeline: () => void }) {
  const { details } = props
  const [open, setOpen] = useState(false)
  const clientId = details.row.clientId
  const timeline = useStoreQuery('clients.timeline', { clientId, limit: 3 }, ['clients', 'edits', 'conflicts'])
  const byKey = new Map(details.fields.map((field) => [field.field, field]))
  const fields = [
    ...ALWAYS.flatMap((key) => byKey.get(key) ?? []),
    ...details.fields.filter(
      (field) => !ALWAYS.includes(field.field) && !HEADING.has(field.field) && !isEmptyFieldValue(field.value),
    ),
    ...details.fields.filter((field) => HEADING.has(field.field) && field.sourceValue !== undefined),
  ]
  const statusLabels = Object.fromEntries(details.statusOptions.map((option) => [option.id, option.label]))
  const extra = details.records.flatMap((record) =>
    record.extra.map((each) => ({ ...each, recordId: record.recordId, sourceId: record.sourceId })),
  )
  const latest = (timeline.data ?? []).slice(0, 3)
  return (
    <>
      <WaitingNote details={details} />
      <ClientNotices clientId={clientId} />
      <dl className={styles.fields}>
        {fields.map((field) => (
          <FieldRow key={field.field} field={field} details={details} statusLabels={statusLabels} />
        ))}
        {details.row.createdAt !== null && (
          <div className={styles.field}>
            <dt>Created</dt>
            <dd className={styles.value}>{formatFullDate(details.row.createdAt)}</dd>
            <dd className={styles.side}>
              {details.row.sourceIds[0] !== undefined && (
                <OriginChip origin={{ kind: 'source', sourceId: details.row.sourceIds[0] }} />
              )}
            </dd>
          </div>
        )}
      </dl>
      {extra.length > 0 && (
        <>
          <button type="button" className={styles.section} aria-expanded={open} onClick={() => setOpen(!open)}>
            <IconChevronRight size={14} aria-hidden />
            Other fields <span>{extra.length}</span>
          </button>
          {open && (
            <dl>
              {extra.map((each) => (
                <div key={`${each.recordId}:${each.key}`} className={styles.field}>
                  <dt className="ell" dir="auto" title={visibleText(each.label)}>
                    {visibleText(each.label)}
                  </dt>
                  <dd className={styles.value} dir="auto">
                    {each.value === null ? <span className={styles.none}>–</span> : <ShownText text={each.value} />}
                    {each.filledBy === 'vendor-ai' && <span className={styles.was}>filled in by AI</span>}
                  </dd>
                  <dd className={styles.side}>
                    {each.sourceId !== null && <OriginChip origin={{ kind: 'source', sourceId: each.sourceId }} />}
                  </dd>
                </div>
              ))}
            </dl>
          )}
        </>
      )}
      {latest.length > 0 && (
        <>
          <h3 className={cx(styles.section, styles.ruled)}>Latest</h3>
          <ul>
            {latest.map((item) => (
              <TimelineLine key={item.id} item={item} />
            ))}
          </ul>
        </>
      )}
    </>
  )
}

function WaitingNote(props: { readonly details: ClientDetails }) {
  const { details } = props
  const now = useNow(1000)
  const network = useHostState((state) => state.network)
  const waiting = details.edits.filter((edit) => edit.state !== 'done' && edit.state !== 'discarded')
  if (details.conflictIds.length > 0) {
    return (
      <Banner
        tone="warning"
        className={styles.note}
        icon={<IconGitFork size={16} aria-hidden />}
        lead="Changed on both sides."
        action={<NoteAction onClick={() => navigate('conflicts')}>Decide</NoteAction>}
      >
        Choose which to keep.
      </Banner>
    )
  }
  if (waiting.length === 0) return null
  const attention = waiting.filter((edit) => edit.state === 'needs-attention').length
  const free = waiting.filter((edit) => edit.hold === null)
  const due = free.map((edit) => edit.notBefore).find((at) => at !== null && at > now) ?? null
  const when =
    attention > 0
      ? 'It needs your attention.'
      : free.length === 0
        ? `Held until you release ${waiting.length === 1 ? 'it' : 'them'}.`
        : network.workOffline || !network.online
          ? 'Sends once you are online.'
          : waiting.some((edit) => edit.state === 'sending')
            ? 'Sending now.'
            : due === null
              ? 'Sends in a moment.'
              : `Sends ${formatUntil(due, now)}.`
  return (
    <Banner
      tone={attention > 0 ? 'danger' : 'quiet'}
      className={styles.note}
      icon={<IconCloudUp size={16} aria-hidden className={attention > 0 ? undefined : styles.waiting} />}
      lead={`${formatCount(waiting.length, 'edit')} waiting.`}
      action={<NoteAction onClick={() => navigate('queue')}>Show in Queue</NoteAction>}
    >
      {when}
    </Banner>
  )
}

function FieldRow(props: {
  readonly field: FieldView
  readonly details: ClientDetails
  readonly statusLabels: Readonly<Record<string, string>>
}) {
  const { field, details, statusLabels } = props
  const label = field.field === 'status' ? details.statusLabel : FIELD_LABELS[field.field]
  const text = fieldText(field.field, field.value, statusLabels)
  return (
    <div className={styles.field}>
      <dt>{label}</dt>
      <dd>
        <div className={cx(styles.value, field.field === 'tags' && styles.tagsValue)} dir="auto">
          {fieldContent(field, details, text)}
          {field.origin.kind === 'waiting' && (
            <span role="img" aria-label={NAMES.waitingToSync} className={styles.waiting}>
              <IconCloudUp size={14} aria-hidden />
            </span>
          )}
          {field.origin.kind === 'conflict' && (
            <span role="img" aria-label={NAMES.conflict} className={styles.conflict}>
              <IconGitFork size={14} aria-hidden />
            </span>
          )}
        </div>
        <SourceValue field={field} details={details} statusLabels={statusLabels} />
      </dd>
      <dd className={styles.side}>
        {text !== null && (
          <IconButton
            label={`Copy ${label.toLowerCase()}`}
            className={styles.copy}
            onClick={() => void navigator.clipboard.writeText(asCopied(field, text))}
          >
            <IconCopy size={14} aria-hidden />
          </IconButton>
        )}
        {(text !== null || field.origin.kind === 'waiting' || field.origin.kind === 'conflict') && (
          <OriginChip origin={field.origin} />
        )}
      </dd>
    </div>
  )
}

function fieldContent(field: FieldView, details: ClientDetails, text: string | null): ReactNode {
  if (text === null) return <span className={styles.none}>–</span>
  if (field.field === 'status' && details.row.status !== null) return <StatusLabel status={details.row.status} />
  if (field.value !== null && typeof field.value !== 'string') {
    const tags = [...new Set(field.value)]
    return (
      <>
        {tags.slice(0, MAX_TAGS).map((tag) => (
          <Tag key={tag} title={visibleText(tag)}>
            {visibleText(tag)}
          </Tag>
        ))}
        {tags.length > MAX_TAGS && <span className="t3">and {formatNumber(tags.length - MAX_TAGS)} more</span>}
      </>
    )
  }
  if (field.value === null || field.field === 'status') return text
  return FIELD_KINDS[field.field] === 'url' ? <WebLink text={field.value} /> : <ShownText text={field.value} />
}

/** The value itself, with whatever is hidden in it: who copies it wants to have it as it is. */
function asCopied(field: FieldView, text: string): string {
  return typeof field.value === 'string' && field.field !== 'status' ? field.value : text
}

/** `was …` under a value on its way, `Full Engage has …` under one that only this device has. */
function SourceValue(props: {
  readonly field: FieldView
  readonly details: ClientDetails
  readonly statusLabels: Readonly<Record<string, string>>
}) {
  const { field } = props
  const name = useSourceName(props.details.row.sourceIds[0] ?? null)
  if (field.sourceValue === undefined) return null
  const known = fieldText(field.field, field.sourceValue, props.statusLabels)
  if (known === null && field.origin.kind === 'device') return null
  const text = known ?? 'empty'
  return (
    <div className={styles.was} dir="auto">
      {field.origin.kind === 'device' ? `${name} has ${text}` : `was ${text}`}
    </div>
  )
}
