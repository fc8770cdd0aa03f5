import fc from 'fast-check'
import { expect, test } from 'vitest'
import { clientIdSchema, editIdSchema, recordIdSchema, sourceIdSchema } from '../../../shared/ids.ts'
import { type Edit, type EditState, editStateSchema, type FieldChange } from '../../../shared/model/edit.ts'
import { type FieldKey, type Fields, type FieldValue, sameFieldValue } from '../../../shared/model/field.ts'
import { canDiscardEdit, isLegalStep, isOpenEdit, isOpenToChange, stepEdit } from '../../../shared/sync/edit-machine.ts'
import { effectiveFields, mergeSynced, type OverlayFields, originOf } from '../../../shared/sync/effective-client.ts'
import { foldChanges, foldEdit } from '../../../shared/sync/fold-edits.ts'
import { routeEdit } from '../../../shared/sync/route-edit.ts'

const KEYS = ['name', 'phone', 'notes', 'status', 'email'] as const
const key = fc.constantFrom(...KEYS)
const value: fc.Arbitrary<FieldValue> = fc.constantFrom('a', 'b', 'c', null)
const fieldsArb: fc.Arbitrary<Fields> = fc.dictionary(key, value)

function edit(more: Partial<Edit> = {}): Edit {
  return {
    editId: editIdSchema.parse('edt_0000000000000000'),
    recordId: recordIdSchema.parse('rec_0000000000000000'),
    clientId: clientIdSchema.parse('cli_0000000000000000'),
    sourceId: sourceIdSchema.parse('src_0000000000000000'),
    remoteId: null,
    seq: 1,
    operation: 'update',
    changes: [],
    state: 'waiting',
    attempts: 0,
    createdAt: 0,
    attemptedAt: null,
    notBefore: null,
    frozenBody: null,
    fence: null,
    looks: 0,
    error: null,
    hold: null,
    attemptId: null,
    ...more,
  }
}

test('folding a series of changes tells the same as the first and the last value of each field', () => {
  fc.assert(
    fc.property(fieldsArb, fc.array(fc.tuple(key, value), { maxLength: 20 }), (start, writes) => {
      const now: Partial<Record<FieldKey, FieldValue>> = { ...start }
      let folded: readonly FieldChange[] = []
      for (const [field, to] of writes) {
        const from = now[field] ?? null
        folded = foldChanges(folded, [{ field, from, to }])
        now[field] = to
      }
      for (const field of KEYS) {
        const change = folded.find((candidate) => candidate.field === field)
        const [from, to] = [start[field] ?? null, now[field] ?? null]
        if (sameFieldValue(from, to)) expect(change).toBeUndefined()
        else expect(change).toEqual({ field, from, to })
      }
    }),
  )
})

test('an edit of which anything may be at the source is never changed or dropped', () => {
  const states = fc.constantFrom(
    ...editStateSchema.options.filter((state) => state !== 'done' && state !== 'discarded'),
  )
  const arb = fc.record({
    state: states,
    attempts: fc.integer({ min: 0, max: 3 }),
    looks: fc.integer({ min: 0, max: 2 }),
    operation: fc.constantFrom('create', 'update', 'delete'),
    refused: fc.boolean(),
  })
  const change = { field: 'phone', from: 'a', to: 'z' } as const
  fc.assert(
    fc.property(fc.array(arb, { maxLength: 4 }), fc.constantFrom('update', 'delete'), (list, operation) => {
      const waiting = list.map((one, i) =>
        edit({
          ...one,
          seq: i + 1,
          changes: [{ field: 'phone', from: null, to: 'a' }],
          frozenBody: one.attempts > 0 ? { phone: 'a' } : null,
          error: one.refused ? { code: 'refused', status: 422, vendorText: null, field: null } : null,
        }),
      )
      const result = foldEdit(waiting, { operation, changes: operation === 'update' ? [change] : [] })
      for (const touched of [...result.put, ...result.drop]) {
        const before = waiting.find((candidate) => candidate.seq === touched.seq)
        expect(before !== undefined && isOpenToChange(before)).toBe(true)
        expect(before?.state === 'sending' || before?.state === 'unknown-outcome' || before?.state === 'conflict').toBe(
          false,
        )
      }
      // Only the end of the queue is touched.
      const firstTouched = Math.min(...[...result.put, ...result.drop].map((e) => e.seq), Number.POSITIVE_INFINITY)
      expect(waiting.filter((e) => e.seq >= firstTouched).every(isOpenToChange)).toBe(true)
      if (operation === 'update')
        expect(result.append !== null || result.put.length + result.drop.length > 0).toBe(true)
    }),
  )
})

test('a delete takes unsent edits with it; over an unsent create nothing is left to send', () => {
  const create = edit({ operation: 'create', seq: 1 })
  const update = edit({ seq: 2 })
  expect(foldEdit([create, update], { operation: 'delete', changes: [] })).toMatchObject({
    drop: [create, update],
    append: null,
  })
  expect(foldEdit([update], { operation: 'delete', changes: [] })).toMatchObject({
    drop: [update],
    append: { operation: 'delete' },
  })
  const sent = edit({ state: 'retrying', attempts: 1, frozenBody: {} })
  expect(foldEdit([sent, update], { operation: 'delete', changes: [] })).toMatchObject({
    drop: [update],
    append: { operation: 'delete' },
  })
  const deleting = edit({ operation: 'delete', state: 'sending', attempts: 1 })
  expect(foldEdit([deleting], { operation: 'delete', changes: [] }).append).toBeNull()
})

test('a refused edit that is corrected is as good as new', () => {
  const refused = edit({
    state: 'needs-attention',
    attempts: 1,
    frozenBody: { phone: 'a' },
    changes: [{ field: 'phone', from: null, to: 'a' }],
    error: { code: 'refused', status: 422, vendorText: 'bad phone', field: null },
  })
  expect(foldEdit([refused], { operation: 'update', changes: [{ field: 'phone', from: 'a', to: 'b' }] }).put).toEqual([
    {
      ...refused,
      state: 'waiting',
      attempts: 0,
      frozenBody: null,
      error: null,
      changes: [{ field: 'phone', from: null, to: 'b' }],
    },
  ])
})

test('only legal steps are taken, ends are ends, and every open state leads to one', () => {
  const states = editStateSchema.options
  fc.assert(
    fc.property(fc.constantFrom(...states), fc.constantFrom(...states), (from, to) => {
      const step = () => stepEdit(edit({ state: from }), to).state
      if (isLegalStep(from, to)) expect(step()).toBe(to)
      else expect(step).toThrow()
    }),
  )
  for (const end of ['done', 'discarded'] as const) {
    expect(states.some((to) => isLegalStep(end, to))).toBe(false)
    expect(isOpenEdit({ state: end })).toBe(false)
  }
  const reaches = (from: EditState, seen = new Set<EditState>()): boolean =>
    !isOpenEdit({ state: from }) ||
    (!seen.has(from) && states.some((to) => isLegalStep(from, to) && reaches(to, new Set([...seen, from]))))
  for (const state of states) expect(reaches(state)).toBe(true)
  expect(canDiscardEdit({ state: 'sending' })).toBe(false)
  // Nothing is sent without having been `sending`.
  expect(states.filter((from) => isLegalStep(from, 'done'))).toEqual(['sending', 'conflict'])
})

test('routing sends what the source takes, keeps the rest, and loses nothing', () => {
  const keys = fc.uniqueArray(key)
  const record = fc.constantFrom('present', 'create-open', 'create-closed', 'device')
  const source = fc.option(fc.record({ creates: fc.option(keys), updates: fc.option(keys) }))
  fc.assert(
    fc.property(source, record, keys, (from, kind, fields) => {
      const { send, keep } = routeEdit({ source: from, record: kind }, fields)
      expect([...send, ...keep].sort()).toEqual([...fields].sort())
      if (from === null || kind === 'device') expect(send).toEqual([])
      const taken = kind === 'create-open' ? from?.creates : from?.updates
      for (const field of send) expect(taken).toContain(field)
    }),
  )
  const connect = { creates: ['email', 'firstName'] as const, updates: null }
  expect(routeEdit({ source: connect, record: 'create-open' }, ['email']).send).toEqual(['email'])
  expect(routeEdit({ source: connect, record: 'create-closed' }, ['email']).keep).toEqual(['email'])
  expect(routeEdit({ source: connect, record: 'present' }, ['email']).keep).toEqual(['email'])
})

test('a client as shown: values of this device lie over the synced ones, absent fields keep what was known', () => {
  fc.assert(
    fc.property(fieldsArb, fieldsArb, fieldsArb, (stored, said, local) => {
      const merged = mergeSynced(stored, said)
      for (const field of KEYS) expect(merged[field]).toEqual(said[field] === undefined ? stored[field] : said[field])
      const overlay: OverlayFields = Object.fromEntries(
        Object.entries(local).map(([field, v]) => [field, { value: v, from: null, mode: 'local' as const, at: 0 }]),
      )
      const shown = effectiveFields(merged, overlay)
      for (const field of KEYS) {
        expect(shown[field]).toEqual(local[field] === undefined ? merged[field] : local[field])
        const origin = local[field] !== undefined ? 'device' : merged[field] !== undefined ? 'source' : 'nobody'
        expect(originOf(field, merged, overlay)).toBe(origin)
      }
    }),
  )
})
