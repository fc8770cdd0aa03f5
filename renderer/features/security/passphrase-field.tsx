import { IconEye, IconEyeOff } from '@tabler/icons-react'
import { type KeyboardEvent, useState } from 'react'
import { FormField, TextInput } from '../../ui/form-field.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import styles from './security.module.css'

/** Takes a passphrase in; says under it when Caps Lock is on. */
export function PassphraseField(props: {
  readonly id: string
  readonly label: string
  readonly value: string
  readonly error: string | null
  readonly hint?: string | null
  readonly isNew: boolean
  readonly focus?: boolean
  readonly onChange: (value: string) => void
}) {
  const [shown, setShown] = useState(false)
  const [caps, setCaps] = useState(false)
  const look = (event: KeyboardEvent): void => setCaps(event.getModifierState('CapsLock'))
  const hints = [caps ? 'Caps Lock is on.' : '', props.hint ?? ''].filter((hint) => hint !== '')
  return (
    <FormField
      id={props.id}
      label={props.label}
      error={props.error}
      below={hints.length === 0 ? null : hints.join(' ')}
    >
      {(binding) => (
        <span className={styles.typed}>
          <TextInput
            {...binding}
            type={shown ? 'text' : 'password'}
            autoComplete={props.isNew ? 'new-password' : 'current-password'}
            maxLength={1024}
            dir="ltr"
            value={props.value}
            data-autofocus={props.focus === true || undefined}
            onKeyDown={look}
            onKeyUp={look}
            onBlur={() => setCaps(false)}
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
