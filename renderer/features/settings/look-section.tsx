import { Segmented } from '../../ui/segmented.tsx'
import { SettingRow, SettingsSection } from '../../ui/settings-section.tsx'
import { Switch } from '../../ui/switch.tsx'
import type { SettingsChange } from './use-settings-change.ts'

export function LookSection(props: SettingsChange) {
  const { settings, set } = props
  return (
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
          onChange={(theme) => set({ theme })}
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
          onChange={(density) => set({ density })}
        />
      </SettingRow>
      <SettingRow label="Single-key shortcuts" text="N, E, / and G then C work while no text field has the focus.">
        <Switch
          label="Single-key shortcuts"
          labelHidden
          checked={settings.singleKeyShortcuts}
          onChange={(singleKeyShortcuts) => set({ singleKeyShortcuts })}
        />
      </SettingRow>
    </SettingsSection>
  )
}
