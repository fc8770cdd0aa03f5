import { type KeyboardEvent, type RefObject, useRef, useState } from 'react'
import type { AppError } from '../../../shared/app-error.ts'
import type { Result } from '../../../shared/result.ts'
import type { FieldForm } from './use-field-form.ts'

export interface FormSubmit {
  readonly element: RefObject<HTMLFormElement | null>
  readonly busy: boolean
  /** What the store said that is about no field. */
  readonly failure: AppError | null
  readonly submit: () => void
}

/** Ctrl or Cmd with Enter or S saves, wherever the focus is in the form. */
export function isSavePress(event: KeyboardEvent): boolean {
  return (event.ctrlKey || event.metaKey) && (event.key === 'Enter' || event.key.toLowerCase() === 's')
}

/**
 * Saving a form of a client: once at a time, never with a field that is wrong, which takes the focus then, and with a
 * refusal shown at the field it is about. `save` answers null where there is nothing to save: `done` comes at once.
 */
export function useFormSubmit<T>(options: {
  readonly form: FieldForm
  readonly isReady: boolean
  readonly save: () => Promise<Result<T, AppError>> | null
  readonly done: (saved: T | null) => void
}): FormSubmit {
  const { form } = options
  const element = useRef<HTMLFormElement>(null)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<AppError | null>(null)
  const submit = async (): Promise<void> => {
    if (busy || !options.isReady) return
    if (!form.check()) {
      requestAnimationFrame(() => element.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus())
      return
    }
    const saving = options.save()
    if (saving === null) {
      options.done(null)
      return
    }
    setBusy(true)
    setFailure(null)
    const reply = await saving
    setBusy(false)
    if (reply.ok) options.done(reply.value)
    else if (!form.refuse(reply.error)) setFailure(reply.error)
  }
  return { element, busy, failure, submit: () => void submit() }
}
