import type { ClientId } from '../../../shared/ids.ts'
import type { ClientRow } from '../../store/store-contract.ts'
import { keepSame } from './same-row.ts'

/** Rows per question. */
export const PAGE = 100
/** Pages kept: 4,000 rows, about as many as a long look up and down the list passes. */
const KEPT_PAGES = 40

/** A row, or a client that is gone while its place is still held. */
export type ShownRow = ClientRow | 'gone'

interface Page {
  readonly rows: readonly ShownRow[]
  /** The state of the book that its order was read from; older ones are shown until the newer is there. */
  readonly version: number
  /** False: only its first rows were asked for. */
  readonly isWhole: boolean
}

/** The rows of one query that have been read, by pages. What was handed out to be shown does not change under its reader. */
export class WindowPages {
  private pages: ReadonlyMap<number, Page> = new Map()

  /** Reads the rows as they are now, also later. */
  reader(): (index: number) => ShownRow | null {
    const { pages } = this
    return (index) => pages.get(Math.floor(index / PAGE))?.rows[index % PAGE] ?? null
  }

  versionOf(page: number): number | null {
    return this.pages.get(page)?.version ?? null
  }

  /** Also of a page that was not read at all. */
  isWhole(page: number): boolean {
    return this.pages.get(page)?.isWhole ?? true
  }

  /** Whether the row of the list belongs to what was not asked for of this page yet. */
  lacks(page: number, row: number): boolean {
    const known = this.pages.get(page)
    return known !== undefined && !known.isWhole && row >= page * PAGE + known.rows.length
  }

  /** A page in its newest order. Rows that say the same stay the same objects. `around`: the page in view. */
  put(page: number, rows: readonly ClientRow[], how: Omit<Page, 'rows'>, around: number): void {
    const before = new Map(this.rowsOf(page).map((row) => [row.clientId, row]))
    const next = { rows: rows.map((row) => keepSame(before.get(row.clientId), row)), ...how }
    const pages = new Map(this.pages).set(page, next)
    const far = [...pages.keys()].sort((a, b) => Math.abs(b - around) - Math.abs(a - around))
    for (const each of far.slice(0, Math.max(0, pages.size - KEPT_PAGES))) pages.delete(each)
    this.pages = pages
  }

  /** Newer content in the order that is shown. A client that is in no list any more leaves its place empty. */
  refresh(newer: ReadonlyMap<ClientId, ClientRow | null>): void {
    const pages = new Map(this.pages)
    for (const [number, page] of pages) {
      const rows = page.rows.map((row) => {
        const now = row === 'gone' ? undefined : newer.get(row.clientId)
        if (row === 'gone' || now === undefined) return row
        return now === null ? 'gone' : keepSame(row, now)
      })
      if (rows.some((row, at) => row !== page.rows[at])) pages.set(number, { ...page, rows })
    }
    this.pages = pages
  }

  /**
   * A page that is read again while its order is held: who is shown keeps the place, who is new comes behind, as far as
   * the page has room.
   */
  append(page: number, rows: readonly ClientRow[]): void {
    const shown = this.pages.get(page)
    if (shown === undefined) return
    const known = new Set(this.rowsOf(page).map((row) => row.clientId))
    const added = rows.filter((row) => !known.has(row.clientId)).slice(0, PAGE - shown.rows.length)
    if (added.length === 0 && shown.isWhole) return
    this.pages = new Map(this.pages).set(page, { ...shown, rows: [...shown.rows, ...added], isWhole: true })
  }

  private rowsOf(page: number): readonly ClientRow[] {
    return (this.pages.get(page)?.rows ?? []).filter((row) => row !== 'gone')
  }
}
