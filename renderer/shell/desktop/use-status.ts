import { useHost } from '../../bridge/app-context.tsx'
import { useCounts } from '../../bridge/use-counts.ts'
import { useAbilities } from '../../state/host-state.ts'
import { desktopStatus } from '../../text/desktop-text.ts'
import { useSyncStatus } from '../use-sync-status.ts'
import { useTell } from './use-tell.ts'

/** Tray, badge and dock say what `Sync status` says. */
export function useStatus(): void {
  const host = useHost()
  const status = useSyncStatus()
  const conflicts = useCounts()?.conflicts ?? null
  const { tray, badge } = useAbilities()
  const isWanted = (tray || badge) && conflicts !== null
  useTell(isWanted ? desktopStatus(status, conflicts) : null, (now) => host.call['desktop.setStatus'](now))
}
