import type { KeyboardEvent, ReactNode } from 'react'
import { cx } from '../../ui/cx.ts'
import { SaveFailure } from '../save-failure.tsx'
import styles from './client-form.module.css'
import type { FormSubmit } from './use-form-submit.ts'

/** The form of a client around its fields: what it says first, why it could not be saved, then the fields. */
export function FormBody(props: {
  /** The submit button names it too. */
  readonly id: string
  readonly submit: FormSubmit
  readonly sourceName: string
  readonly onExport: () => void
  readonly lead?: ReactNode
  readonly className?: string | undefined
  readonly onKeyDown?: (event: KeyboardEvent) => void
  readonly children: ReactNode
}) {
  const { submit } = props
  return (
    <form
      ref={submit.element}
      id={props.id}
      noValidate
      className={cx(styles.form, props.className)}
      onKeyDown={props.onKeyDown}
      onSubmit={(event) => {
        event.preventDefault()
        submit.submit()
      }}
    >
      {props.lead}
      {submit.failure !== null && (
        <SaveFailure error={submit.failure} sourceName={props.sourceName} onExport={props.onExport} />
      )}
      {props.children}
    </form>
  )
}
