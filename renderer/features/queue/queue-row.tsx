import { IconArrowBackUp, IconPencil, IconTrash, IconUserPlus, IconUserSearch } from '@tabler/icons-react'
import { FieldDiff } from '../../domain/field-diff.tsx'
import { SourceTile } from '../../domain/source-label.tsx'
import { useSource } from '../../state/host-state.ts'
import { navigate } from '../../state/route.ts'
import type { EditView } from '../../store/store-contract.ts'
import { FIELD_LABELS } from '../../text/field-labels.ts'
import { formatMoment, formatRelative } from '../../text/format.ts'
import { NAMES } from '../../text/names.ts'
import { Button } from '../../ui/button.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import lines from '../../ui/two-lines.module.css'
import { useNow } from '../../ui/use-now.ts'
import { EditMenu } from './edit-menu.tsx'
import { EditState } from './edit-state.tsx'
import styles from './queue.module.css'
import { OPERATION_WORDS, reasonText } from './queue-rows.ts'
import { useEditCommands } from './use-edit-commands.tsx'
import { WayOut } from './way-out.tsx'

/** One edit: whose, what, how it stands and why, and the ways on. */
export function QueueRow(props: {
  readonly edit: EditView
  readonly offline: boolean
  /** The edit of the same client that goes first. */
  readonly before: EditView | null
  readonly onDiscard: () => void
  readonly onChange: () => void
}) {
  const { edit } = props
  const commands = useEditCommands(edit)
  const source = useSource(edit.sourceId)
  const now = useNow(1000)
  const sourceName = source?.name ?? 'Removed source'
  const reason = reasonText(edit, { now, source, offline: props.offline, before: props.before })
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
        <span className={styles.op} title={OPERATION_WORDS[edit.operation]}>
          <OperationIcon operation={edit.operation} />
          <span className={styles.opWord}>{OPERATION_WORDS[edit.operation]}</span>
        </span>
      </td>
      <td>
        <Changes edit={edit} sourceName={sourceName} />
      </td>
      <td>
        <EditState state={edit.state} held={edit.hold !== null} />
        <div className={styles.reason}>
          {reason}{' '}
          <WayOut
            edit={edit}
            keyRejected={source?.state === 'key-rejected'}
            onRelease={() => void commands.release()}
            onChange={props.onChange}
          />
        </div>
      </td>
      <td>
        <div className={styles.actions}>
          <Button disabledReason={whyNotRetry(edit, props.offline)} onClick={() => void commands.retry()}>
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
          <EditMenu
            edit={edit}
            onHold={() => void commands.hold()}
            onChange={props.onChange}
            onCopy={() => void commands.copy(reason)}
          />
        </div>
      </td>
    </tr>
  )
}

function whyNotRetry(edit: EditView, offline: boolean): string | undefined {
  if (edit.hold !== null) return 'It is held. Release it first'
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
