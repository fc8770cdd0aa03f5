import type { AppInfo } from '../../../shared/ipc/host-contract.ts'
import { SettingRow, SettingsSection } from '../../ui/settings-section.tsx'
import styles from './settings.module.css'

/** What this installation is and where it keeps things. */
export function AboutSection(props: { readonly appInfo: AppInfo | null }) {
  const { appInfo } = props
  return (
    <SettingsSection title="About">
      <SettingRow
        label="Version"
        text={
          appInfo === null
            ? 'Not known yet.'
            : `Clientele ${appInfo.version} ${appInfo.host === 'electron' ? 'as a desktop app' : 'in a browser'} on ${appInfo.platform}.`
        }
      />
      <SettingRow
        label="Profile folder"
        text={appInfo === null ? 'Not known yet.' : <span className={styles.path}>{appInfo.profileFolder}</span>}
      />
      <SettingRow
        label="Licences"
        text="Built with React, Mantine, TanStack, Dexie, Zod, Zustand, hls.js and Tabler icons (MIT, Apache-2.0). Inter by Rasmus Andersson (OFL)."
      />
    </SettingsSection>
  )
}
