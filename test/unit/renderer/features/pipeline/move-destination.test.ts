import { describe, expect, it } from 'vitest'
import { cardAge } from '../../../../../renderer/features/pipeline/card-age.ts'
import { destinationLine } from '../../../../../renderer/features/pipeline/move-destination.ts'

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
