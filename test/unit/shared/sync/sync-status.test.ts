import { describe, expect, it } from 'vitest'
import { type StatusFacts, syncStatus } from '../../../../shared/sync/sync-status.ts'

const calm: StatusFacts = {
  sources: [{ state: 'up-to-date', heldRemoval: null }],
  online: true,
  workOffline: false,
  connected: true,
  edits: 0,
  needsAttention: 0,
  conflicts: 0,
  storage: 'ok',
}

describe('sync status', () => {
  it('says "up to date" only when nothing waits and every source was read to its end', () => {
    expect(syncStatus(calm)).toEqual({ kind: 'up-to-date' })
    expect(syncStatus({ ...calm, edits: 2 })).toEqual({ kind: 'waiting', count: 2 })
    for (const state of ['not-synced', 'waiting-to-retry', 'syncing'] as const) {
      expect(syncStatus({ ...calm, sources: [{ state, heldRemoval: null }] }).kind).toBe('syncing')
    }
  })

  it('is neither up to date nor alarmed while the store opens, or opens again', () => {
    for (const storage of ['opening', 'reopening'] as const) {
      expect(syncStatus({ ...calm, storage }).kind).toBe('syncing')
    }
  })

  it('lets the most urgent win, in the order of the interface contract', () => {
    const all: StatusFacts = {
      ...calm,
      sources: [
        { state: 'key-rejected', heldRemoval: null },
        { state: 'syncing', heldRemoval: null },
      ],
      workOffline: true,
      edits: 3,
      conflicts: 2,
    }
    expect(syncStatus(all).kind).toBe('attention')
    const withoutKey = { ...all, sources: [{ state: 'syncing', heldRemoval: null }] } as const
    expect(syncStatus(withoutKey)).toEqual({ kind: 'conflicts', count: 2 })
    expect(syncStatus({ ...withoutKey, conflicts: 0 }).kind).toBe('offline')
    expect(syncStatus({ ...withoutKey, conflicts: 0, workOffline: false }).kind).toBe('syncing')
    expect(syncStatus({ ...calm, edits: 3 }).kind).toBe('waiting')
  })

  it('asks for attention for each thing that only the user can settle', () => {
    expect(syncStatus({ ...calm, needsAttention: 1 }).kind).toBe('attention')
    for (const storage of ['full', 'blocked', 'newer', 'failed', 'read-only', 'elsewhere'] as const) {
      expect(syncStatus({ ...calm, storage }).kind).toBe('attention')
    }
    expect(syncStatus({ ...calm, safety: 'trouble' }).kind).toBe('attention')
    expect(syncStatus({ ...calm, sources: [{ state: 'up-to-date', heldRemoval: { missing: 9 } }] }).kind).toBe(
      'attention',
    )
  })
})
