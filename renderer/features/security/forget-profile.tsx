import { useEffect, useId, useRef, useState } from 'react'
import { FORGET_WORD } from '../../../shared/model/app-lock.ts'
import { useHost } from '../../bridge/app-context.tsx'
import { forgetLocally } from '../../bridge/forget-locally.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { FormField, TextInput } from '../../ui/form-field.tsx'
import styles from './security.module.css'
import { LOST_BY_FORGETTING, passphraseProblem } from './security-words.ts'

/** The way out without the passphrase: says what is lost, and is done after a word was typed. */
export function ForgetProfile(props: { readonly onBack: () => void }) {
  const host = useHost()
  const id = useId()
  const [typed, setTyped] = useState('')
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => form.current?.querySelector('input')?.focus(), [])

  const forget = async (): Promise<void> => {
    if (busy) return
    if (typed.trim().toLowerCase() !== FORGET_WORD) {
      setProblem(`Type the word ${FORGET_WORD}.`)
      return
    }
    setBusy(true)
    const reply = await forgetLocally(() => host.call['lock.forget']({ typed }))
    setBusy(false)
    if (!reply.ok) setProblem(passphraseProblem(reply.error))
  }
  return (
    <form
      ref={form}
      noValidate
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        void forget()
      }}
    >
      <Banner tone="danger" lead="Without the passphrase you can only start anew.">
        This is what happens:
      </Banner>
      <ul className={styles.lost}>
        {LOST_BY_FORGETTING.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <FormField id={`${id}-word`} label={`Type ${FORGET_WORD} to go on`} error={problem}>
        {(binding) => (
          <TextInput
            {...binding}
            value={typed}
            onChange={(event) => {
              setTyped(event.currentTarget.value)
              setProblem(null)
            }}
          />
        )}
      </FormField>
      <Button type="submit" variant="danger" size="large" busy={busy}>
        Remove this profile from this computer
      </Button>
      <Button variant="quiet" onClick={props.onBack}>
        Back
      </Button>
    </form>
  )
}
