import { useHost } from '../../bridge/app-context.tsx'
import { useAbilities, useHostState } from '../../state/host-state.ts'
import { Button } from '../../ui/button.tsx'
import { SettingRow, SettingsSection } from '../../ui/settings-section.tsx'
import { Switch } from '../../ui/switch.tsx'
import { notify } from '../../ui/toast.tsx'
import { loginText, quickSearchText, trayText } from './desktop-words.ts'
import { QuickSearchKeys } from './quick-search-keys.tsx'
import type { SettingsChange } from './use-settings-change.ts'

/** What the desktop around the window does; only what this machine can. */
export function DesktopSection(props: SettingsChange) {
  const { settings, set } = props
  const host = useHost()
  const abilities = useAbilities()
  const state = useHostState((each) => each.desktop)
  const { tray, loginItem, globalShortcut, recents } = abilities
  if (!tray && !loginItem && !globalShortcut && !recents) return null
  const clear = async (): Promise<void> => {
    const reply = await host.call['desktop.clearRecent']({})
    if (reply.ok) notify({ text: 'The list of recent clients is empty.', slot: 'desktop' })
  }
  return (
    <SettingsSection title="Desktop">
      {tray && (
        <SettingRow label="Tray icon" text={trayText(settings.tray, state)}>
          <Switch label="Tray icon" labelHidden checked={settings.tray} onChange={(on) => set({ tray: on })} />
        </SettingRow>
      )}
      {loginItem && (
        <SettingRow label="Start at login" text={loginText(settings.startAtLogin, state)}>
          <Switch
            label="Start at login"
            labelHidden
            checked={settings.startAtLogin}
            onChange={(startAtLogin) => set({ startAtLogin })}
          />
        </SettingRow>
      )}
      {globalShortcut && (
        <SettingRow label="Quick search" text={quickSearchText(settings.quickSearchKeys, state)}>
          <QuickSearchKeys value={settings.quickSearchKeys} onChange={(quickSearchKeys) => set({ quickSearchKeys })} />
        </SettingRow>
      )}
      {recents && (
        <SettingRow
          label="Recent clients"
          text="Clients that you opened stand by name in the File menu, and on macOS and Windows at the app’s icon. Windows keeps them there until the list is cleared."
        >
          <Button onClick={() => void clear()}>Clear list</Button>
        </SettingRow>
      )}
    </SettingsSection>
  )
}
