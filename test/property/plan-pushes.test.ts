import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { editIdSchema, recordIdSchema } from '../../shared/ids.ts'
import type { EditState } from '../../shared/model/edit.ts'
import { type PlannedEdit, planPushes } from '../../shared/sync/plan-pushes.ts'

const NOW = 1_700_000_000_000
const STATES: readonly EditState[] = [
  'waiting',
  'sending',
  'retrying',
  'needs-attention',
  'unknown-outcome',
  'conflict',
]

const pad = (n: number): string => String(n).padStart(16, '0')

const edits = fc
  .array(
    fc.record({
      record: fc.nat({ max: 6 }),
      state: fc.constantFrom(...STATES),
      hold: fc.constantFrom(null, null, null, 'user', 'review'),
      notBefore: fc.option(fc.integer({ min: NOW - 5_000, max: NOW + 200_000 })),
      createdAt: fc.integer({ min: NOW - 10, max: NOW }),
      operation: fc.constantFrom('create', 'update', 'delete'),
    }),
    { maxLength: 30 },
  )
  .map((rows) => {
    const seqs = new Map<number, number>()
    return rows.map((row, i): PlannedEdit => {
      const seq = (seqs.get(row.record) ?? 0) + 1
      seqs.set(row.record, seq)
      return {
        editId: editIdSchema.parse(`edt_${pad(i)}`),
        recordId: recordIdSchema.parse(`rec_${pad(row.record)}`),
        seq,
        operation: row.operation as PlannedEdit['operation'],
        state: row.state,
        hold: row.hold as PlannedEdit['hold'],
        notBefore: row.notBefore,
        createdAt: row.createdAt,
        error: null,
      }
    })
  })

function byRecord(all: readonly PlannedEdit[]): readonly (readonly PlannedEdit[])[] {
  const records = new Map<string, PlannedEdit[]>()
  for (const edit of all) records.set(edit.recordId, [...(records.get(edit.recordId) ?? []), edit])
  return [...records.values()].map((list) => list.toSorted((a, b) => a.seq - b.seq))
}

describe('planPushes', () => {
  it('never hands out two edits of one record, none out of turn, none that is held, parked or not due', () => {
    fc.assert(
      fc.property(edits, fc.boolean(), (all, hurry) => {
        const { due } = planPushes(byRecord(all), { at: NOW, hurry })
        expect(new Set(due.map((edit) => edit.recordId)).size).toBe(due.length)
        for (const edit of due) {
          const mine = all.filter((other) => other.recordId === edit.recordId)
          expect(Math.min(...mine.map((other) => other.seq))).toBe(edit.seq)
          expect(mine.some((other) => other.state === 'sending')).toBe(false)
          expect(edit.hold).toBeNull()
          expect(['waiting', 'retrying', 'unknown-outcome']).toContain(edit.state)
          if (!hurry) expect(edit.notBefore ?? 0).toBeLessThanOrEqual(NOW)
        }
      }),
      { numRuns: 2_000 },
    )
  })

  it('says the same whatever the order in which records come', () => {
    fc.assert(
      fc.property(edits, fc.boolean(), (all, hurry) => {
        const records = byRecord(all)
        const a = planPushes(records, { at: NOW, hurry })
        const b = planPushes(records.toReversed(), { at: NOW, hurry })
        expect(b.due).toEqual(a.due)
        expect(b.nextDueAt).toBe(a.nextDueAt)
      }),
      { numRuns: 1_000 },
    )
  })

  it('ends: each edit that can go goes within as many rounds as there are edits, past any that is stuck', () => {
    fc.assert(
      fc.property(edits, (all) => {
        let left = all.map((edit) => (edit.state === 'sending' ? { ...edit, state: 'unknown-outcome' as const } : edit))
        let at = NOW
        for (let round = 0; round < 3 * all.length + 1; round++) {
          const plan = planPushes(byRecord(left), { at, hurry: false })
          const [next] = plan.due
          if (next !== undefined) left = left.filter((edit) => edit !== next)
          else if (plan.nextDueAt !== null) at = plan.nextDueAt
          else break
        }
        // What is left stands behind, or is, one that waits for the user.
        for (const list of byRecord(left)) {
          const [first] = list
          expect(first?.hold !== null || ['needs-attention', 'conflict'].includes(first.state)).toBe(true)
        }
      }),
      { numRuns: 1_000 },
    )
  })

  it('a due time further off than any delay there is comes from a clock that was wrong, and counts as over', () => {
    const [edit] = fc.sample(edits, { numRuns: 200, seed: 1 }).find((list) => list.length > 0) ?? []
    if (edit === undefined) throw new Error('no edit')
    const far = { ...edit, state: 'retrying' as const, hold: null, notBefore: NOW + 365 * 86_400_000 }
    expect(planPushes([[far]], { at: NOW, hurry: false }).due).toEqual([far])
    const near = { ...far, notBefore: NOW + 60_000 }
    expect(planPushes([[near]], { at: NOW, hurry: false })).toEqual({ due: [], waived: [], nextDueAt: NOW + 60_000 })
  })
})
