import { describe, expect, it } from 'vitest'
import { coverageText, missingTexts } from '../../../../renderer/domain/coverage.ts'
import { type SourceView, sourceViewSchema } from '../../../../shared/model/source.ts'

const NOW = new Date(2026, 10, 21, 9, 44).getTime()
const LAST = { at: NOW - 180_000, durationMs: 1_200, kind: 'full' as const }

function source(name: string, over: Partial<SourceView> = {}): SourceView {
  return {
    ...sourceViewSchema.parse({
      sourceId: 'src_0000000000000001',
      connectorId: 'spott',
      name,
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
      lastComplete: LAST,
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

const four = ['Endors', 'Full Engage', 'Connect', 'Clients v1'].map((name) => source(name))
const reading = { pages: 5, ofPages: 8, clients: 250, ofClients: null, interrupted: false }

describe('what a list rests on', () => {
  it('is quiet where every source is complete, also while one is read again or the network is away', () => {
    const sources = [...four, source('Spott', { state: 'syncing', coverage: reading })]
    expect(coverageText(sources, NOW)).toBe('All 5 sources complete')
    expect(coverageText(sources, NOW, 'time')).toBe('All 5 sources complete, 09:41')
    expect(missingTexts(sources, NOW)).toEqual([])
    expect(missingTexts([source('Spott', { state: 'offline' })], NOW)).toEqual([])
  })

  it('names the source that is missing, how far it is, and why', () => {
    const first = source('Spott', { lastComplete: null, state: 'syncing', coverage: reading })
    expect(coverageText([...four, first], NOW)).toBe('4 of 5 sources complete, Spott at 62 %')
    expect(missingTexts([...four, first], NOW)).toEqual(['Spott is being read: page 5 of 8.'])
    const stopped = source('Spott', {
      lastComplete: null,
      state: 'waiting-to-retry',
      coverage: { ...reading, interrupted: true },
      error: { code: 'rate-limited', status: 429, retryAfterMs: 1_000 },
    })
    expect(missingTexts([stopped], NOW)).toEqual([
      'Spott was not read to its end yet, only page 5 of 8. Spott asked for a pause (429).',
    ])
  })

  it('counts one that was complete and has stopped as missing, with its time', () => {
    for (const [state, why] of [
      ['key-rejected', 'Its key was rejected.'],
      ['paused', 'It is paused.'],
    ] as const) {
      const sources = [...four, source('Spott', { state })]
      expect(coverageText(sources, NOW)).toBe('4 of 5 sources complete')
      expect(missingTexts(sources, NOW)).toEqual([`Spott is as of today, 09:41. ${why}`])
    }
  })

  it('never says that one source of one is all', () => {
    expect(coverageText([source('Spott', { lastComplete: null, state: 'not-synced' })], NOW)).toBe(
      '0 of 1 source complete',
    )
    expect(coverageText([], NOW)).toBe('')
  })
})
