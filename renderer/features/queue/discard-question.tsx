import { useState } from 'react'
import type { AppError } from '../../../shared/app-error.ts'
import { useStore } from '../../bridge/app-context.tsx'
import { useSourceName } from '../../domain/source-label.tsx'
import type { EditView } from '../../store/store-contract.ts'
import { errorLine } from '../../text/error-text.ts'
import { NAMES } from '../../text/names.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Question } from '../../ui/dialog.tsx'
import { discardText } from './queue-rows.ts'

/** Asks before an edit is taken back, saying which values return. */
export function DiscardQuestion(props: { readonly edit: EditView; readonly onClose: () => void }) {
  const { edit, onClose } = props
  const store = useStore()
  const sourceName = useSourceName(edit.sourceId)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<AppError | null>(null)

  const discard = async (): Promise<void> => {
    setBusy(true)
    const reply = await store.call['edit.discard']({ editId: edit.editId })
    setBusy(false)
    if (reply.ok) onClose()
    else setError(reply.error)
  }
  return (
    <Question
      opened
      label="Discard edit"
      title={`Discard this edit of ${edit.clientName}?`}
      onClose={onClose}
      buttons={
        <>
          <Button variant="quiet" size="form" data-autofocus onClick={onClose}>
            {NAMES.cancel}
          </Button>
          <Button variant="danger" size="form" busy={busy} onClick={() => void discard()}>
            {NAMES.discard}
          </Button>
        </>
      }
    >
      <p>{discardText(edit, sourceName)}</p>
      {error !== null && (
        <Banner tone="danger" role="alert">
          {errorLine(error, { sourceName, during: 'edit' })}
        </Banner>
      )}
    </Question>
  )
}
