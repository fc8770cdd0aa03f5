import { useCallback, useEffect, useState } from 'react'
import type { AppError } from '../../../shared/app-error.ts'
import type { BackupView } from '../../../shared/model/unsent-work.ts'
import { useHost } from '../../bridge/app-context.tsx'
import { useHostConnected } from '../../state/host-state.ts'
import { errorLine } from '../../text/error-text.ts'
import { formatMoment } from '../../text/format.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { SettingRow } from '../../ui/settings-section.tsx'
import { notify } from '../../ui/toast.tsx'
import { useNow } from '../../ui/use-now.ts'
import { backupContents, backupReason } from './backup-words.ts'
import { RestoreQuestion } from './restore-question.tsx'
import styles from './settings.module.css'

const SHOWN = 5

/** Copies of what cannot be read from a source again: when, why, how much, and the way back. */
export function BackupsList() {
  const host = useHost()
  const now = useNow()
  const { backups, error, reload } = useBackups()
  const [busy, setBusy] = useState(false)
  const [all, setAll] = useState(false)
  const [restoring, setRestoring] = useState<BackupView | null>(null)

  const make = async (): Promise<void> => {
    setBusy(true)
    const reply = await host.call['backups.make']({})
    setBusy(false)
    if (reply.ok) notify({ text: 'A backup is made.' })
    else notify({ tone: 'danger', text: errorLine(reply.error, { sourceName: 'This device' }) })
    reload()
  }
  const shown = backups?.slice(0, all ? undefined : SHOWN) ?? []
  return (
    <>
      <SettingRow
        label="Backups"
        text="Unsent edits, values of this device and decisions, once a day and before each upgrade. Clients themselves can be read again."
      >
        <Button busy={busy} onClick={() => void make()}>
          Back up now
        </Button>
      </SettingRow>
      {error !== null && (
        <Banner tone="danger" className={styles.inset}>
          {errorLine(error, { sourceName: 'This device' })}
        </Banner>
      )}
      {backups !== null && backups.length === 0 && <p className={styles.none}>No backup yet.</p>}
      {shown.length > 0 && (
        <ul aria-label="Backups" className={styles.backups}>
          {shown.map((backup) => (
            <li key={backup.name} className={styles.backup}>
              <div className={styles.words}>
                <span className={styles.moment}>{formatMoment(backup.at, now)}</span>
                <span className={styles.text}>
                  {backupReason(backup.reason)}. {backupContents(backup)}.
                </span>
              </div>
              <Button
                variant="quiet"
                aria-label={`Restore… the backup of ${formatMoment(backup.at, now)}`}
                onClick={() => setRestoring(backup)}
              >
                Restore…
              </Button>
            </li>
          ))}
        </ul>
      )}
      {backups !== null && backups.length > SHOWN && (
        <Button variant="quiet" className={styles.moreBackups} aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? 'Show fewer' : `Show all ${backups.length}`}
        </Button>
      )}
      {restoring !== null && (
        <RestoreQuestion
          backup={restoring}
          onClose={() => {
            setRestoring(null)
            reload()
          }}
        />
      )}
    </>
  )
}

function useBackups(): {
  readonly backups: readonly BackupView[] | null
  readonly error: AppError | null
  readonly reload: () => void
} {
  const host = useHost()
  const connected = useHostConnected()
  const [backups, setBackups] = useState<readonly BackupView[] | null>(null)
  const [error, setError] = useState<AppError | null>(null)
  const reload = useCallback((): void => {
    void host.call['backups.list']({}).then((reply) => {
      if (reply.ok) setBackups(reply.value)
      setError(reply.ok ? null : reply.error)
    })
  }, [host])
  useEffect(() => {
    if (connected) reload()
  }, [connected, reload])
  return { backups, error, reload }
}
