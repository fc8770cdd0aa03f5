/** Rows in the page beyond those in view: most of them where the list is moving to. */
const AHEAD = 24
const BEHIND = 8
/** While nothing moves: what a first notch of the wheel brings. Fewer rows are fewer to paint after a keystroke. */
const AT_REST = 3
/** The range moves in steps of so many rows, so that not every row that passes is work. */
const STEP = 4

export interface RowRange {
  /** First and last row in view. */
  readonly first: number
  readonly last: number
  /** Rows in the page: from here up to, not with, `end`. */
  readonly from: number
  readonly end: number
}

/** Rows of a list of `total` rows that are in view or near it. `direction` is where it moves: -1 up, 1 down, 0 at rest. */
export function rowRange(
  top: number,
  viewPx: number,
  rowHeight: number,
  total: number,
  direction: -1 | 0 | 1,
): RowRange {
  if (total === 0) return { first: 0, last: 0, from: 0, end: 0 }
  const first = Math.min(total - 1, Math.max(0, Math.floor(top / rowHeight)))
  const last = Math.min(total - 1, Math.max(first, Math.ceil((top + viewPx) / rowHeight) - 1))
  const above = direction === 0 ? AT_REST : direction < 0 ? AHEAD : BEHIND
  const below = direction === 0 ? AT_REST : direction > 0 ? AHEAD : BEHIND
  return {
    first,
    last,
    from: Math.max(0, Math.floor((first - above) / STEP) * STEP),
    end: Math.min(total, Math.ceil((last + 1 + below) / STEP) * STEP),
  }
}
