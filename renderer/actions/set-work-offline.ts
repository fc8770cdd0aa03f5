import type { HostLink } from '../bridge/create-host-link.ts'
import { useHostState } from '../state/host-state.ts'

/** The switch shows its new side at once, before the core has answered; if the core did not take it, it goes back. */
export async function setWorkOffline(host: HostLink, workOffline: boolean): Promise<void> {
  show(workOffline)
  const answer = await host.call['settings.set']({ workOffline })
  if (!answer.ok) show(!workOffline)
}

function show(workOffline: boolean): void {
  useHostState.setState((state) => ({ network: { ...state.network, workOffline } }))
}
