import type { SourceState } from '../model/source.ts'

export interface StatusFacts {
  readonly sources: readonly { readonly state: SourceState; readonly heldRemoval: unknown }[]
  readonly online: boolean
  readonly workOffline: boolean
  /** Whether the process that talks to the sources can be reached from the page. */
  readonly connected: boolean
  readonly edits: number
  readonly needsAttention: number
  readonly conflicts: number
  readonly storage: 'ok' | 'opening' | 'reopening' | 'full' | 'blocked' | 'newer' | 'failed' | 'read-only' | 'elsewhere'
  /** Something was lost, or edits have had one copy only for a while: trouble of the storage that is not over. */
  readonly safety?: 'ok' | 'trouble'
}

export type SyncStatus =
  | { readonly kind: 'attention' }
  | { readonly kind: 'conflicts'; readonly count: number }
  | { readonly kind: 'offline' }
  | { readonly kind: 'syncing' }
  | { readonly kind: 'waiting'; readonly count: number }
  | { readonly kind: 'up-to-date' }

/**
 * One word for everything, the most urgent first (UI-CONTRACT.md, "Everywhere"). It is derived from stored counts and
 * states alone, so it cannot be more cheerful than they are. A source that has not been read to its end, for whatever
 * reason, is never "Up to date".
 */
export function syncStatus(facts: StatusFacts): SyncStatus {
  const has = (...states: readonly SourceState[]): boolean => facts.sources.some((s) => states.includes(s.state))
  const opening = facts.storage === 'opening' || facts.storage === 'reopening'
  const storageTrouble = (facts.storage !== 'ok' && !opening) || facts.safety === 'trouble'
  const held = facts.sources.some((s) => s.heldRemoval !== null)
  if (storageTrouble || held || facts.needsAttention > 0 || has('key-rejected', 'error')) return { kind: 'attention' }
  if (facts.conflicts > 0) return { kind: 'conflicts', count: facts.conflicts }
  if (!facts.online || facts.workOffline || !facts.connected || has('offline')) return { kind: 'offline' }
  if (opening || has('syncing', 'not-synced', 'waiting-to-retry')) return { kind: 'syncing' }
  if (facts.edits > 0) return { kind: 'waiting', count: facts.edits }
  return { kind: 'up-to-date' }
}
