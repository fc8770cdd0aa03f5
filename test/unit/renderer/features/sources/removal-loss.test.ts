import { describe, expect, it } from 'vitest'
import { removalLoss } from '../../../../../renderer/features/sources/removal-loss.ts'

const NOTHING = { clients: 12, edits: 0, localValues: 0, conflicts: 0, names: [], more: 0 }

describe('what goes with a source', () => {
  it('is nothing worth a question where all of it can be pulled again', () => {
    expect(removalLoss(NOTHING)).toBeNull()
  })

  it('F169 counts and names what exists nowhere else before a source is removed', () => {
    expect(removalLoss({ ...NOTHING, edits: 2, localValues: 1, names: ['Anna', 'Bo'], more: 3 })).toEqual({
      lead: '2 unsent edits and 1 value of this device go too.',
      text: 'They exist nowhere else. Export first to keep them; an import takes the file back.',
      names: 'Anna, Bo, and 3 more clients',
    })
    expect(removalLoss({ ...NOTHING, edits: 1, names: ['Anna'] })?.lead).toBe('1 unsent edit goes too.')
    expect(removalLoss({ ...NOTHING, conflicts: 1, names: ['Anna'] })?.lead).toBe('1 open conflict goes too.')
  })
})
