import { create } from 'zustand'
import type { Manifest } from '../../shared/connector/manifest.ts'
import type { SourceId } from '../../shared/ids.ts'
import type { AppInfo, NetworkState } from '../../shared/ipc/host-contract.ts'
import type { AppUpdate } from '../../shared/model/app-update.ts'
import { type DesktopAbilities, type DesktopState, NO_DESKTOP_ABILITIES } from '../../shared/model/desktop.ts'
import { DEFAULT_SETTINGS, type Settings } from '../../shared/model/settings.ts'
import type { SourceView } from '../../shared/model/source.ts'

/** The core's own truth as last heard. `sources` is null until it has spoken once. */
export interface HostState {
  readonly connected: boolean
  readonly appInfo: AppInfo | null
  readonly manifests: readonly Manifest[]
  readonly sources: readonly SourceView[] | null
  readonly settings: Settings
  /** False until the core has told its settings. */
  readonly settingsKnown: boolean
  readonly network: NetworkState
  /** How the system took the preferences; null in a browser, and until it was told. */
  readonly desktop: DesktopState | null
  /** Null in a browser, and until it was told. */
  readonly update: AppUpdate | null
}

export const useHostState = create<HostState>(() => ({
  connected: false,
  appInfo: null,
  manifests: [],
  sources: null,
  settings: DEFAULT_SETTINGS,
  settingsKnown: false,
  network: { online: true, workOffline: false },
  desktop: null,
  update: null,
}))

const NO_SOURCES: readonly SourceView[] = []

/** All sources; empty while unknown (see `useSourcesKnown`). */
export function useSources(): readonly SourceView[] {
  return useHostState((state) => state.sources) ?? NO_SOURCES
}

/** False until the core has said which sources there are. */
export function useSourcesKnown(): boolean {
  return useHostState((state) => state.sources !== null)
}

/** A source, or just a part of it; null where there is no such source. */
export function useSource(sourceId: SourceId | null): SourceView | null
export function useSource<T>(sourceId: SourceId | null, part: (source: SourceView) => T): T | null
export function useSource<T>(sourceId: SourceId | null, part?: (source: SourceView) => T): SourceView | T | null {
  return useHostState((state) => {
    const source = state.sources?.find((each) => each.sourceId === sourceId)
    if (source === undefined) return null
    return part === undefined ? source : part(source)
  })
}

export function useManifests(): readonly Manifest[] {
  return useHostState((state) => state.manifests)
}

export function useSettings(): Settings {
  return useHostState((state) => state.settings)
}

export function useNetwork(): NetworkState {
  return useHostState((state) => state.network)
}

export function useAppInfo(): AppInfo | null {
  return useHostState((state) => state.appInfo)
}

export function useHostConnected(): boolean {
  return useHostState((state) => state.connected)
}

export function useAbilities(): DesktopAbilities {
  return useHostState((state) => state.appInfo?.desktop) ?? NO_DESKTOP_ABILITIES
}

/** Whether the system draws our menus, and no browser keeps keys for itself. */
export function useHasMenus(): boolean {
  return useAbilities().menus
}

/** Whether there is a desktop under the page that wants to be told things, and tells some. */
export function useHasDesktop(): boolean {
  return useHostState(({ appInfo }) => appInfo !== null && (appInfo.host === 'electron' || isAble(appInfo.desktop)))
}

function isAble(abilities: DesktopAbilities): boolean {
  return Object.values(abilities).some((ability) => ability === true)
}
