import { describe, expect, it } from 'vitest'
import { memoryText, nextStartText } from '../../../../../renderer/features/settings/settings-words.ts'
import type { StorageUsage } from '../../../../../renderer/store/store-contract.ts'

const NOW = Date.UTC(2026, 10, 21, 12)
const USAGE: StorageUsage = {
  bytes: 9_000_000,
  quotaBytes: null,
  persisted: true,
  clients: 5_000,
  segments: 50,
  schemaVersion: 4,
  memory: { records: 1_000_000, heads: 2_000_000, lists: 500_000, search: 1_500_000 },
  saved: { startedFrom: 'saved', at: NOW - 120_000, bytes: 3_000_000, damage: null },
}

describe('what is said of the room that the book takes', () => {
  it('memory, by what it is for', () => {
    expect(memoryText(USAGE)).toBe(
      '5.0 MB: 2.0 MB is what the sources say, 1.0 MB who is known, 500 KB for lists, 1.5 MB for search.',
    )
  })

  it('the next start, and whether this one could take up the last', () => {
    expect(nextStartText(USAGE, NOW)).toMatch(/^Saved 2 min ago \(3\.0 MB\): /)
    expect(nextStartText({ ...USAGE, saved: { startedFrom: 'none', at: null, bytes: 0, damage: null } }, NOW)).toMatch(
      /^Nothing is saved yet/,
    )
    expect(
      nextStartText({ ...USAGE, saved: { startedFrom: 'damaged', at: null, bytes: 0, damage: null } }, NOW),
    ).toMatch(/nothing is missing\. Nothing is saved yet/)
    const outdated = { ...USAGE.saved, startedFrom: 'outdated' } as const
    expect(nextStartText({ ...USAGE, saved: outdated }, NOW)).toMatch(/^After the update .* once\. Saved 2 min ago/)
    const again = { ...USAGE.saved, damage: { times: 3, at: NOW - 7_200_000 } }
    expect(nextStartText({ ...USAGE, saved: again }, NOW)).toMatch(/^3 times so far .* last 2 h ago; .* disk\. Saved/)
  })
})
