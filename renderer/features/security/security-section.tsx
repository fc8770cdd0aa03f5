import { useState } from 'react'
import { useHost } from '../../bridge/app-context.tsx'
import { useAppInfo, useSettings } from '../../state/host-state.ts'
import { useLock } from '../../state/lock-state.ts'
import { errorLine } from '../../text/error-text.ts'
import { formatCount } from '../../text/format.ts'
import { Button } from '../../ui/button.tsx'
import { NativeSelect } from '../../ui/form-field.tsx'
import { SettingRow, SettingsSection } from '../../ui/settings-section.tsx'
import { notify } from '../../ui/toast.tsx'
import { AtRestTable } from './at-rest-table.tsx'
import { KeyChoice } from './key-choice.tsx'
import { PassphraseDialog, type PassphraseTask } from './passphrase-dialog.tsx'
import styles from './security.module.css'
import { LOCK_AFTER } from './security-words.ts'

/** Passphrase, lock and keys; and what of all this is encrypted. */
export function SecuritySection() {
  const host = useHost()
  const lock = useLock()
  const settings = useSettings()
  const appInfo = useAppInfo()
  const [task, setTask] = useState<PassphraseTask | null>(null)
  const [listed, setListed] = useState(false)

  const lockAfter = async (minutes: number): Promise<void> => {
    const reply = await host.call['settings.set']({ lockAfterMinutes: minutes })
    if (!reply.ok) notify({ tone: 'danger', text: errorLine(reply.error, { sourceName: 'This device' }) })
  }
  const known = LOCK_AFTER.some(({ minutes }) => minutes === settings.lockAfterMinutes)
  return (
    <SettingsSection title="Security">
      <SettingRow
        label="Passphrase"
        text={
          lock.encrypted
            ? lock.rewriting > 0
              ? `Set. ${formatCount(lock.rewriting, 'file')} still to be written anew.`
              : 'Set. Unsent work, backups and exports of it are encrypted; Clientele asks for it at each start.'
            : 'Encrypts your unsent work, backups and exports of it, and locks Clientele. Clients that were read stay as they are; see the list.'
        }
      >
        {lock.encrypted ? (
          <span className={styles.pair}>
            <Button onClick={() => setTask('change')}>Change…</Button>
            <Button onClick={() => setTask('remove')}>Remove…</Button>
          </span>
        ) : (
          <Button onClick={() => setTask('set')}>Set passphrase…</Button>
        )}
      </SettingRow>
      {lock.encrypted && (
        <>
          <SettingRow
            label="Lock by itself"
            text="Without a key or a pointer in Clientele; also when this computer sleeps or locks its screen. Sync stops while it is locked."
          >
            <span className={styles.select}>
              <NativeSelect
                aria-label="Lock by itself"
                value={String(settings.lockAfterMinutes)}
                onChange={(event) => void lockAfter(Number(event.currentTarget.value))}
              >
                {!known && <option value={settings.lockAfterMinutes}>After {settings.lockAfterMinutes} minutes</option>}
                {LOCK_AFTER.map(({ minutes, label }) => (
                  <option key={minutes} value={minutes}>
                    {label}
                  </option>
                ))}
              </NativeSelect>
            </span>
          </SettingRow>
          <SettingRow label="Lock now" text="Covers this window and forgets the passphrase until you type it again.">
            <Button onClick={() => void host.call['lock.lock']({})}>Lock</Button>
          </SettingRow>
        </>
      )}
      {appInfo === null ? (
        <SettingRow label="Where keys are" text="Not known yet." />
      ) : (
        <KeyChoice keyStore={appInfo.keyStore} />
      )}
      <SettingRow label="What is encrypted" text="Row by row, with what is not.">
        <Button aria-expanded={listed} onClick={() => setListed(!listed)}>
          {listed ? 'Hide' : 'Show'}
        </Button>
      </SettingRow>
      {listed && <AtRestTable encrypted={lock.encrypted} underPassphrase={appInfo?.keyStore.kind === 'passphrase'} />}
      {task !== null && <PassphraseDialog task={task} onClose={() => setTask(null)} />}
    </SettingsSection>
  )
}
