import { IconAlertCircle, IconChevronDown } from '@tabler/icons-react'
import type { InputHTMLAttributes, ReactNode, Ref, SelectHTMLAttributes, TextareaHTMLAttributes } from 'react'
import { cx } from './cx.ts'
import styles from './form.module.css'

/** What a control inside a field needs to be tied to its label, hint and error. */
export interface FieldBinding {
  readonly id: string
  readonly 'aria-describedby': string | undefined
  readonly 'aria-invalid': true | undefined
}

export interface FormFieldProps {
  readonly id: string
  /** Visible label, and the whole accessible name. */
  readonly label: string
  /** Right of the label, such as where a change goes. Linked by `aria-describedby`. */
  readonly side?: ReactNode
  /** Below the control, such as what the value was, or a hint. Linked too. */
  readonly below?: ReactNode
  /** A sentence; replaces nothing, appears under the control. */
  readonly error?: string | null
  readonly children: (binding: FieldBinding) => ReactNode
}

/** Label left, side hint right, control, then error and note. */
export function FormField(props: FormFieldProps) {
  const { id, error = null, side, below } = props
  const described = [
    error !== null && `${id}-error`,
    side !== undefined && side !== null && `${id}-side`,
    below !== undefined && below !== null && `${id}-below`,
  ].filter((part) => part !== false)
  return (
    <div className={styles.field}>
      <div className={styles.head}>
        <label htmlFor={id}>{props.label}</label>
        {side !== undefined && side !== null && (
          <span id={`${id}-side`} className={styles.side}>
            {side}
          </span>
        )}
      </div>
      {props.children({
        id,
        'aria-describedby': described.length === 0 ? undefined : described.join(' '),
        'aria-invalid': error === null ? undefined : true,
      })}
      {error !== null && (
        <span id={`${id}-error`} className={styles.error}>
          <IconAlertCircle size={12} aria-hidden />
          {error}
        </span>
      )}
      {below !== undefined && below !== null && (
        <span id={`${id}-below`} className={styles.below} dir="auto">
          {below}
        </span>
      )}
    </div>
  )
}

interface Changed {
  readonly changed?: boolean
}

/** One line: a name, an address, a key. Nothing of it is prose, so no spelling is checked and no dictionary learns it. */
export function TextInput(props: InputHTMLAttributes<HTMLInputElement> & Changed & { ref?: Ref<HTMLInputElement> }) {
  const { changed, className, ...rest } = props
  return (
    <input
      type="text"
      autoComplete="off"
      spellCheck={false}
      dir="auto"
      {...rest}
      className={cx(styles.control, changed && styles.changed, className)}
    />
  )
}

/** Prose, such as notes: spelling is checked where the user has switched that on. */
export function TextArea(props: TextareaHTMLAttributes<HTMLTextAreaElement> & Changed) {
  const { changed, className, ...rest } = props
  return (
    <textarea dir="auto" spellCheck {...rest} className={cx(styles.control, changed && styles.changed, className)} />
  )
}

/** The platform's own select, dressed: keyboards, screen readers and automation know it. */
export function NativeSelect(
  props: SelectHTMLAttributes<HTMLSelectElement> & Changed & { readonly lead?: ReactNode | undefined },
) {
  const { changed, className, lead, ...rest } = props
  return (
    <span className={styles.selectWrap}>
      {lead !== undefined && <span className={styles.selectLead}>{lead}</span>}
      <select
        {...rest}
        className={cx(styles.control, lead !== undefined && styles.withLead, changed && styles.changed, className)}
      />
      <IconChevronDown size={16} aria-hidden />
    </span>
  )
}

export function Checkbox(props: Omit<InputHTMLAttributes<HTMLInputElement>, 'type'> & { readonly label: ReactNode }) {
  const { label, ...rest } = props
  return (
    <label className={styles.check}>
      <input {...rest} type="checkbox" />
      <span>{label}</span>
    </label>
  )
}
