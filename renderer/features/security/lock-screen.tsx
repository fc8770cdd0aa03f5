import { FocusTrap } from '@mantine/core'
import { IconLock } from '@tabler/icons-react'
import { useEffect, useId, useRef, useState } from 'react'
import { useHost } from '../../bridge/app-context.tsx'
import { useHostConnected } from '../../state/host-state.ts'
import { useLock, useLockState } from '../../state/lock-state.ts'
import { formatCountdown } from '../../text/format.ts'
import { Button } from '../../ui/button.tsx'
import { useNow } from '../../ui/use-now.ts'
import { ForgetProfile } from './forget-profile.tsx'
import { PassphraseField } from './passphrase-field.tsx'
import styles from './security.module.css'
import { passphraseProblem } from './security-words.ts'

/** All that is there while the profile is locked. Esc does nothing: there is nothing behind it to go back to. */
export function LockScreen() {
  const known = useLockState((state) => state.known)
  const [forgetting, setForgetting] = useState(false)
  return (
    <FocusTrap active>
      <div role="dialog" aria-modal="true" aria-label="Clientele is locked" className={styles.screen}>
        <div className={styles.lockCard}>
          <IconLock size={28} aria-hidden />
          <h1 className={styles.heading}>Clientele is locked</h1>
          {!known ? (
            <p className={styles.note}>Clientele is starting.</p>
          ) : forgetting ? (
            <ForgetProfile onBack={() => setForgetting(false)} />
          ) : (
            <UnlockForm onForgotten={() => setForgetting(true)} />
          )}
        </div>
      </div>
    </FocusTrap>
  )
}

function UnlockForm(props: { readonly onForgotten: () => void }) {
  const host = useHost()
  const connected = useHostConnected()
  const { retryAt } = useLock()
  const now = useNow(1000)
  const id = useId()
  const [passphrase, setPassphrase] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  const waits = retryAt !== null && retryAt > now

  useEffect(() => form.current?.querySelector('input')?.focus(), [])

  const unlock = async (): Promise<void> => {
    if (busy || waits) return
    if (passphrase === '') {
      setProblem('Enter the passphrase.')
      return
    }
    setBusy(true)
    setProblem(null)
    const reply = await host.call['lock.unlock']({ passphrase })
    setBusy(false)
    if (reply.ok) return
    setProblem(passphraseProblem(reply.error))
    if (reply.error.code === 'bad-input' && reply.error.rule === 'wrong') setPassphrase('')
    form.current?.querySelector('input')?.focus()
  }
  return (
    <form
      ref={form}
      noValidate
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        void unlock()
      }}
    >
      <PassphraseField
        id={`${id}-passphrase`}
        label="Passphrase"
        value={passphrase}
        error={problem}
        isNew={false}
        focus
        onChange={(value) => {
          setPassphrase(value)
          setProblem(null)
        }}
      />
      <p role="status" className={styles.wait}>
        {waits ? `After several wrong tries: again in ${formatCountdown(retryAt, now)}.` : ''}
        {connected ? '' : 'Clientele does not answer now. It is tried again by itself.'}
      </p>
      <Button
        type="submit"
        variant="primary"
        size="large"
        busy={busy}
        disabledReason={waits ? 'Wait until the time is over.' : undefined}
      >
        Unlock
      </Button>
      <Button variant="quiet" onClick={props.onForgotten}>
        I forgot the passphrase…
      </Button>
    </form>
  )
}
