import { IconArrowBackUp } from '@tabler/icons-react'
import { undoLast } from '../../actions/undo-last.ts'
import { useStore } from '../../bridge/app-context.tsx'
import { useStoreQuery } from '../../bridge/use-store-query.ts'
import { DangerQuestion } from '../../domain/danger-question.tsx'
import { useSourceName } from '../../domain/source-label.tsx'
import type { EditView } from '../../store/store-contract.ts'
import { errorLine } from '../../text/error-text.ts'
import { NAMES } from '../../text/names.ts'
import { notify } from '../../ui/toast.tsx'
import { discardFate, discardLines } from './discard-words.ts'
import styles from './queue.module.css'

/** Asks before an edit is taken back, saying exactly what that undoes, as the store has worked it out. */
export function DiscardQuestion(props: { readonly edit: EditView; readonly onClose: () => void }) {
  const { edit, onClose } = props
  const store = useStore()
  const sourceName = useSourceName(edit.sourceId)
  const preview = useStoreQuery('edit.discardPreview', { editId: edit.editId }, ['edits', 'clients'])

  const discard = async () => {
    const reply = await store.call['edit.discard']({ editId: edit.editId })
    if (reply.ok) {
      notify({
        icon: <IconArrowBackUp size={16} aria-hidden />,
        text: `Discarded. The edit of ${edit.clientName} is taken back.`,
        action: { label: 'Undo', run: () => void undoLast(store) },
        slot: 'undo',
      })
    }
    return reply
  }
  return (
    <DangerQuestion
      label="Discard edit"
      title={`Discard this edit of ${edit.clientName}?`}
      action={NAMES.discard}
      onClose={onClose}
      onConfirm={discard}
      errorText={(error) => errorLine(error, { sourceName, during: 'edit' })}
    >
      {preview.data !== null && (
        <>
          <Undoes lines={discardLines(edit, preview.data, sourceName)} />
          <p>{discardFate(preview.data, sourceName)}</p>
        </>
      )}
      {preview.data === null && preview.error !== null && (
        <p>{errorLine(preview.error, { sourceName, during: 'edit' })}</p>
      )}
    </DangerQuestion>
  )
}

function Undoes(props: { readonly lines: readonly string[] }) {
  const [only, ...others] = props.lines
  if (others.length === 0) return <p dir="auto">{only}</p>
  return (
    <ul className={styles.undoes}>
      {props.lines.map((line) => (
        <li key={line} dir="auto">
          {line}
        </li>
      ))}
    </ul>
  )
}
