import { describe, expect, it } from 'vitest'
import {
  decideAll,
  footLine,
  isDecided,
  markDifferences,
  resolvedLine,
  whatHappened,
} from '../../../../../renderer/features/conflicts/conflict-words.ts'
import type { ConflictView } from '../../../../../renderer/store/store-contract.ts'
import {
  clientIdSchema,
  conflictIdSchema,
  editIdSchema,
  recordIdSchema,
  sourceIdSchema,
} from '../../../../../shared/ids.ts'

const ID = '0000000000000001'
const CONFLICT: ConflictView = {
  conflictId: conflictIdSchema.parse(`cnf_${ID}`),
  kind: 'field',
  editId: editIdSchema.parse(`edt_${ID}`),
  recordId: recordIdSchema.parse(`rec_${ID}`),
  clientId: clientIdSchema.parse(`cli_${ID}`),
  sourceId: sourceIdSchema.parse(`src_${ID}`),
  fields: [
    { field: 'phone', base: '1', mine: '2', theirs: '3' },
    { field: 'notes', base: 'a', mine: 'b', theirs: 'c' },
  ],
  merged: ['status'],
  candidates: [],
  mineAt: 1,
  theirsAt: 2,
  detectedAt: 3,
  resolvedAt: null,
  clientName: 'Bjørn Haugen',
  company: null,
  statusLabels: {},
  recreateFields: 6,
  candidateViews: [],
}

describe('conflict words', () => {
  it('asks for every field and preselects nothing', () => {
    expect(isDecided(CONFLICT, {})).toBe(false)
    expect(isDecided(CONFLICT, { phone: 'mine' })).toBe(false)
    expect(isDecided(CONFLICT, decideAll(CONFLICT, 'theirs'))).toBe(true)
    expect(footLine(CONFLICT, { phone: 'mine' }, 'Full Engage')).toBe(
      '1 of 2 decided. The value you leave out stays in the timeline.',
    )
  })

  it('tells what happened, for each kind', () => {
    expect(whatHappened(CONFLICT, 'Full Engage')).toBe('Both sides changed 2 fields. 1 more merged on its own.')
    expect(whatHappened({ ...CONFLICT, kind: 'gone' }, 'Full Engage')).toBe(
      'Deleted at Full Engage while your edit waited.',
    )
  })

  it('tells what Resolve will do with a client that is gone', () => {
    const gone: ConflictView = { ...CONFLICT, kind: 'gone' }
    expect(isDecided(gone, { record: 'mine' })).toBe(true)
    expect(footLine(gone, { record: 'mine' }, 'Full Engage')).toBe(
      'Resolve creates Bjørn Haugen again at Full Engage, with 6 fields.',
    )
    expect(resolvedLine(gone, { record: 'theirs' }, 'Full Engage')).toBe(
      'Removes Bjørn Haugen here too; the edit is taken back.',
    )
  })

  it('marks the words that differ', () => {
    expect(markDifferences('Renewal due in January. Wants the offer.', 'Renewal due in March.')).toEqual([
      { text: 'Renewal due in ', differs: false },
      { text: 'January. Wants the offer.', differs: true },
    ])
  })
})
