import { IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import type { AppError } from '../../../shared/app-error.ts'
import { fieldKeySchema } from '../../../shared/model/field.ts'
import type { Result } from '../../../shared/result.ts'
import { undoLast } from '../../actions/undo-last.ts'
import { useStore } from '../../bridge/app-context.tsx'
import { SourceLabel, useSourceName } from '../../domain/source-label.tsx'
import type { TrayItem } from '../../store/store-contract.ts'
import { errorLine } from '../../text/error-text.ts'
import { FIELD_LABELS } from '../../text/field-labels.ts'
import { formatMoment } from '../../text/format.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Button } from '../../ui/button.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { notify } from '../../ui/toast.tsx'
import lines from '../../ui/two-lines.module.css'
import { useNow } from '../../ui/use-now.ts'
import styles from './tray.module.css'
import { daysLeftText, proofText } from './tray-words.ts'

/** One client that its source no longer has: who, since when and by which proof, and the ways back. */
export function TrayRow(props: { readonly item: TrayItem; readonly onForget: () => void }) {
  const { item } = props
  const store = useStore()
  const now = useNow()
  const sourceName = useSourceName(item.sourceId)
  const [busy, setBusy] = useState<'restore' | 'recreate' | null>(null)

  const run = async (
    what: 'restore' | 'recreate',
    call: () => Promise<Result<unknown, AppError>>,
    done: string,
  ): Promise<void> => {
    setBusy(what)
    const reply = await call()
    setBusy(null)
    if (!reply.ok) {
      notify({ text: errorLine(reply.error, { sourceName, during: 'edit', ...labelOf(reply.error) }), tone: 'danger' })
      return
    }
    notify({ text: done, action: { label: 'Undo', run: () => void undoLast(store) }, slot: 'undo' })
  }
  const isHidden = item.proof === 'hidden-here'
  const second = [item.company, item.email].filter((part) => part !== null && part !== '').join(', ')
  return (
    <tr aria-label={item.name}>
      <th scope="row">
        <Avatar name={item.name} src={null} size={32} />
        <span className={lines.names}>
          <span className={lines.name} title={item.name} dir="auto">
            {item.name}
          </span>
          <span className={lines.second} title={second} dir="auto">
            {second === '' ? '\u00a0' : second}
          </span>
        </span>
      </th>
      <td>
        <SourceLabel sourceId={item.sourceId} />
        <div className={styles.proof}>{proofText(item.proof, sourceName)}</div>
      </td>
      <td>
        <div className={styles.moment}>{formatMoment(item.removedAt, now)}</div>
        <div className={lines.second}>{daysLeftText(item.restoreUntil, now)}</div>
      </td>
      <td className={styles.actions}>
        <Button
          busy={busy === 'restore'}
          onClick={() =>
            void run(
              'restore',
              () => store.call['tray.restore']({ key: item.key }),
              isHidden ? `${item.name} is back.` : `${item.name} is back, on this device only.`,
            )
          }
        >
          {isHidden ? 'Show again' : 'Restore on this device'}
        </Button>
        {item.canRecreate && (
          <Button
            className={styles.recreate}
            title={`Create again at ${sourceName}`}
            busy={busy === 'recreate'}
            onClick={() =>
              void run(
                'recreate',
                () => store.call['tray.recreate']({ key: item.key }),
                `${item.name} goes to ${sourceName} as a new client.`,
              )
            }
          >
            <span className="ell">Create again at {sourceName}</span>
          </Button>
        )}
        {!isHidden && (
          <IconButton label="Forget" onClick={props.onForget}>
            <IconTrash size={16} aria-hidden />
          </IconButton>
        )}
      </td>
    </tr>
  )
}

/** A source may ask for more than this client has. */
function labelOf(error: AppError): { readonly fieldLabel?: string } {
  const field = error.code === 'bad-input' ? fieldKeySchema.safeParse(error.field) : null
  return field?.success === true ? { fieldLabel: FIELD_LABELS[field.data] } : {}
}
