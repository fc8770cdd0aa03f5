import { type KeyboardEvent, useId, useState } from 'react'
import { MAC } from '../../actions/keys.ts'
import { menuLines } from '../../actions/menu-lines.ts'
import { ACTIONS } from '../../actions/registry.ts'
import { useActionContext } from '../../actions/use-action-context.ts'
import { Button } from '../../ui/button.tsx'
import { cx } from '../../ui/cx.ts'
import { Kbd } from '../../ui/kbd.tsx'
import { captureKeys, type KeysRefusal, keysRefusalText, shownKeys } from './capture-keys.ts'
import styles from './settings.module.css'

/** A field that takes a combination of keys as it is pressed. Esc leaves it as it was, Tab goes on. */
export function QuickSearchKeys(props: {
  readonly value: string | null
  readonly onChange: (accelerator: string | null) => void
}) {
  const { value, onChange } = props
  const id = useId()
  const context = useActionContext()
  const [listening, setListening] = useState(false)
  const [refusal, setRefusal] = useState<KeysRefusal | null>(null)

  const onKeyDown = (event: KeyboardEvent): void => {
    if (!listening || event.key === 'Tab') return
    event.preventDefault()
    event.stopPropagation()
    if (event.key === 'Escape' && !event.ctrlKey && !event.altKey) {
      setListening(false)
      setRefusal(null)
      return
    }
    const own = menuLines(ACTIONS, context).flatMap(({ accelerator }) => accelerator ?? [])
    const captured = captureKeys(event, MAC, own)
    if (captured.kind === 'refused') setRefusal(captured.why)
    if (captured.kind !== 'keys') return
    setListening(false)
    setRefusal(null)
    onChange(captured.accelerator)
  }
  return (
    <div className={styles.capture}>
      <span className={styles.pairOfButtons}>
        <button
          type="button"
          className={cx(styles.keysField, listening && styles.listening)}
          aria-label={
            listening
              ? 'Keys of quick search: press them now'
              : `Keys of quick search: ${value === null ? 'none' : shownKeys(value, MAC).join(' ')}`
          }
          aria-describedby={refusal === null ? undefined : `${id}-why`}
          aria-invalid={refusal === null ? undefined : true}
          onClick={() => setListening(true)}
          onBlur={() => setListening(false)}
          onKeyDown={onKeyDown}
        >
          {listening ? (
            'Press keys…'
          ) : value === null ? (
            <span className="t3">None</span>
          ) : (
            shownKeys(value, MAC).map((part) => <Kbd key={part}>{part}</Kbd>)
          )}
        </button>
        {value !== null && (
          <Button
            onClick={() => {
              setRefusal(null)
              onChange(null)
            }}
          >
            Switch off
          </Button>
        )}
      </span>
      {refusal !== null && (
        <span id={`${id}-why`} role="alert" className={styles.problem}>
          {keysRefusalText(refusal, MAC)}
        </span>
      )}
    </div>
  )
}
