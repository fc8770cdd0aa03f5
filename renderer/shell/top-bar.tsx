import { IconRefresh } from '@tabler/icons-react'
import { setWorkOffline } from '../actions/set-work-offline.ts'
import { useHost } from '../bridge/app-context.tsx'
import { useNetwork, useSources } from '../state/host-state.ts'
import { NAMES } from '../text/names.ts'
import { IconButton } from '../ui/icon-button.tsx'
import { Switch } from '../ui/switch.tsx'
import { SearchBox } from './search-box.tsx'
import styles from './shell.module.css'
import { SyncStatusPill } from './sync-status-pill.tsx'

export function TopBar() {
  const host = useHost()
  const network = useNetwork()
  const sources = useSources()
  return (
    <header className={styles.bar}>
      <SearchBox />
      <span className="spring" />
      <Switch
        label={NAMES.workOffline}
        checked={network.workOffline}
        onChange={(workOffline) => void setWorkOffline(host, workOffline)}
      />
      <IconButton
        label={NAMES.syncAll}
        keys={['R']}
        hint={sources.length === 0 ? 'Sync all: no source yet' : undefined}
        onClick={() => void host.call['sources.syncAll']({})}
      >
        <IconRefresh size={16} aria-hidden />
      </IconButton>
      <SyncStatusPill />
    </header>
  )
}
