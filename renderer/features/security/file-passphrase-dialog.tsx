import { useId, useState } from 'react'
import type { FileQuestion } from '../../state/lock-state.ts'
import { NAMES } from '../../text/names.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { PassphraseField } from './passphrase-field.tsx'
import styles from './security.module.css'
import { passphraseProblem } from './security-words.ts'

/** Asks for the passphrase of a file: the one of the day and the profile in which it was made. */
export function FilePassphraseDialog(props: { readonly question: FileQuestion }) {
  const { question } = props
  const id = useId()
  const [passphrase, setPassphrase] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)

  const open = async (): Promise<void> => {
    if (busy) return
    if (passphrase === '') {
      setProblem('Enter the passphrase.')
      return
    }
    setBusy(true)
    const error = await question.tryPassphrase(passphrase)
    setBusy(false)
    if (error !== null) setProblem(passphraseProblem(error))
  }
  return (
    <Dialog
      opened
      title="Open encrypted file"
      className={styles.dialog ?? ''}
      onClose={question.giveUp}
      footer={
        <>
          <span className={styles.grow} />
          <Button variant="quiet" size="form" onClick={question.giveUp}>
            {NAMES.cancel}
          </Button>
          <Button variant="primary" size="form" busy={busy} onClick={() => void open()}>
            Open
          </Button>
        </>
      }
    >
      <form
        noValidate
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault()
          void open()
        }}
      >
        <p className={styles.note}>
          {question.fileName} is encrypted under the passphrase that its profile had when it was exported.
        </p>
        <PassphraseField
          id={`${id}-file`}
          label="Passphrase of the file"
          value={passphrase}
          error={problem}
          isNew={false}
          focus
          onChange={(value) => {
            setPassphrase(value)
            setProblem(null)
          }}
        />
      </form>
    </Dialog>
  )
}
