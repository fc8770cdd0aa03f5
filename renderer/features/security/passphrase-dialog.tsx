import { useId, useState } from 'react'
import type { AppError } from '../../../shared/app-error.ts'
import { useHost } from '../../bridge/app-context.tsx'
import { NAMES } from '../../text/names.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { notify } from '../../ui/toast.tsx'
import { PassphraseField } from './passphrase-field.tsx'
import styles from './security.module.css'
import { passphraseAdvice, passphraseProblem } from './security-words.ts'

export type PassphraseTask = 'set' | 'change' | 'remove'

const WORDS = {
  set: { title: 'Set passphrase', save: 'Encrypt', done: 'Your work is encrypted now.' },
  change: { title: 'Change passphrase', save: 'Change', done: 'The passphrase is changed.' },
  remove: { title: 'Remove passphrase', save: 'Remove', done: 'The passphrase is removed; files are in plain again.' },
} as const

interface Problems {
  readonly current?: string
  readonly next?: string
  readonly again?: string
}

/** Sets, changes or removes the passphrase. Answers when the files are written anew. */
export function PassphraseDialog(props: { readonly task: PassphraseTask; readonly onClose: () => void }) {
  const { task, onClose } = props
  const host = useHost()
  const id = useId()
  const words = WORDS[task]
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const [again, setAgain] = useState('')
  const [problems, setProblems] = useState<Problems>({})
  const [failed, setFailed] = useState<AppError | null>(null)
  const [busy, setBusy] = useState(false)
  const asksNext = task !== 'remove'

  const save = async (): Promise<void> => {
    if (busy) return
    const found: Problems = {
      ...(task !== 'set' && current === '' ? { current: 'Enter the present passphrase.' } : {}),
      ...(asksNext && next === '' ? { next: 'Enter a passphrase.' } : {}),
      ...(asksNext && next !== '' && again !== next ? { again: 'These two differ. Type it again.' } : {}),
    }
    setProblems(found)
    setFailed(null)
    if (Object.keys(found).length > 0) return
    setBusy(true)
    const reply = await host.call['lock.change']({
      current: task === 'set' ? null : current,
      next: asksNext ? next : null,
    })
    setBusy(false)
    if (reply.ok) {
      notify({ text: words.done })
      onClose()
    } else if (reply.error.code === 'bad-input' && reply.error.field === 'current') {
      setProblems({ current: passphraseProblem(reply.error) })
    } else if (reply.error.code === 'bad-input') {
      setProblems({ next: passphraseProblem(reply.error) })
    } else {
      setFailed(reply.error)
    }
  }
  const advice = passphraseAdvice(next)
  return (
    <Dialog
      opened
      title={words.title}
      onClose={onClose}
      className={styles.dialog ?? ''}
      footer={
        <>
          <span className={styles.grow} />
          <Button variant="quiet" size="form" onClick={onClose}>
            {NAMES.cancel}
          </Button>
          <Button variant="primary" size="form" busy={busy} onClick={() => void save()}>
            {words.save}
          </Button>
        </>
      }
    >
      <form
        noValidate
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        {/* Enter in any field saves; a form with several fields needs a button of its own for that. */}
        <button type="submit" hidden tabIndex={-1} aria-hidden />
        {task !== 'set' && (
          <PassphraseField
            id={`${id}-current`}
            label="Present passphrase"
            value={current}
            error={problems.current ?? null}
            isNew={false}
            focus
            onChange={setCurrent}
          />
        )}
        {asksNext && (
          <>
            <PassphraseField
              id={`${id}-next`}
              label="New passphrase"
              value={next}
              error={problems.next ?? null}
              hint={advice.text}
              isNew
              focus={task === 'set'}
              onChange={setNext}
            />
            <PassphraseField
              id={`${id}-again`}
              label="New passphrase again"
              value={again}
              error={problems.again ?? null}
              isNew
              onChange={setAgain}
            />
          </>
        )}
        {failed !== null && (
          <Banner tone="danger" role="alert">
            {failed.code === 'storage'
              ? 'The passphrase holds from now on, but some files could not be written anew. That is tried again every minute.'
              : passphraseProblem(failed)}
          </Banner>
        )}
        {task === 'set' && (
          <Banner tone="warning" lead="Nobody can reset it.">
            Not even we: without the passphrase, what is encrypted cannot be read again. Keep it in a password manager.
          </Banner>
        )}
        {task === 'remove' && (
          <p className={styles.note}>
            Journal and backups are written in plain again. Keys that were sealed under it move to where the machine
            keeps keys by itself.
          </p>
        )}
      </form>
    </Dialog>
  )
}
