import { IconBellOff } from '@tabler/icons-react'
import { useHostState } from '../../state/host-state.ts'
import { Banner } from '../../ui/banner.tsx'
import { SettingRow, SettingsSection } from '../../ui/settings-section.tsx'
import { Switch } from '../../ui/switch.tsx'
import { notificationsText } from './desktop-words.ts'
import { QuietHours } from './quiet-hours.tsx'
import styles from './settings.module.css'
import type { SettingsChange } from './use-settings-change.ts'

export function NotificationsSection(props: SettingsChange) {
  const { settings, set } = props
  const refused = notificationsText(useHostState((state) => state.desktop))
  return (
    <SettingsSection title="Notifications">
      <SettingRow
        label="Conflicts"
        text="When a client changed here and at its source. Never while the window is in front."
      >
        <Switch
          label="Notify of conflicts"
          labelHidden
          checked={settings.notifyConflicts}
          onChange={(notifyConflicts) => set({ notifyConflicts })}
        />
      </SettingRow>
      <SettingRow
        label="Edits that failed, and rejected keys"
        text="Several are one notification, and each is told once. Names of clients are never in it."
      >
        <Switch
          label="Notify of failures"
          labelHidden
          checked={settings.notifyFailures}
          onChange={(notifyFailures) => set({ notifyFailures })}
        />
      </SettingRow>
      <QuietHours settings={settings} set={set} />
      {refused !== null && (
        <Banner tone="warning" className={styles.inset} icon={<IconBellOff size={16} aria-hidden />}>
          {refused}
        </Banner>
      )}
    </SettingsSection>
  )
}
