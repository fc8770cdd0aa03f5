import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FieldChange } from '../../shared/model/edit.ts'
import { type FieldKey, type Fields, type FieldValue, sameFieldValue } from '../../shared/model/field.ts'
import { effectiveFields, type OverlayFields, overlayKeys } from '../../shared/sync/effective-client.ts'
import { changedSince, type Merged, mergeFields, mergeTags } from '../../shared/sync/merge-fields.ts'

/** The laws of SYNC.md 3.2. The three trees come from perturbing one base, or most would have nothing in common. */
const RUNS = Number(process.env.PROPERTY_RUNS ?? 6_000)
const SCALARS = ['phone', 'notes', 'name'] as const
const TEXT = fc.constantFrom<FieldValue>(null, '', 'a', 'b', 'c')
const TAGS = fc.uniqueArray(fc.constantFrom('vip', 'new', 'old', 'eu'), { maxLength: 4 })

const BASE = fc.record({ phone: TEXT, notes: TEXT, name: TEXT, tags: TAGS })
const PERTURBED = fc.record({ phone: TEXT, notes: TEXT, name: TEXT, tags: TAGS }, { requiredKeys: [] })
/** `same`: the other side made the very same changes to some of it. */
const TREES = fc
  .record({ base: BASE, mine: PERTURBED, theirs: PERTURBED, same: fc.subarray([...SCALARS, 'tags'] as const) })
  .map(({ base, mine, theirs, same }) => {
    const both: Partial<Record<FieldKey, FieldValue>> = { ...theirs }
    for (const key of same) if (mine[key] !== undefined) both[key] = mine[key]
    const there: Fields = { ...base, ...both }
    return { base: base as Fields, changes: changesOf(base, mine), theirs: there }
  })

function changesOf(base: Fields, mine: Fields): readonly FieldChange[] {
  return Object.entries(mine).flatMap(([key, to]) => {
    const field = key as FieldKey // of the record above
    const from = base[field] ?? null
    return to === undefined || sameFieldValue(from, to) ? [] : [{ field, from, to }]
  })
}

const law = <T>(arb: fc.Arbitrary<T>, check: (value: T) => void): void =>
  fc.assert(fc.property(arb, check), { numRuns: RUNS })
const outcome = ({ send, settled, conflicts }: Merged) => ({
  send: Object.fromEntries(Object.entries(send).sort(([a], [b]) => (a < b ? -1 : 1))),
  settled: [...settled].sort(),
  conflicts: [...conflicts].sort((a, b) => (a.field < b.field ? -1 : 1)),
})

describe('three-way merge', () => {
  it('identity: nothing changed here changes nothing; nothing changed there sends exactly what was changed here', () => {
    law(TREES, ({ base, changes, theirs }) => {
      expect(mergeFields([], theirs)).toEqual({ send: {}, settled: [], conflicts: [] })
      const calm = mergeFields(changes, base)
      expect(calm.conflicts).toEqual([])
      expect(calm.send).toEqual(Object.fromEntries(changes.map(({ field, to }) => [field, to])))
    })
  })

  it('F153 the same change on both sides is no conflict, and nothing is sent for it', () => {
    law(TREES, ({ changes, theirs }) => {
      const merged = mergeFields(changes, theirs)
      for (const { field, to } of changes) {
        if (!sameFieldValue(theirs[field], to)) continue
        expect(merged.settled).toContain(field)
        expect(merged.send).not.toHaveProperty(field)
      }
      for (const { mine, theirs: other } of merged.conflicts) expect(sameFieldValue(mine, other)).toBe(false)
    })
  })

  it('F154 a change there of a field that was not changed here takes part in nothing', () => {
    law(TREES, ({ changes, theirs }) => {
      const ours = new Set(changes.map((change) => change.field))
      const merged = mergeFields(changes, theirs)
      const spoken = [...Object.keys(merged.send), ...merged.settled, ...merged.conflicts.map((c) => c.field)]
      expect(spoken.every((field) => ours.has(field as FieldKey))).toBe(true)
      const without = Object.fromEntries(Object.entries(theirs).filter(([key]) => ours.has(key as FieldKey)))
      expect(mergeFields(changes, without)).toEqual(merged)
    })
  })

  it('nothing is dropped: each change is sent, settled or asked about, and exactly one of these', () => {
    law(TREES, ({ changes, theirs }) => {
      const { send, settled, conflicts } = mergeFields(changes, theirs)
      for (const { field } of changes) {
        const places = [field in send, settled.includes(field), conflicts.some((c) => c.field === field)]
        expect(places.filter(Boolean)).toHaveLength(1)
      }
    })
  })

  it('never sends over a value that was not seen: what was there is the base, or tags, which keep what both added', () => {
    law(TREES, ({ changes, theirs }) => {
      const { send } = mergeFields(changes, theirs)
      for (const { field, from } of changes) {
        if (!(field in send) || field === 'tags') continue
        expect(sameFieldValue(theirs[field], from)).toBe(true)
      }
    })
  })

  it('fields commute: their order does not matter, and each is merged as if it were alone', () => {
    law(fc.tuple(TREES, fc.infiniteStream(fc.nat())), ([{ changes, theirs }, order]) => {
      const shuffled = changes
        .map((change) => ({ change, at: order.next().value }))
        .sort((a, b) => a.at - b.at)
        .map(({ change }) => change)
      expect(outcome(mergeFields(shuffled, theirs))).toEqual(outcome(mergeFields(changes, theirs)))
      const alone = changes.map((change) => mergeFields([change], theirs))
      expect(outcome(mergeFields(changes, theirs))).toEqual(
        outcome({
          send: Object.assign({}, ...alone.map((m) => m.send)),
          settled: alone.flatMap((m) => m.settled),
          conflicts: alone.flatMap((m) => m.conflicts),
        }),
      )
    })
  })

  it('depends on its inputs alone, and changes none of them', () => {
    law(TREES, ({ changes, theirs }) => {
      const before = JSON.stringify([changes, theirs])
      const first = mergeFields(changes, theirs)
      expect(mergeFields(structuredClone(changes), structuredClone(theirs))).toEqual(first)
      expect(JSON.stringify([changes, theirs])).toBe(before)
    })
  })

  it('is stable: merged again with what came of it, nothing is left to send, and the same is asked', () => {
    law(TREES, ({ changes, theirs }) => {
      const merged = mergeFields(changes, theirs)
      const after = mergeFields(changes, { ...theirs, ...merged.send })
      expect(after.send).toEqual({})
      expect(after.conflicts).toEqual(merged.conflicts)
    })
  })

  it('a decision settles it: mine, made on theirs, is sent without a further question', () => {
    law(TREES, ({ changes, theirs }) => {
      const { conflicts } = mergeFields(changes, theirs)
      const decided = changes.map((change) => {
        const asked = conflicts.find((c) => c.field === change.field)
        return asked === undefined ? change : { ...change, from: asked.theirs }
      })
      const again = mergeFields(decided, theirs)
      expect(again.conflicts).toEqual([])
      for (const { field, mine } of conflicts) expect(again.send[field]).toEqual(mine)
    })
  })

  it('asks the same of both sides: whoever is called mine', () => {
    law(TREES, ({ base, changes, theirs }) => {
      const there = changesOf(base, theirs)
      const mine: Fields = { ...base, ...Object.fromEntries(changes.map(({ field, to }) => [field, to])) }
      const asked = (merged: Merged) => merged.conflicts.map((c) => c.field).sort()
      expect(asked(mergeFields(there, mine))).toEqual(asked(mergeFields(changes, theirs)))
    })
  })

  it('tags: what either side added is there, what either side removed is not, and nothing is there twice', () => {
    law(fc.tuple(TAGS, TAGS, TAGS), ([base, mine, theirs]) => {
      const merged = mergeTags(base, mine, theirs)
      expect(new Set(merged).size).toBe(merged.length)
      for (const tag of new Set([...base, ...mine, ...theirs])) {
        const wanted = base.includes(tag) ? mine.includes(tag) && theirs.includes(tag) : true
        expect(merged.includes(tag)).toBe(wanted)
      }
    })
  })

  it('before a delete: exactly the fields both sides know and that differ', () => {
    law(TREES, ({ base, theirs }) => {
      expect(changedSince(base, base)).toEqual([])
      const changed = changedSince(base, theirs).map((c) => c.field)
      for (const field of [...SCALARS, 'tags'] as const)
        expect(changed.includes(field)).toBe(!sameFieldValue(base[field], theirs[field]))
    })
  })
})

describe('the view of a client (I7)', () => {
  const OVERLAY = PERTURBED.map(
    (fields): OverlayFields =>
      Object.fromEntries(
        Object.entries(fields).map(([key, value]) => [key, { value, from: null, mode: 'local', at: 0 }]),
      ),
  )

  it('is what was written over what the source said, and untouched fields equal the source', () => {
    law(fc.tuple(BASE, OVERLAY), ([synced, overlay]) => {
      const before = JSON.stringify([synced, overlay])
      const shown = effectiveFields(synced, overlay)
      for (const field of [...SCALARS, 'tags'] as const) {
        expect(shown[field]).toEqual(overlay[field] === undefined ? synced[field] : overlay[field].value)
      }
      const reversed: OverlayFields = Object.fromEntries(Object.entries(overlay).reverse())
      expect(effectiveFields(synced, reversed)).toEqual(shown)
      expect(effectiveFields(shown, overlay)).toEqual(shown)
      expect(effectiveFields(synced, {})).toEqual(synced)
      expect(overlayKeys(overlay).every((key) => key in shown)).toBe(true)
      expect(JSON.stringify([synced, overlay])).toBe(before)
    })
  })
})
