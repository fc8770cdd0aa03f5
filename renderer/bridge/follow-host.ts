import { useHostState } from '../state/host-state.ts'
import type { HostLink } from './create-host-link.ts'

const PROFILE_KEY = 'clientele.profile'

/** The profile of the last start in this window, so that the book opens before (or without) the core. */
export function rememberedProfile(): string | null {
  return localStorage.getItem(PROFILE_KEY)
}

/**
 * Keeps `host-state` what the core says, over every reconnect. Tells the profile whenever the core names it. Returns how
 * to ask for all of it again, as after the lock was opened.
 */
export function followHost(host: HostLink, onProfile: (profileId: string) => void): () => void {
  const set = useHostState.setState
  host.on('sourcesChanged', (sources) => set({ sources }))
  // What the window's own events said; the core may not hear of it while the line is down.
  let pageOnline = true
  host.on('networkChanged', (network) => set({ network: { ...network, online: network.online && pageOnline } }))
  host.on('settingsChanged', (settings) =>
    set((state) => ({
      settings,
      settingsKnown: true,
      network: { ...state.network, workOffline: settings.workOffline },
    })),
  )

  host.on('updateChanged', (update) => set({ update }))

  const refresh = async (): Promise<void> => {
    const [appInfo, manifests, sources, settings] = await Promise.all([
      host.call['app.info']({}),
      host.call['connectors.list']({}),
      host.call['sources.list']({}),
      host.call['settings.get']({}),
    ])
    // A locked profile whose name cannot be read: it is told once it is open.
    if (appInfo.ok && appInfo.value.profileId === '') set({ appInfo: appInfo.value })
    else if (appInfo.ok) {
      localStorage.setItem(PROFILE_KEY, appInfo.value.profileId)
      set({ appInfo: appInfo.value })
      onProfile(appInfo.value.profileId)
      if (appInfo.value.host === 'electron') void askForUpdate()
    }
    if (manifests.ok) set({ manifests: manifests.value })
    if (sources.ok) set({ sources: sources.value })
    if (settings.ok) {
      set((state) => ({
        settings: settings.value,
        settingsKnown: true,
        network: { ...state.network, workOffline: settings.value.workOffline },
      }))
    }
  }

  const askForUpdate = async (): Promise<void> => {
    const update = await host.call['update.state']({})
    if (update.ok) set({ update: update.value })
  }

  // Only a change counts. `navigator.onLine` at the start says little: a machine whose only sources are on loopback
  // may call itself offline for ever.
  const report = (online: boolean): void => {
    pageOnline = online
    set((state) => ({ network: { ...state.network, online } }))
    void host.call['network.report']({ online })
  }
  window.addEventListener('online', () => report(true))
  window.addEventListener('offline', () => report(false))

  host.onConnection((connected) => {
    set({ connected })
    if (connected) void refresh()
  })
  return () => void refresh()
}
