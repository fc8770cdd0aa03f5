import type { SortKey } from '../../store/store-contract.ts'

export interface Column {
  readonly key: 'name' | 'company' | 'status' | 'source' | 'updated' | 'email' | 'phone' | 'tags'
  readonly label: string
  readonly sort: SortKey
  /** Width in px before any spare width is given out. */
  readonly width: number
  /** Share of the spare width. */
  readonly grow: number
  /** What the first press on the header sorts by. */
  readonly first: 'asc' | 'desc'
}

/** Default order and width of DESIGN.md section 2. The mark slot of 36 px stands before them. */
export const COLUMNS: readonly Column[] = [
  { key: 'name', label: 'Name', sort: 'name', width: 172, grow: 0, first: 'asc' },
  { key: 'company', label: 'Company', sort: 'company', width: 144, grow: 0.3, first: 'asc' },
  { key: 'status', label: 'Status', sort: 'status', width: 104, grow: 0, first: 'asc' },
  { key: 'source', label: 'Source', sort: 'source', width: 112, grow: 0, first: 'asc' },
  { key: 'updated', label: 'Updated', sort: 'updated', width: 92, grow: 0, first: 'desc' },
  { key: 'email', label: 'Email', sort: 'email', width: 172, grow: 0.3, first: 'asc' },
  { key: 'phone', label: 'Phone', sort: 'phone', width: 136, grow: 0, first: 'asc' },
  { key: 'tags', label: 'Tags', sort: 'tags', width: 104, grow: 0.4, first: 'asc' },
]

export const MARK_WIDTH = 36
const PANE_NARROWEST = 360
const PANE_WIDEST = 560
const PANE_WISHED = 412

/** Widths for a place of `placeWidth` px. They hang on the place alone, never on the pane, so that nothing jumps. */
export function columnWidths(placeWidth: number): readonly number[] {
  const natural = MARK_WIDTH + COLUMNS.reduce((sum, column) => sum + column.width, 0)
  const spare = Math.max(0, placeWidth - natural)
  return COLUMNS.map((column) => column.width + Math.floor(spare * column.grow))
}

/** Width of the details pane: from a column's edge to the right end, as near to `wished` as the limits allow. */
export function paneWidth(placeWidth: number, wished: number = PANE_WISHED): number {
  const widths = columnWidths(placeWidth)
  const clamped = Math.min(PANE_WIDEST, Math.max(PANE_NARROWEST, wished))
  let edge = MARK_WIDTH
  let best: number | null = null
  for (const width of widths) {
    edge += width
    const pane = placeWidth - edge
    if (pane < PANE_NARROWEST || pane > PANE_WIDEST) continue
    if (best === null || Math.abs(pane - clamped) < Math.abs(best - clamped)) best = pane
  }
  return best ?? Math.min(clamped, Math.max(PANE_NARROWEST, placeWidth - 240))
}
