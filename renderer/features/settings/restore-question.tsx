import { useState } from 'react'
import type { AppError } from '../../../shared/app-error.ts'
import type { BackupView, ImportReport } from '../../../shared/model/unsent-work.ts'
import { useHost } from '../../bridge/app-context.tsx'
import { navigate } from '../../state/route.ts'
import { errorLine } from '../../text/error-text.ts'
import { formatMoment } from '../../text/format.ts'
import { NAMES } from '../../text/names.ts'
import { importedText } from '../../text/unsent-text.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Question } from '../../ui/dialog.tsx'
import { useNow } from '../../ui/use-now.ts'
import { backupContents } from './backup-words.ts'
import styles from './settings.module.css'

/** Asks before a backup is put back, saying what comes; then says what came. Nothing newer is overwritten. */
export function RestoreQuestion(props: { readonly backup: BackupView; readonly onClose: () => void }) {
  const { backup, onClose } = props
  const host = useHost()
  const now = useNow()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<AppError | null>(null)
  const [report, setReport] = useState<ImportReport | null>(null)

  const restore = async (): Promise<void> => {
    setBusy(true)
    const reply = await host.call['backups.restore']({ name: backup.name })
    setBusy(false)
    if (reply.ok) setReport(reply.value)
    else setError(reply.error)
  }
  const when = formatMoment(backup.at, now)
  if (report !== null) {
    return (
      <Question
        opened
        label="Backup restored"
        title="The backup is restored"
        onClose={onClose}
        buttons={
          <>
            {report.edits > 0 && (
              <Button
                variant="quiet"
                size="form"
                onClick={() => {
                  onClose()
                  navigate('queue')
                }}
              >
                Show in Queue
              </Button>
            )}
            <Button variant="primary" size="form" data-autofocus onClick={onClose}>
              Done
            </Button>
          </>
        }
      >
        <p>{importedText(report)}</p>
        {report.refused.length > 0 && (
          <ul className={styles.refused} aria-label="What could not be placed">
            {report.refused.map((entry) => (
              <li key={`${entry.what} ${entry.because}`}>
                <span className="strong">{entry.what}</span> {entry.because}
              </li>
            ))}
          </ul>
        )}
      </Question>
    )
  }
  return (
    <Question
      opened
      label="Restore backup"
      title={`Restore the backup of ${when.charAt(0).toLowerCase()}${when.slice(1)}?`}
      onClose={onClose}
      buttons={
        <>
          <Button variant="quiet" size="form" data-autofocus onClick={onClose}>
            {NAMES.cancel}
          </Button>
          <Button variant="primary" size="form" busy={busy} onClick={() => void restore()}>
            Restore
          </Button>
        </>
      }
    >
      <p>
        It holds: {backupContents(backup)}. What is missing here comes back; what is newer here stays. Edits come back
        held, so nothing is sent before you have looked.
      </p>
      {error !== null && (
        <Banner tone="danger" role="alert">
          {errorLine(error, { sourceName: 'This device' })}
        </Banner>
      )}
    </Question>
  )
}
