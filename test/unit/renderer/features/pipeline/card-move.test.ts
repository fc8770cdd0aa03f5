import { describe, expect, it } from 'vitest'
import {
  columnAt,
  columnOf,
  nextColumn,
  statusOfColumn,
  stillPending,
  withPendingMoves,
} from '../../../../../renderer/features/pipeline/card-move.ts'
import type { Board, BoardCard, BoardColumn } from '../../../../../renderer/store/store-contract.ts'
import { clientIdSchema, recordIdSchema } from '../../../../../shared/ids.ts'

const card = (letter: string): BoardCard => ({
  row: {
    clientId: clientIdSchema.parse(`cli_${letter.repeat(16)}`),
    recordId: recordIdSchema.parse(`rec_${letter.repeat(16)}`),
    name: letter,
    company: null,
    email: null,
    phone: null,
    jobTitle: null,
    status: null,
    tags: [],
    sourceIds: [],
    updatedAt: null,
    createdAt: null,
    mark: null,
    deleting: false,
    hasLocalValues: false,
    owner: null,
    avatar: null,
  },
  aiValue: null,
  moved: null,
})
const column = (id: string, letters: string, count = letters.length): BoardColumn => ({
  id,
  status: { id, label: id, tone: 'vendor', color: null },
  count,
  cards: [...letters].map(card),
})
const letters = (columns: readonly BoardColumn[]) =>
  columns.map((each) => each.cards.map((entry) => entry.row.name).join(''))

describe('columnAt', () => {
  const spans = [
    { id: 'a', left: 100, right: 300 },
    { id: 'b', left: 308, right: 508 },
  ]
  it('is the column under the pointer', () => {
    expect(columnAt(100, spans)).toBe('a')
    expect(columnAt(400, spans)).toBe('b')
  })
  it('is the nearer one in a gap', () => {
    expect(columnAt(302, spans)).toBe('a')
    expect(columnAt(306, spans)).toBe('b')
  })
  it('is none far outside, so that a drop there returns the card', () => {
    expect(columnAt(10, spans)).toBeNull()
    expect(columnAt(530, spans)).toBe('b')
    expect(columnAt(600, spans)).toBeNull()
  })
})

describe('withPendingMoves', () => {
  const columns = [column('a', 'xy', 12), column('b', 'z')]
  const [x] = columns[0]?.cards ?? []
  if (x === undefined) throw new Error('no card')
  const move = { card: x, from: 'a', to: 'b' }

  it('shows a moved card on top of its new column and counts it there', () => {
    const shown = withPendingMoves(columns, [move])
    expect(letters(shown)).toEqual(['y', 'xz'])
    expect(shown.map((each) => each.count)).toEqual([11, 2])
  })
  it('does nothing twice once the store shows the move itself', () => {
    const after = [column('a', 'y', 11), column('b', 'xz', 2)]
    expect(withPendingMoves(after, [move])).toEqual(after)
    expect(stillPending({ columns: after } as unknown as Board, [move])).toEqual([])
    expect(stillPending({ columns } as unknown as Board, [move])).toEqual([move])
  })
  it('leaves a card alone that went elsewhere meanwhile', () => {
    const elsewhere = [column('a', 'y'), column('b', 'z'), column('c', 'x')]
    expect(withPendingMoves(elsewhere, [move])).toEqual(elsewhere)
  })
})

describe('columns', () => {
  const columns = [column('', 'x'), column('b', 'z')]
  it('stops at the edges', () => {
    const any = () => true
    expect(nextColumn(columns, '', -1, any)).toBe('')
    expect(nextColumn(columns, '', 1, any)).toBe('b')
    expect(nextColumn(columns, 'b', 1, any)).toBe('b')
  })
  it('passes over columns that do not take the card', () => {
    const three = [{ id: 'a' }, { id: 'b' }, { id: 'c' }]
    expect(nextColumn(three, 'a', 1, (id) => id !== 'b')).toBe('c')
    expect(nextColumn(three, 'a', 1, () => false)).toBe('a')
  })
  it('finds a client', () => {
    expect(columnOf(columns, `cli_${'z'.repeat(16)}`)).toBe('b')
    expect(columnOf(columns, `cli_${'q'.repeat(16)}`)).toBeNull()
  })
  it('takes the nameless column for "no status", which is null and not an empty text', () => {
    expect(statusOfColumn('')).toBeNull()
    expect(statusOfColumn('won')).toBe('won')
  })
})
