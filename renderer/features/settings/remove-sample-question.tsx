import { useState } from 'react'
import type { AppError } from '../../../shared/app-error.ts'
import { useHost } from '../../bridge/app-context.tsx'
import { errorLine } from '../../text/error-text.ts'
import { NAMES } from '../../text/names.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Question } from '../../ui/dialog.tsx'

export function RemoveSampleQuestion(props: { readonly onClose: () => void }) {
  const host = useHost()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<AppError | null>(null)

  const remove = async (): Promise<void> => {
    setBusy(true)
    const reply = await host.call['sample.remove']({})
    setBusy(false)
    if (reply.ok) props.onClose()
    else setError(reply.error)
  }
  return (
    <Question
      opened
      label="Remove sample data"
      title="Remove sample data?"
      onClose={props.onClose}
      buttons={
        <>
          <Button variant="quiet" size="form" data-autofocus onClick={props.onClose}>
            {NAMES.cancel}
          </Button>
          <Button variant="danger" size="form" busy={busy} onClick={() => void remove()}>
            {NAMES.remove}
          </Button>
        </>
      }
    >
      <p>The five simulated sources go, with their invented clients and every edit to them. Your own sources stay.</p>
      {error !== null && (
        <Banner tone="danger" role="alert">
          {errorLine(error, { sourceName: 'Sample data' })}
        </Banner>
      )}
    </Question>
  )
}
