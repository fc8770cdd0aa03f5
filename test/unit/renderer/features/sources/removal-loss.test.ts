import { describe, expect, it } from 'vitest'
import { removalLoss } from '../../../../../renderer/features/sources/removal-loss.ts'

const NOTHING = { clients: 12, edits: 0, localValues: 0, conflicts: 0, kept: 0, names: [], more: 0 }

describe('what goes with a source', () => {
  it('is nothing worth a question where all of it can be pulled again', () => {
    expect(removalLoss(NOTHING)).toBeNull()
  })

  it('F169 counts and names what exists nowhere else before a source is removed', () => {
    expect(removalLoss({ ...NOTHING, edits: 2, localValues: 1, kept: 5, names: ['Anna', 'Bo'], more: 3 })).toEqual({
      lead: '2 unsent edits and 1 value of this device exist nowhere else.',
      text: '5 clients with your own work stay here, as clients of this device. Nothing of it is sent any more. Export first to have it as a file, too.',
      names: 'Anna, Bo, and 3 more clients',
    })
    expect(removalLoss({ ...NOTHING, edits: 1, names: ['Anna'] })?.lead).toBe('1 unsent edit exists nowhere else.')
    expect(removalLoss({ ...NOTHING, conflicts: 1, names: ['Anna'] })?.lead).toBe(
      '1 open conflict exists nowhere else.',
    )
  })
})
