import { type ReactNode, useState } from 'react'
import type { AppError } from '../../shared/app-error.ts'
import type { Result } from '../../shared/result.ts'
import { NAMES } from '../text/names.ts'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { Question } from '../ui/dialog.tsx'

/** Asks before something is taken away. Closes when it is done; stays, and says why, where it could not be done. */
export function DangerQuestion(props: {
  readonly label: string
  readonly title: string
  /** Word on the button that does it. */
  readonly action: string
  readonly onClose: () => void
  readonly onConfirm: () => Promise<Result<unknown, AppError>>
  readonly errorText: (error: AppError) => string
  readonly children: ReactNode
}) {
  const { onClose } = props
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<AppError | null>(null)

  const confirm = async (): Promise<void> => {
    setBusy(true)
    const reply = await props.onConfirm()
    setBusy(false)
    if (reply.ok) onClose()
    else setError(reply.error)
  }
  return (
    <Question
      opened
      label={props.label}
      title={props.title}
      onClose={onClose}
      buttons={
        <>
          <Button variant="quiet" size="form" data-autofocus onClick={onClose}>
            {NAMES.cancel}
          </Button>
          <Button variant="danger" size="form" busy={busy} onClick={() => void confirm()}>
            {props.action}
          </Button>
        </>
      }
    >
      {props.children}
      {error !== null && (
        <Banner tone="danger" role="alert">
          {props.errorText(error)}
        </Banner>
      )}
    </Question>
  )
}
