import { useState } from 'react'
import { exportUnsentWork } from '../../actions/export-unsent.tsx'
import { importUnsentWork } from '../../actions/import-unsent.ts'
import { useStore } from '../../bridge/app-context.tsx'
import { useCounts } from '../../bridge/use-counts.ts'
import { useStoreQuery } from '../../bridge/use-store-query.ts'
import { useHostConnected } from '../../state/host-state.ts'
import { errorLine } from '../../text/error-text.ts'
import { Button } from '../../ui/button.tsx'
import { SettingRow, SettingsSection } from '../../ui/settings-section.tsx'
import { notify } from '../../ui/toast.tsx'
import { useNow } from '../../ui/use-now.ts'
import { BackupsList } from './backups-list.tsx'
import styles from './settings.module.css'
import { keptText, memoryText, nextStartText, secondCopyText, storageText } from './settings-words.ts'

/** What keeps the user's own work safe: two copies, backups, a file; and how much room there is. */
export function SafetySection() {
  const store = useStore()
  const counts = useCounts()
  const connected = useHostConnected()
  const now = useNow()
  const usage = useStoreQuery('storage.usage', {}, ['clients', 'counts', 'storage'])
  /** The browser's newest answer, before the store asks it again. */
  const [answer, setAnswer] = useState<boolean | null>(null)
  const kept = answer ?? usage.data?.persisted ?? null

  const askToKeep = async (): Promise<void> => {
    const promised = (await navigator.storage?.persist?.().catch(() => false)) === true
    setAnswer(promised)
    notify({ text: promised ? 'This device keeps the book now.' : 'This device does not promise to keep the book.' })
  }
  return (
    <SettingsSection title="Safety">
      <SettingRow label="Second copy" text={secondCopyText(counts?.unjournaled ?? null, connected)} />
      <SettingRow label="Kept when the disk is full" text={kept === null ? 'Not known yet.' : keptText(kept)}>
        {kept === false && <Button onClick={() => void askToKeep()}>Ask again</Button>}
      </SettingRow>
      <SettingRow
        label="Unsent work"
        text="A file that a person can read too: everything that is not at a source. Import takes it back; its edits come back held."
      >
        <span className={styles.pairOfButtons}>
          <Button onClick={() => void exportUnsentWork(store)}>Export…</Button>
          <Button onClick={() => void importUnsentWork(store)}>Import…</Button>
        </span>
      </SettingRow>
      <BackupsList />
      <SettingRow
        label="Storage used"
        text={
          usage.error !== null
            ? errorLine(usage.error, { sourceName: 'This device' })
            : usage.data === null
              ? 'Counting.'
              : storageText(usage.data)
        }
      />
      {usage.data !== null && (
        <>
          <SettingRow label="Memory used" text={memoryText(usage.data)} />
          <SettingRow label="Next start" text={nextStartText(usage.data, now)} />
        </>
      )}
    </SettingsSection>
  )
}
