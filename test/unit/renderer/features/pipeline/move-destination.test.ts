import { describe, expect, it } from 'vitest'
import { boardLabel } from '../../../../../renderer/features/pipeline/board-label.ts'
import { cardAge } from '../../../../../renderer/features/pipeline/card-age.ts'
import { refusingSource } from '../../../../../renderer/features/pipeline/card-refusal.ts'
import { destinationLine, moveDestinations } from '../../../../../renderer/features/pipeline/move-destination.ts'
import type { BoardCard } from '../../../../../renderer/store/store-contract.ts'
import type { Manifest } from '../../../../../shared/connector/manifest.ts'
import { createSourceId, type SourceId } from '../../../../../shared/ids.ts'
import type { SourceView } from '../../../../../shared/model/source.ts'

describe('destinationLine', () => {
  const line = (names: { sends: string[]; stays: string[] }, staysButCreates = false) =>
    destinationLine({ ...names, staysButCreates })
  it('says where a move goes before it is made', () => {
    expect(line({ sends: [], stays: ['Spott'] })).toBe('Spott only reads: a move stays on this device')
    expect(line({ sends: [], stays: ['Endors', 'Clients v1'] })).toBe(
      'Endors and Clients v1 only read: a move stays on this device',
    )
    expect(line({ sends: ['Full Engage'], stays: [] })).toBe('A move sends to Full Engage')
    expect(line({ sends: ['Full Engage'], stays: ['Endors', 'Spott', 'Clients v1'] })).toBe(
      'A move sends to Full Engage; for Endors, Spott and Clients v1 it stays on this device',
    )
  })
  it('does not say "only reads" of a source that takes new clients', () => {
    expect(line({ sends: [], stays: ['Connect'] }, true)).toBe('Connect takes no changes: a move stays on this device')
  })
  it('says nothing while nothing is known', () => {
    expect(line({ sends: [], stays: [] })).toBeNull()
  })
})

describe('moveDestinations and refusingSource', () => {
  const [endors, engage] = [createSourceId({ next: () => 0.1 }), createSourceId({ next: () => 0.2 })]
  const sources = [
    { sourceId: endors, connectorId: 'endors', name: 'Endors' } as SourceView,
    { sourceId: engage, connectorId: 'full-engage', name: 'Studio A' } as SourceView,
  ]
  const option = (id: string) => ({ id, label: id, color: null, order: null, type: null })
  const manifests = [
    { connectorId: 'endors', updates: null, creates: null } as Manifest,
    {
      connectorId: 'full-engage',
      creates: ['name'],
      updates: ['name', 'status'],
      statusOptions: [option('active'), option('inactive')],
    } as unknown as Manifest,
  ]
  const cardOf = (sourceId: SourceId) => ({ row: { sourceIds: [sourceId] } }) as unknown as BoardCard

  it('goes by what each connector updates', () => {
    expect(moveDestinations([endors, engage], sources, manifests)).toEqual({
      sends: ['Studio A'],
      stays: ['Endors'],
      staysButCreates: false,
    })
    expect(moveDestinations([endors], sources, manifests).sends).toEqual([])
  })
  it('does not send a status that the source does not know', () => {
    expect(refusingSource(cardOf(engage), 'paused', sources, manifests)).toBe('Studio A')
    expect(refusingSource(cardOf(engage), '', sources, manifests)).toBe('Studio A')
    expect(refusingSource(cardOf(engage), 'inactive', sources, manifests)).toBeNull()
  })
  it('lets a client of a reading source stand anywhere on this device', () => {
    expect(refusingSource(cardOf(endors), 'paused', sources, manifests)).toBeNull()
    expect(refusingSource(cardOf(endors), '', sources, manifests)).toBeNull()
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
