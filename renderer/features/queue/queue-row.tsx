import { IconArrowBackUp, IconPencil, IconTrash, IconUserPlus, IconUserSearch } from '@tabler/icons-react'
import { useHost, useStore } from '../../bridge/app-context.tsx'
import { FieldDiff } from '../../domain/field-diff.tsx'
import { SourceTile } from '../../domain/source-label.tsx'
import { useSource } from '../../state/host-state.ts'
import { navigate } from '../../state/route.ts'
import type { EditView } from '../../store/store-contract.ts'
import { errorLine } from '../../text/error-text.ts'
import { FIELD_LABELS } from '../../text/field-labels.ts'
import { formatMoment, formatRelative } from '../../text/format.ts'
import { NAMES } from '../../text/names.ts'
import { Button } from '../../ui/button.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { notify } from '../../ui/toast.tsx'
import lines from '../../ui/two-lines.module.css'
import { useNow } from '../../ui/use-now.ts'
import { EditState } from './edit-state.tsx'
import styles from './queue.module.css'
import { OPERATION_WORDS, reasonText } from './queue-rows.ts'

/** One edit: whose, what, how it stands and why, and the ways on. */
export function QueueRow(props: {
  readonly edit: EditView
  readonly offline: boolean
  readonly behind: boolean
  readonly onDiscard: () => void
}) {
  const { edit } = props
  const host = useHost()
  const store = useStore()
  const source = useSource(edit.sourceId)
  const now = useNow(1000)
  const sourceName = source?.name ?? 'Removed source'

  const retry = async (): Promise<void> => {
    const reply = await store.call['edit.retry']({ editId: edit.editId })
    if (!reply.ok) notify({ tone: 'danger', text: errorLine(reply.error, { sourceName, during: 'edit' }) })
    else await host.call['edits.push']({ sourceId: edit.sourceId })
  }
  const reason = reasonText(edit, { now, source, offline: props.offline, behind: props.behind })
  return (
    <tr>
      <th scope="row">
        <div className={styles.who}>
          <SourceTile connectorId={source?.connectorId ?? ''} name={sourceName} small />
          <span className={lines.names}>
            <span className={lines.name} title={edit.clientName} dir="auto">
              {edit.clientName}
            </span>
            <span className={lines.second} title={`${sourceName}, ${formatMoment(edit.createdAt, now)}`}>
              {sourceName}, {formatRelative(edit.createdAt, now)}
            </span>
          </span>
        </div>
      </th>
      <td>
        <span className={styles.op}>
          <OperationIcon operation={edit.operation} />
          {OPERATION_WORDS[edit.operation]}
        </span>
      </td>
      <td>
        <Changes edit={edit} sourceName={sourceName} />
      </td>
      <td>
        <EditState state={edit.state} />
        <div className={styles.reason}>{reason}</div>
      </td>
      <td>
        <div className={styles.actions}>
          <Button disabledReason={whyNotRetry(edit, props.offline)} onClick={() => void retry()}>
            {NAMES.retry}
          </Button>
          <IconButton
            label={NAMES.discard}
            hint={edit.canDiscard ? undefined : `${NAMES.discard}: its answer is on the way`}
            aria-disabled={edit.canDiscard ? undefined : true}
            className={edit.canDiscard ? undefined : styles.blocked}
            onClick={() => {
              if (edit.canDiscard) props.onDiscard()
            }}
          >
            <IconArrowBackUp size={16} aria-hidden />
          </IconButton>
          <IconButton label={NAMES.showClient} onClick={() => navigate('clients', edit.clientId)}>
            <IconUserSearch size={16} aria-hidden />
          </IconButton>
        </div>
      </td>
    </tr>
  )
}

function whyNotRetry(edit: EditView, offline: boolean): string | undefined {
  if (edit.canRetry) return offline && edit.state === 'waiting' ? 'It goes when you are online again' : undefined
  if (edit.state === 'sending') return 'It is being sent'
  if (edit.state === 'conflict') return 'Choose in Conflicts first'
  return 'Nothing to retry'
}

function OperationIcon(props: { readonly operation: EditView['operation'] }) {
  if (props.operation === 'create') return <IconUserPlus size={16} aria-hidden />
  if (props.operation === 'delete') return <IconTrash size={16} aria-hidden />
  return <IconPencil size={16} aria-hidden />
}

function Changes(props: { readonly edit: EditView; readonly sourceName: string }) {
  const { edit } = props
  if (edit.operation === 'delete') return <span className="t2">Removes the client at {props.sourceName}</span>
  return (
    <dl className={styles.diff}>
      {edit.changes.map((change) => (
        <div key={change.field}>
          <dt>{FIELD_LABELS[change.field]}</dt>
          <dd>
            <FieldDiff
              field={change.field}
              from={change.from}
              to={change.to}
              statusLabels={edit.statusLabels}
              onlyNew={edit.operation === 'create'}
            />
          </dd>
        </div>
      ))}
    </dl>
  )
}
