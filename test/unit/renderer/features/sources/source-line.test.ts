import { describe, expect, it } from 'vitest'
import {
  type LineContext,
  nextLine,
  progressShare,
  progressWords,
} from '../../../../../renderer/features/sources/source-line.ts'
import { type SourceView, sourceViewSchema } from '../../../../../shared/model/source.ts'

const NOW = Date.UTC(2026, 10, 21, 9, 44)

function source(over: Partial<SourceView>): SourceView {
  return {
    ...sourceViewSchema.parse({
      sourceId: 'src_0000000000000001',
      connectorId: 'spott',
      name: 'Spott',
      settings: {},
      address: 'api.gospott.com',
      hasKey: true,
      sample: false,
      state: 'up-to-date',
      paused: false,
      progress: null,
      error: null,
      nextAttemptAt: null,
      lastComplete: null,
      heldRemoval: null,
      account: null,
      problems: 0,
      reviewBeforeSending: false,
      coverage: null,
      deletionsSeenBy: 'clean-sweeps',
      circuitOpen: false,
      suspects: 0,
      addedAt: '2026-11-20T09:00:00Z',
    }),
    ...over,
  }
}

const CONTEXT: LineContext = { now: NOW, edits: 0, manifest: null, syncIntervalMinutes: 5, workOffline: false }

describe('nextLine', () => {
  it('says when the next sync comes', () => {
    expect(nextLine(source({ nextAttemptAt: NOW + 180_000 }), CONTEXT)).toBe('Next sync in 3 min.')
    expect(nextLine(source({}), { ...CONTEXT, syncIntervalMinutes: 0 })).toBe('Syncs when you ask.')
  })

  it('counts down to the next try and says why it waits', () => {
    const waiting = source({
      state: 'waiting-to-retry',
      nextAttemptAt: NOW + 42_000,
      error: { code: 'rate-limited', status: 429, retryAfterMs: 42_000 },
    })
    expect(nextLine(waiting, CONTEXT)).toBe('Spott asked for a pause (429). Next try in 0:42.')
  })

  it('never forgets the edits that wait', () => {
    for (const state of ['key-rejected', 'paused', 'offline', 'error', 'waiting-to-retry', 'not-synced'] as const) {
      expect(nextLine(source({ state }), { ...CONTEXT, edits: 2 })).toContain('2 edits wait.')
    }
  })
})

describe('progress', () => {
  const progress = {
    kind: 'full' as const,
    done: 19_700,
    total: 31_800,
    page: 197,
    pages: 318,
    startedAt: NOW - 33_000,
  }

  it('counts pages, per cent and the time left', () => {
    expect(progressWords(progress, NOW)).toBe('Page 197 of 318, 61 %. About 25 s left.')
    expect(progressShare(progress)).toBeCloseTo(0.6195)
  })

  it('counts clients where there are no pages, and what was read where there is no total', () => {
    expect(progressWords({ ...progress, pages: null, startedAt: NOW }, NOW)).toBe('19,700 of 31,800, 61 %.')
    expect(progressWords({ ...progress, pages: null, total: null }, NOW)).toBe('19,700 read so far.')
    expect(progressShare({ ...progress, pages: null, total: null })).toBeNull()
  })
})
