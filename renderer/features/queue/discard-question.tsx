import { useStore } from '../../bridge/app-context.tsx'
import { DangerQuestion } from '../../domain/danger-question.tsx'
import { useSourceName } from '../../domain/source-label.tsx'
import type { EditView } from '../../store/store-contract.ts'
import { errorLine } from '../../text/error-text.ts'
import { NAMES } from '../../text/names.ts'
import { discardText } from './queue-rows.ts'

/** Asks before an edit is taken back, saying which values return. */
export function DiscardQuestion(props: { readonly edit: EditView; readonly onClose: () => void }) {
  const { edit, onClose } = props
  const store = useStore()
  const sourceName = useSourceName(edit.sourceId)
  return (
    <DangerQuestion
      label="Discard edit"
      title={`Discard this edit of ${edit.clientName}?`}
      action={NAMES.discard}
      onClose={onClose}
      onConfirm={() => store.call['edit.discard']({ editId: edit.editId })}
      errorText={(error) => errorLine(error, { sourceName, during: 'edit' })}
    >
      <p>{discardText(edit, sourceName)}</p>
    </DangerQuestion>
  )
}
