import { describe, expect, it } from 'vitest'
import { deletionWords, suspectWords } from '../../../../../renderer/features/sources/deletion-words.ts'
import { heldRemovalWords } from '../../../../../renderer/features/sources/held-removal-words.ts'
import {
  type LineContext,
  nextLine,
  progressShare,
  progressWords,
  readingShare,
} from '../../../../../renderer/features/sources/source-line.ts'
import {
  type HeldRemoval,
  heldRemovalSchema,
  type SourceView,
  sourceViewSchema,
} from '../../../../../shared/model/source.ts'

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
      keyTrouble: null,
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
    for (const state of [
      'up-to-date',
      'key-rejected',
      'paused',
      'offline',
      'error',
      'waiting-to-retry',
      'not-synced',
    ] as const) {
      expect(nextLine(source({ state }), { ...CONTEXT, edits: 2 })).toContain('2 edits wait.')
    }
  })
})

describe('a read that broke off', () => {
  const coverage = { pages: 41, ofPages: 50, clients: 4_100, ofClients: 5_000, interrupted: true }

  it('says where it stopped, in every state, until it goes on', () => {
    for (const state of ['error', 'waiting-to-retry', 'paused', 'offline', 'not-synced', 'key-rejected'] as const) {
      expect(nextLine(source({ state, coverage }), CONTEXT)).toContain(
        'Stopped after page 41 of 50; goes on from there.',
      )
    }
    expect(nextLine(source({ state: 'paused', coverage: { ...coverage, interrupted: false } }), CONTEXT)).toBe(
      'Syncs again after Resume.',
    )
  })

  it('counts clients where there are no pages', () => {
    const clients = { ...coverage, ofPages: null, clients: 3_200 }
    expect(nextLine(source({ state: 'paused', coverage: clients }), CONTEXT)).toMatch(
      /^Stopped after 3,200 of about 5,000 clients;/,
    )
    expect(nextLine(source({ state: 'paused', coverage: { ...clients, ofClients: null } }), CONTEXT)).toMatch(
      /^Stopped after 3,200 clients;/,
    )
  })

  it('counts from the stored place when it goes on', () => {
    const progress = { kind: 'full' as const, done: 100, total: null, page: 1, pages: 50, startedAt: NOW }
    const goesOn = source({ state: 'syncing', progress, coverage: { ...coverage, pages: 42, interrupted: false } })
    expect(nextLine(goesOn, CONTEXT)).toBe('Page 42 of 50, 84 %.')
    expect(readingShare(goesOn)).toBeCloseTo(0.84)
    expect(nextLine({ ...goesOn, progress: null }, CONTEXT)).toBe('Page 42 of 50.')
  })
})

describe('an open circuit', () => {
  it('says that one request tries the water, and when', () => {
    const open = source({ state: 'waiting-to-retry', circuitOpen: true, nextAttemptAt: NOW + 24_000 })
    expect(nextLine(open, CONTEXT)).toBe('5 or more failures in a row; next try in 0:24.')
  })
})

describe('what is known of deletions', () => {
  it('says whether they are noticed, and by which proof', () => {
    expect(deletionWords(source({ deletionsSeenBy: 'clean-sweeps' }))).toBe(
      'Deletions are noticed: two full reads agree.',
    )
    expect(deletionWords(source({ deletionsSeenBy: 'none' }))).toBe('Deletions at the source are not noticed.')
  })

  it('counts who is missing and not yet believed to be gone', () => {
    expect(suspectWords(source({ suspects: 2 }))).toBe('2 clients missing once; checked again next time.')
    expect(suspectWords(source({}))).toBeNull()
  })
})

describe('a held removal', () => {
  const held = { missing: 200, seen: 12, had: 212, because: 'too-many' as const }
  const words = (over: Partial<HeldRemoval>) =>
    heldRemovalWords({ ...held, ...over }, { name: 'Endors', check: 'Space ID' })

  it('says what happened, that nothing was removed, and what to look at, for every reason', () => {
    for (const because of heldRemovalSchema.shape.because.unwrap().options) {
      const { lead, text } = words({ because })
      expect(lead).toMatch(/^.*Endors.*\.$/)
      expect(text).toContain('Nothing was removed')
    }
    expect(words({}).lead).toBe('Endors returned 12 of 212 clients.')
    expect(words({ because: 'empty', seen: 0 }).lead).toBe('Endors returned 0 of 212 clients.')
    expect(words({ because: 'other-tenant', missing: 1 }).text).toContain('1 client from before is not in it.')
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
    expect(progressWords({ ...progress, pages: null, startedAt: NOW }, NOW)).toBe(
      '19,700 of about 31,800 clients, 61 %.',
    )
    expect(progressWords({ ...progress, pages: null, total: null }, NOW)).toBe('19,700 read so far.')
    expect(progressShare({ ...progress, pages: null, total: null })).toBeNull()
  })
})
