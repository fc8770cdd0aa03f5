import { describe, expect, it } from 'vitest'
import {
  decideAll,
  footLine,
  isDecided,
  markDifferences,
  movedText,
  resolvedLine,
  whatHappened,
} from '../../../../../renderer/features/conflicts/conflict-words.ts'
import {
  choose,
  isReady,
  movedFields,
  NO_DECISION,
  seenNow,
  standing,
} from '../../../../../renderer/features/conflicts/decisions.ts'
import { previewText, ruleText } from '../../../../../renderer/features/conflicts/rule-words.ts'
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
  revisedAt: null,
  decidedBy: null,
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

describe('decisions', () => {
  const chosen = choose(NO_DECISION, CONFLICT, ['phone', 'notes'], 'mine')
  const moved: ConflictView = {
    ...CONFLICT,
    fields: CONFLICT.fields.map((field) => (field.field === 'phone' ? { ...field, theirs: '4' } : field)),
  }

  it('F156 remote changed again while the conflict is open: its choice falls and is asked anew, the others stand', () => {
    const always = { ...chosen, always: ['phone', 'notes'] as const }
    expect(movedFields(always, moved)).toEqual(['phone'])
    expect(standing(always, moved)).toMatchObject({ choices: { notes: 'mine' }, always: ['notes'] })
    expect(isReady(standing(always, moved), moved)).toBe(false)
    const anew = choose(standing(always, moved), moved, ['phone'], 'theirs')
    expect(movedFields(anew, moved)).toEqual([])
    expect(isReady(standing(anew, moved), moved)).toBe(true)
    expect(seenNow(moved)).toEqual({ phone: '4', notes: 'c' })
    expect(movedText(['phone'], 'Full Engage')).toContain('Full Engage changed Phone again after you chose.')
  })

  it('leaves a choice alone where nothing moved', () => {
    expect(movedFields(chosen, CONFLICT)).toEqual([])
    expect(standing(chosen, CONFLICT)).toEqual(chosen)
  })

  it('asks which of several clients at the source is meant', () => {
    const duplicate: ConflictView = { ...CONFLICT, kind: 'duplicate', candidates: ['a', 'b'] }
    const theirs = choose(NO_DECISION, duplicate, ['record'], 'theirs')
    expect(isReady(theirs, duplicate)).toBe(false)
    expect(footLine(duplicate, theirs.choices, 'Connect', false)).toBe('Choose which client at Connect is yours.')
    expect(isReady({ ...theirs, candidate: 'b' }, duplicate)).toBe(true)
    expect(standing({ ...theirs, candidate: 'gone' }, duplicate).candidate).toBeNull()
    expect(isReady(choose(NO_DECISION, duplicate, ['record'], 'mine'), duplicate)).toBe(true)
  })
})

describe('rules', () => {
  it('say what they hold for, and what they decide at once', () => {
    expect(ruleText('mine', 'phone', 'Full Engage')).toBe('Always keep mine for Phone of Full Engage')
    expect(previewText({ conflicts: 0, clients: [] })).toBe('No other conflict is open in this field.')
    expect(previewText({ conflicts: 1, clients: ['Ana'] })).toBe('Decides 1 more open conflict now: Ana.')
    expect(previewText({ conflicts: 2, clients: ['Ana', 'Bo'] })).toBe('Decides 2 more open conflicts now: Ana and Bo.')
    expect(previewText({ conflicts: 5, clients: ['Ana', 'Bo', 'Cy', 'Di', 'Ed'] })).toBe(
      'Decides 5 more open conflicts now: Ana, Bo, Cy and 2 others.',
    )
  })
})
