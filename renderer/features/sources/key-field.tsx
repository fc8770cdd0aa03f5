import { IconEye, IconEyeOff } from '@tabler/icons-react'
import { useState } from 'react'
import { FormField, TextInput } from '../../ui/form-field.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import styles from './sources.module.css'

/** Takes a key in. What is being typed can be looked at; what is kept never comes back here. */
export function KeyField(props: {
  readonly id: string
  readonly label: string
  readonly value: string
  readonly hint: string
  readonly error: string | null
  readonly required: boolean
  readonly focus: boolean
  readonly onChange: (value: string) => void
}) {
  const [shown, setShown] = useState(false)
  return (
    <FormField id={props.id} label={props.label} error={props.error} below={props.hint === '' ? null : props.hint}>
      {(binding) => (
        <span className={styles.keyWrap}>
          <TextInput
            {...binding}
            type={shown && props.value !== '' ? 'text' : 'password'}
            autoComplete="new-password"
            maxLength={8192}
            required={props.required}
            value={props.value}
            data-autofocus={props.focus || undefined}
            onChange={(event) => props.onChange(event.currentTarget.value)}
          />
          {props.value !== '' && (
            <IconButton label={shown ? 'Hide what is typed' : 'Show what is typed'} onClick={() => setShown(!shown)}>
              {shown ? <IconEyeOff size={16} aria-hidden /> : <IconEye size={16} aria-hidden />}
            </IconButton>
          )}
        </span>
      )}
    </FormField>
  )
}
