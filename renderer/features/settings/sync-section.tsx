import { NativeSelect } from '../../ui/form-field.tsx'
import { SettingRow, SettingsSection } from '../../ui/settings-section.tsx'
import styles from './settings.module.css'
import { INTERVALS } from './settings-words.ts'
import type { SettingsChange } from './use-settings-change.ts'

export function SyncSection(props: SettingsChange) {
  const { settings, set } = props
  const known = INTERVALS.some((interval) => interval.minutes === settings.syncIntervalMinutes)
  return (
    <SettingsSection title="Sync">
      <SettingRow
        label="Sync interval"
        text="Each source, while Clientele is open. A rate limit of a source always comes first."
      >
        <span className={styles.select}>
          <NativeSelect
            aria-label="Sync interval"
            value={String(settings.syncIntervalMinutes)}
            onChange={(event) => set({ syncIntervalMinutes: Number(event.currentTarget.value) })}
          >
            {!known && (
              <option value={settings.syncIntervalMinutes}>Every {settings.syncIntervalMinutes} minutes</option>
            )}
            {INTERVALS.map((interval) => (
              <option key={interval.minutes} value={interval.minutes}>
                {interval.label}
              </option>
            ))}
          </NativeSelect>
        </span>
      </SettingRow>
    </SettingsSection>
  )
}
