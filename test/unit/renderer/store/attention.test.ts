import { expect, it } from 'vitest'
import { attention } from '../../../../renderer/store/queries/attention.ts'
import type { ConflictRow, EditRow } from '../../../../renderer/store/rows.ts'
import { conflictIdSchema, editIdSchema, sourceIdSchema } from '../../../../shared/ids.ts'

const SOURCE = sourceIdSchema.parse('src_0000000000000001')
const id = (n: number): string => String(n).padStart(16, '0')

function edit(n: number, state: EditRow['state'], error: EditRow['error'] = null): EditRow {
  // Only what the query looks at.
  const row: Partial<EditRow> = {
    editId: editIdSchema.parse(`edt_${id(n)}`),
    sourceId: SOURCE,
    attempts: 1,
    createdAt: n,
    state,
    error,
  }
  return row as EditRow
}

function conflict(n: number, resolvedAt: number | null): ConflictRow {
  // Only what the query looks at.
  const row: Partial<ConflictRow> = {
    conflictId: conflictIdSchema.parse(`cnf_${id(n)}`),
    sourceId: SOURCE,
    detectedAt: n,
    resolvedAt,
  }
  return row as ConflictRow
}

it('names what waits for the user, the newest first, and nothing else', () => {
  const edits = [
    edit(1, 'waiting'),
    edit(2, 'needs-attention'),
    edit(3, 'needs-attention', { code: 'not-supported', status: 405 }),
  ]
  const conflicts = [conflict(1, 5), conflict(2, null)]
  const found = attention({
    edits: new Map(edits.map((each) => [each.editId, each])),
    conflicts: new Map(conflicts.map((each) => [each.conflictId, each])),
  })
  expect(found.edits.map(({ editId, code }) => [editId, code])).toEqual([
    [`edt_${id(3)}`, 'not-supported'],
    [`edt_${id(2)}`, null],
  ])
  expect(found.conflicts).toEqual([{ conflictId: `cnf_${id(2)}`, sourceId: SOURCE }])
  expect([found.editCount, found.conflictCount]).toEqual([2, 1])
})

it('counts more than it names', () => {
  const many = Array.from({ length: 1500 }, (_, n) => edit(n, 'needs-attention'))
  const found = attention({ edits: new Map(many.map((each) => [each.editId, each])), conflicts: new Map() })
  expect([found.editCount, found.edits.length, found.edits[0]?.editId]).toEqual([1500, 1000, `edt_${id(1499)}`])
})
