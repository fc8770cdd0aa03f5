import { expect, it } from 'vitest'
import { sourceDetail, sourceWord, waitingLines } from '../../../../renderer/shell/sync-lines.ts'
import type { Counts } from '../../../../renderer/store/store-contract.ts'
import { instantSchema, sourceIdSchema } from '../../../../shared/ids.ts'
import type { SourceView } from '../../../../shared/model/source.ts'

const NOW = new Date(2026, 10, 21, 12, 0).getTime()
const SOURCE: SourceView = {
  sourceId: sourceIdSchema.parse('src_0000000000000001'),
  connectorId: 'full-engage',
  name: 'Full Engage',
  settings: {},
  address: 'localhost',
  hasKey: true,
  keyTrouble: null,
  sample: false,
  state: 'up-to-date',
  paused: false,
  progress: null,
  error: null,
  nextAttemptAt: null,
  lastComplete: { at: NOW - 60_000, durationMs: 1000, kind: 'full' },
  heldRemoval: null,
  account: null,
  problems: 0,
  addedAt: instantSchema.parse('2026-11-21T10:00:00.000Z'),
  reviewBeforeSending: false,
  coverage: null,
  deletionsSeenBy: 'key-chain',
  circuitOpen: false,
  suspects: 0,
}
const QUIET: Counts = {
  clients: 8,
  edits: 0,
  needsAttention: 0,
  unknownOutcome: 0,
  conflicts: 0,
  heldRemovals: 0,
  bySource: {},
  testimonials: 0,
  oldestEditAt: null,
  storage: 'ok',
  held: 0,
  unjournaled: 0,
  tray: 0,
  notices: 0,
}

it('never calls a source up to date while an edit of it waits', () => {
  expect(sourceWord(SOURCE, 0)).toBe('Up to date')
  expect(sourceWord(SOURCE, 2)).toBe('2 edits waiting')
  expect(sourceWord({ ...SOURCE, state: 'key-rejected' }, 2)).toBe('Key rejected')
})

it('says where a read stopped, when it goes on, and when a circuit is tried', () => {
  expect(sourceDetail(SOURCE, NOW)).toBe('Complete today, 11:59')
  const coverage = { pages: 41, ofPages: 50, clients: 4100, ofClients: 5000, interrupted: true }
  expect(sourceDetail({ ...SOURCE, coverage, nextAttemptAt: NOW + 180_000 }, NOW)).toBe(
    'Complete today, 11:59, next in 3 min; stopped at page 41 of 50',
  )
  expect(sourceDetail({ ...SOURCE, circuitOpen: true, nextAttemptAt: NOW + 90_000 }, NOW)).toBe(
    'Too many requests failed. One is tried in 1:30',
  )
})

it('counts everything that is not through, most urgent first', () => {
  expect(waitingLines(QUIET)).toEqual([])
  const lines = waitingLines({
    ...QUIET,
    edits: 9,
    held: 2,
    needsAttention: 1,
    unknownOutcome: 1,
    conflicts: 2,
    heldRemovals: 1,
    unjournaled: 1,
    notices: 1,
  })
  expect(lines.map((line) => line.text)).toEqual([
    '1 edit needs your attention',
    '2 conflicts to decide',
    '1 removal held until you confirm',
    '1 edit is looked up before anything is sent again',
    '3 edits waiting',
    '2 edits held until you release them',
    '1 change without a second copy yet',
    '1 notice about this book',
  ])
})
