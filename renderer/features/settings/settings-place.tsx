import { useState } from 'react'
import type { AppError } from '../../../shared/app-error.ts'
import type { Settings } from '../../../shared/model/settings.ts'
import { useHost } from '../../bridge/app-context.tsx'
import { useAppInfo, useSettings, useSources } from '../../state/host-state.ts'
import { errorLine } from '../../text/error-text.ts'
import { keyStoreText } from '../../text/key-store-text.ts'
import { NAMES } from '../../text/names.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { NativeSelect } from '../../ui/form-field.tsx'
import { Place } from '../../ui/place.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { Switch } from '../../ui/switch.tsx'
import { AboutSection } from './about-section.tsx'
import { RemoveSampleQuestion } from './remove-sample-question.tsx'
import { SafetySection } from './safety-section.tsx'
import styles from './settings.module.css'
import { SettingRow, SettingsSection } from './settings-section.tsx'
import { INTERVALS, SAMPLE_CLIENTS_HINT } from './settings-words.ts'

/** Preferences, sample data, and what is true of this installation. Every change holds at once. */
export function SettingsPlace() {
  const host = useHost()
  const kept = useSettings()
  /** What was just chosen holds at once; the core's answer, a moment later, is what stays. */
  const [chosen, setChosen] = useState<Partial<Settings>>({})
  const settings: Settings = { ...kept, ...chosen }
  const appInfo = useAppInfo()
  const hasSample = useSources().some((source) => source.sample)
  const [error, setError] = useState<AppError | null>(null)
  const [busy, setBusy] = useState(false)
  const [removing, setRemoving] = useState(false)

  const set = async (change: Partial<Settings>): Promise<void> => {
    setChosen((all) => ({ ...all, ...change }))
    const reply = await host.call['settings.set'](change)
    setChosen({})
    setError(reply.ok ? null : reply.error)
  }
  const explore = async (): Promise<void> => {
    setBusy(true)
    const reply = await host.call['sample.start']({})
    setBusy(false)
    setError(reply.ok ? null : reply.error)
  }
  const known = INTERVALS.some((interval) => interval.minutes === settings.syncIntervalMinutes)
  return (
    <Place
      title={NAMES.settings}
      ruled
      banners={
        error === null ? undefined : (
          <Banner tone="danger" role="alert" className={styles.error}>
            {errorLine(error, { sourceName: 'Clientele' })}
          </Banner>
        )
      }
    >
      <div className={styles.ground}>
        <div className={styles.column}>
          <SettingsSection title="Look">
            <SettingRow label="Theme" text="System follows this device.">
              <Segmented
                label="Theme"
                value={settings.theme}
                segments={[
                  { value: 'system', label: 'System' },
                  { value: 'light', label: 'Light' },
                  { value: 'dark', label: 'Dark' },
                ]}
                onChange={(theme) => void set({ theme })}
              />
            </SettingRow>
            <SettingRow label="Density" text="Comfortable rows have a second line under the name.">
              <Segmented
                label="Density"
                value={settings.density}
                segments={[
                  { value: 'compact', label: 'Compact' },
                  { value: 'comfortable', label: 'Comfortable' },
                ]}
                onChange={(density) => void set({ density })}
              />
            </SettingRow>
            <SettingRow
              label="Single-key shortcuts"
              text="N, E, / and G then C work while no text field has the focus."
            >
              <Switch
                label="Single-key shortcuts"
                labelHidden
                checked={settings.singleKeyShortcuts}
                onChange={(singleKeyShortcuts) => void set({ singleKeyShortcuts })}
              />
            </SettingRow>
          </SettingsSection>

          <SettingsSection title="Sync">
            <SettingRow
              label="Sync interval"
              text="Each source, while Clientele is open. A rate limit of a source always comes first."
            >
              <span className={styles.select}>
                <NativeSelect
                  aria-label="Sync interval"
                  value={String(settings.syncIntervalMinutes)}
                  onChange={(event) => void set({ syncIntervalMinutes: Number(event.currentTarget.value) })}
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

          <SettingsSection title="Sample data">
            <SettingRow label={hasSample ? 'Sample data is here' : 'No sample data'} text={SAMPLE_CLIENTS_HINT}>
              {hasSample ? (
                <Button onClick={() => setRemoving(true)}>Remove sample data</Button>
              ) : (
                <Button busy={busy} onClick={() => void explore()}>
                  {NAMES.sampleData}
                </Button>
              )}
            </SettingRow>
          </SettingsSection>

          <SafetySection />

          <SettingsSection title="Keys">
            <SettingRow
              label="Where keys are"
              text={
                appInfo === null
                  ? 'Not known yet.'
                  : `${keyStoreText(appInfo.keyStore)} They can be replaced, never read back.`
              }
            />
          </SettingsSection>

          <AboutSection appInfo={appInfo} />
        </div>
      </div>
      {removing && <RemoveSampleQuestion onClose={() => setRemoving(false)} />}
    </Place>
  )
}
