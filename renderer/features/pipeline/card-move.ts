import type { Board, BoardCard, BoardColumn } from '../../store/store-contract.ts'

/** Horizontal extent of a column on the screen, in pixels. */
export interface ColumnSpan {
  readonly id: string
  readonly left: number
  readonly right: number
}

/**
 * Column that a card let go at `x` falls into: the one under the pointer, or in a gap the nearer one. Null beyond
 * `reach` pixels outside the outermost columns.
 */
export function columnAt(x: number, spans: readonly ColumnSpan[], reach = 40): string | null {
  let best: string | null = null
  let bestDistance = reach
  for (const span of spans) {
    const distance = x < span.left ? span.left - x : x > span.right ? x - span.right : 0
    if (distance === 0) return span.id
    if (distance <= bestDistance) {
      bestDistance = distance
      best = span.id
    }
  }
  return best
}

/** A move that was let go and that the store has not shown yet. */
export interface PendingMove {
  readonly card: BoardCard
  readonly from: string
  readonly to: string
}

/**
 * The columns with moves applied that the store has taken but not shown yet, so that a card does not flash back to its
 * old place. A moved card is the newest change of its column and so stands at the top.
 */
export function withPendingMoves(
  columns: readonly BoardColumn[],
  moves: readonly PendingMove[],
): readonly BoardColumn[] {
  let shown = columns
  for (const move of moves) {
    const clientId = move.card.row.clientId
    const source = shown.find((column) => column.cards.some((card) => card.row.clientId === clientId))
    if (source === undefined || source.id === move.to || source.id !== move.from) continue
    shown = shown.map((column) => {
      if (column.id === source.id) {
        const cards = column.cards.filter((card) => card.row.clientId !== clientId)
        return { ...column, cards, count: column.count - 1 }
      }
      if (column.id === move.to) return { ...column, cards: [move.card, ...column.cards], count: column.count + 1 }
      return column
    })
  }
  return shown
}

/** Moves that the board does not show yet. */
export function stillPending(board: Board, moves: readonly PendingMove[]): readonly PendingMove[] {
  return moves.filter((move) => columnOf(board.columns, move.card.row.clientId) === move.from)
}

/** Id of the column that holds a client, or null. */
export function columnOf(columns: readonly BoardColumn[], clientId: string): string | null {
  return columns.find((column) => column.cards.some((card) => card.row.clientId === clientId))?.id ?? null
}

/**
 * The next column at which `may` holds, going from `id` to the left (-1) or right (1). Stays where it is when there is
 * none.
 */
export function nextColumn(
  columns: readonly { readonly id: string }[],
  id: string,
  step: -1 | 1,
  may: (columnId: string) => boolean,
): string {
  const index = columns.findIndex((column) => column.id === id)
  for (let next = index + step; next >= 0 && next < columns.length; next += step) {
    const column = columns[next]
    if (column !== undefined && may(column.id)) return column.id
  }
  return id
}

/** The value of the field `status` that a column stands for; the nameless column means none. */
export function statusOfColumn(columnId: string): string | null {
  return columnId === '' ? null : columnId
}
