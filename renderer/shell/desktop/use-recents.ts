import { useHost } from '../../bridge/app-context.tsx'
import { useAbilities } from '../../state/host-state.ts'
import { useOpenClient } from '../../state/open-client.ts'
import { useTell } from './use-tell.ts'

/** A client that was opened becomes one of the system's recent documents. */
export function useRecents(): void {
  const host = useHost()
  const { recents } = useAbilities()
  const clientId = useOpenClient((state) => state.clientId)
  const name = useOpenClient((state) => state.name)
  const opened = recents && clientId !== null && name !== null ? { clientId, name: name.slice(0, 200) } : null
  useTell(opened, (now) => host.call['desktop.addRecent'](now))
}
