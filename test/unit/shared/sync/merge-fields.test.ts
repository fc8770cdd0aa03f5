import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sameFieldValue } from '../../../../shared/model/field.ts'
import { changedSince, mergeFields, mergeTags } from '../../../../shared/sync/merge-fields.ts'

const value = fc.constantFrom(null, 'a', 'b', 'c')

describe('three-way merge', () => {
  it('sends what only we changed', () => {
    expect(mergeFields([{ field: 'phone', from: '1', to: '2' }], { phone: '1' })).toEqual({
      send: { phone: '2' },
      settled: [],
      conflicts: [],
    })
  })

  it('asks when both changed the same field to different values', () => {
    expect(mergeFields([{ field: 'phone', from: '1', to: '2' }], { phone: '3' }).conflicts).toEqual([
      { field: 'phone', base: '1', mine: '2', theirs: '3' },
    ])
  })

  it('sends null for a cleared field, and nothing for one that was not touched', () => {
    const merged = mergeFields([{ field: 'notes', from: 'old', to: null }], { notes: 'old', phone: '1' })
    expect(merged.send).toEqual({ notes: null })
    expect('phone' in merged.send).toBe(false)
  })

  it('obeys its laws for every base, mine and theirs', () => {
    fc.assert(
      fc.property(value, value, value, (base, mine, theirs) => {
        const merged = mergeFields([{ field: 'notes', from: base, to: mine }], { notes: theirs })
        const places = [
          'notes' in merged.send,
          merged.settled.includes('notes'),
          merged.conflicts.some((c) => c.field === 'notes'),
        ].filter(Boolean)
        // Exactly one of the three, never none: nothing is dropped.
        expect(places).toHaveLength(1)
        if (sameFieldValue(mine, theirs)) expect(merged.settled).toEqual(['notes'])
        else if (sameFieldValue(base, theirs)) expect(merged.send).toEqual({ notes: mine })
        else expect(merged.conflicts).toHaveLength(1)
      }),
    )
  })

  it('keeps fields apart: the result for one does not depend on another', () => {
    fc.assert(
      fc.property(value, value, value, value, value, value, (a, b, c, d, e, f) => {
        const both = mergeFields(
          [
            { field: 'notes', from: a, to: b },
            { field: 'phone', from: d, to: e },
          ],
          { notes: c, phone: f },
        )
        const alone = mergeFields([{ field: 'notes', from: a, to: b }], { notes: c })
        expect(both.send.notes).toEqual(alone.send.notes)
        expect(both.conflicts.filter((x) => x.field === 'notes')).toEqual(alone.conflicts)
      }),
    )
  })

  it('merges tags as sets, so that both sides keep what they added', () => {
    expect(mergeTags(['a', 'b'], ['b', 'mine'], ['a', 'b', 'theirs'])).toEqual(['b', 'theirs', 'mine'])
    const merged = mergeFields([{ field: 'tags', from: ['a'], to: ['a', 'x'] }], { tags: ['a', 'y'] })
    expect(merged.conflicts).toEqual([])
    expect(merged.send.tags).toEqual(['a', 'y', 'x'])
  })

  it('sees a change at the source only in fields both sides know', () => {
    expect(changedSince({ name: 'A', phone: '1' }, { name: 'A', phone: '2', notes: 'new' })).toEqual([
      { field: 'phone', base: '1', mine: '1', theirs: '2' },
    ])
  })
})
