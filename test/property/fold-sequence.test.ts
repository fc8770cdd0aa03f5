import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type EditId, editIdSchema } from '../../shared/ids.ts'
import { type Edit, editSchema, type FieldChange } from '../../shared/model/edit.ts'
import { type FieldKey, type Fields, type FieldValue, sameFieldValue } from '../../shared/model/field.ts'
import { foldChanges, foldEdit } from '../../shared/sync/fold-edits.ts'

const FIELDS = ['phone', 'notes'] as const
const VALUE = fc.constantFrom<FieldValue>(null, 'a', 'b', 'c')
const WRITES = fc.array(fc.record({ field: fc.constantFrom(...FIELDS), value: VALUE }), { maxLength: 6 })
const BASE = fc.record({ phone: VALUE, notes: VALUE })

let made = 0
const TEMPLATE: Edit = editSchema.parse({
  editId: editId(0),
  sourceId: 'src_0000000000000001',
  recordId: 'rec_0000000000000001',
  clientId: 'cli_0000000000000001',
  remoteId: 'r',
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
})

function newEdit(seq: number, operation: Edit['operation'], changes: readonly FieldChange[]): Edit {
  made++
  return { ...TEMPLATE, editId: editId(made), seq, operation, changes }
}

function editId(n: number): EditId {
  return editIdSchema.parse(`edt_${n.toString(36).padStart(16, '0')}`)
}

/** Runs the writes through the queue; `sent(i)`: after write i, everything in the queue has left. */
function queueOf(first: readonly Edit[], base: Fields, writes: readonly Write[], sent: (i: number) => boolean) {
  let queue = [...first]
  const shown: Partial<Record<FieldKey, FieldValue>> = { ...base }
  writes.forEach(({ field, value }, i) => {
    const change = { field, from: shown[field] ?? null, to: value }
    shown[field] = value
    if (!sameFieldValue(change.from, change.to)) {
      const folded = foldEdit(queue, { operation: 'update', changes: [change] })
      queue = queue.filter((edit) => !folded.drop.includes(edit) && !folded.put.some((p) => p.editId === edit.editId))
      queue.push(...folded.put)
      if (folded.append !== null) queue.push(newEdit(queue.length + 1, 'update', folded.append.changes))
    }
    if (sent(i)) queue = queue.map((edit) => ({ ...edit, attempts: 1, frozenBody: bodyOf(edit) }))
  })
  return { queue, shown }
}
type Write = { readonly field: (typeof FIELDS)[number]; readonly value: FieldValue }

function bodyOf(edit: Edit): Fields {
  return Object.fromEntries(edit.changes.map(({ field, to }) => [field, to]))
}

function applied(base: Fields, queue: readonly Edit[]): Fields {
  return Object.assign({}, base, ...queue.map(bodyOf))
}

describe('folding edits', () => {
  it('is the same as sending each of them, for every way in which they may have left meanwhile', () => {
    fc.assert(
      fc.property(BASE, WRITES, (base, writes) => {
        for (let split = 0; split < 2 ** writes.length; split++) {
          const { queue, shown } = queueOf([], base, writes, (i) => (split & (1 << i)) !== 0)
          expect(applied(base, queue)).toEqual(shown)
          checkBases(base, queue)
          // Nothing that has left was touched, and at most one is open to change.
          for (const edit of queue) if (edit.frozenBody !== null) expect(bodyOf(edit)).toEqual(edit.frozenBody)
          expect(queue.filter((edit) => edit.attempts === 0).length).toBeLessThanOrEqual(1)
        }
      }),
      { numRuns: 150 },
    )
  })

  it('into a create: one body with the last values while it has not left, edits behind it from then on', () => {
    fc.assert(
      fc.property(BASE, WRITES, (base, writes) => {
        for (let split = 0; split < 2 ** writes.length; split++) {
          const create = newEdit(1, 'create', [
            { field: 'phone', from: null, to: base.phone },
            { field: 'notes', from: null, to: base.notes },
          ])
          const { queue, shown } = queueOf([create], base, writes, (i) => (split & (1 << i)) !== 0)
          const empty = { phone: null, notes: null }
          expect(applied(empty, queue)).toEqual(shown)
          expect(queue.filter((edit) => edit.operation === 'create')).toHaveLength(1)
          expect(queue[0]?.operation).toBe('create')
        }
      }),
      { numRuns: 80 },
    )
  })

  it('a delete takes what has not left with it; of a create that has not left nothing remains', () => {
    fc.assert(
      fc.property(BASE, WRITES, fc.nat(63), fc.boolean(), (base, writes, split, isCreate) => {
        const first = isCreate ? [newEdit(1, 'create', [{ field: 'phone', from: null, to: 'a' }])] : []
        const { queue } = queueOf(first, base, writes, (i) => (split & (1 << i)) !== 0)
        const { drop, append } = foldEdit(queue, { operation: 'delete', changes: [] })
        expect(drop.every((edit) => edit.attempts === 0)).toBe(true)
        const left = queue.filter((edit) => !drop.includes(edit))
        expect(left.every((edit) => edit.attempts > 0)).toBe(true)
        expect(append === null).toBe(drop.some((edit) => edit.operation === 'create'))
      }),
      { numRuns: 2_000 },
    )
  })

  it('of changes: the first base, the last value, in any grouping', () => {
    const CHAIN = fc.tuple(BASE, WRITES).map(([base, writes]) => chainOf(base, writes))
    fc.assert(
      fc.property(CHAIN, fc.nat(7), (chain, at) => {
        const [a, b] = [chain.slice(0, at), chain.slice(at)]
        const one = (changes: readonly FieldChange[]) =>
          changes.reduce<readonly FieldChange[]>((all, change) => foldChanges(all, [change]), [])
        const byField = (changes: readonly FieldChange[]) => [...changes].sort((x, y) => (x.field < y.field ? -1 : 1))
        expect(byField(foldChanges(one(a), one(b)))).toEqual(byField(one(chain)))
      }),
      { numRuns: 5_000 },
    )
  })
})

function chainOf(base: Fields, writes: readonly Write[]): readonly FieldChange[] {
  const shown: Partial<Record<FieldKey, FieldValue>> = { ...base }
  return writes.flatMap(({ field, value }) => {
    const change = { field, from: shown[field] ?? null, to: value }
    shown[field] = value
    return sameFieldValue(change.from, change.to) ? [] : [change]
  })
}

/** Each edit starts from what the ones before it leave: the base of its check (I4, I8). */
function checkBases(base: Fields, queue: readonly Edit[]): void {
  let now = base
  for (const edit of queue) {
    for (const { field, from } of edit.changes) expect(sameFieldValue(now[field], from)).toBe(true)
    now = { ...now, ...bodyOf(edit) }
  }
}
