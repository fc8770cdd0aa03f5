import { describe, expect, it } from 'vitest'
import { boardLabel } from '../../../../../renderer/features/pipeline/board-label.ts'
import { cardAge } from '../../../../../renderer/features/pipeline/card-age.ts'
import { destinationLine } from '../../../../../renderer/features/pipeline/move-destination.ts'
import type { Manifest } from '../../../../../shared/connector/manifest.ts'
import type { SourceView } from '../../../../../shared/model/source.ts'

describe('destinationLine', () => {
  it('says where a move goes before it is made', () => {
    expect(destinationLine({ sends: [], stays: ['Spott'] })).toBe('Spott only reads: a move stays on this device')
    expect(destinationLine({ sends: [], stays: ['Endors', 'Clients v1'] })).toBe(
      'Endors and Clients v1 only read: a move stays on this device',
    )
    expect(destinationLine({ sends: ['Full Engage'], stays: [] })).toBe('A move sends to Full Engage')
    expect(destinationLine({ sends: ['Full Engage'], stays: ['Endors', 'Spott', 'Clients v1'] })).toBe(
      'A move sends to Full Engage; for Endors, Spott and Clients v1 it stays on this device',
    )
  })
  it('says nothing while nothing is known', () => {
    expect(destinationLine({ sends: [], stays: [] })).toBeNull()
  })
})

describe('boardLabel', () => {
  const manifests = [
    { connectorId: 'spott', label: 'Spott', board: 'stage' } as Manifest,
    { connectorId: 'connect', label: 'Connect', board: 'lead-status' } as Manifest,
    { connectorId: 'other', label: 'Other', board: 'stage' } as Manifest,
  ]
  const sources = (...connectorIds: readonly string[]) =>
    connectorIds.map((connectorId) => ({ connectorId }) as SourceView)
  it('names the vendor whose board it is', () => {
    expect(boardLabel('stage', 'Stage', sources('spott', 'spott', 'connect'), manifests)).toBe('Spott stage')
    expect(boardLabel('lead-status', 'Lead status', sources('spott', 'connect'), manifests)).toBe('Connect lead status')
  })
  it('names none where two share it, or where it is everybody’s', () => {
    expect(boardLabel('stage', 'Stage', sources('spott', 'other'), manifests)).toBe('Stage')
    expect(boardLabel('status', 'Status', sources('spott'), manifests)).toBe('Status')
  })
})

describe('cardAge', () => {
  const now = Date.UTC(2026, 10, 21, 12)
  it.each([
    [-20_000, 'now'],
    [20_000, 'now'],
    [41 * 60_000, '41 min'],
    [3 * 3_600_000, '3 h'],
    [18 * 86_400_000, '18 d'],
  ])('%i ms ago', (age, text) => {
    expect(cardAge(now - age, now)).toBe(text)
  })
  it('is a date where it is long ago', () => {
    expect(cardAge(now - 400 * 86_400_000, now)).toMatch(/2025/)
  })
})
