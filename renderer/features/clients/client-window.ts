import type { AppError } from '../../../shared/app-error.ts'
import type { ClientId } from '../../../shared/ids.ts'
import type { StoreLink } from '../../bridge/start-store-worker.ts'
import type { FirstScreen } from '../../state/first-screen.ts'
import type { ClientRow, ListPage, ListQuery } from '../../store/store-contract.ts'
import { PAGE, WindowPages } from './window-pages.ts'

/** While the book changes by itself, rows are read again at most this often, in ms. */
const CALM = 250
/**
 * Once nobody has typed for so long, in ms: the exact number of results, rows beyond those in view, and news of a pull. A
 * letter that is typed meanwhile would have to wait for them.
 */
const REST_AFTER = 250
/** Rows asked for beyond those in view: as many as are in the page below them (`row-range.ts`). */
const BELOW = 8
/** Pages read ahead where the list is moving to, and at rest. */
const AHEAD = 2
const AROUND = 1

export interface WindowState {
  /** The query whose rows are shown; null before the first answer. */
  readonly query: ListQuery | null
  readonly total: number
  /** False: there are at least so many. */
  readonly isTotalKnown: boolean
  /** Nothing had all words as they were typed: these are close. */
  readonly close: boolean
  readonly all: number
  readonly newestAt: number | null
  readonly tookMs: number | null
  readonly rowAt: (index: number) => ClientRow | null
  /** The client of this row has gone; its place is held. */
  readonly isGone: (index: number) => boolean
  /** The answer to the query is on its way, or rows in view are. */
  readonly busy: boolean
  /** Changes whose order is held back: how many clients, `many` where nobody counted, else 0. */
  readonly withheld: number | 'many'
  /** What the last start showed; the store has not answered yet. */
  readonly recalled: boolean
  readonly error: AppError | null
}

type Summary = Pick<WindowState, 'total' | 'isTotalKnown' | 'close' | 'all' | 'newestAt' | 'tookMs'>

interface View {
  readonly first: number
  readonly last: number
  readonly direction: -1 | 0 | 1
}

type Turn =
  | { readonly kind: 'query' | 'count'; readonly query: ListQuery }
  | { readonly kind: 'page'; readonly query: ListQuery; readonly page: number }
  | { readonly kind: 'content'; readonly query: ListQuery; readonly page: number; readonly ids: readonly ClientId[] }

/**
 * A sorted, searched list of any length, read in pages around what is in view and ahead of it. Old rows stay until the
 * answer to a new query is there; while one answer is on its way only the newest further wish is kept, so fast typing never
 * piles up. While somebody has the rows in hand (`hold`), what a pull changes is shown in place, and the order that
 * follows from it waits.
 */
export class ClientWindow {
  private readonly store: StoreLink
  private readonly listeners = new Set<() => void>()
  private asked: ListQuery
  private shown: ListQuery | null = null
  private pages = new WindowPages()
  private summary: Summary = { total: 0, isTotalKnown: true, close: false, all: 0, newestAt: null, tookMs: null }
  /** The number is that of before some change. */
  private countIsOld = false
  /** Nobody has typed for a while. */
  private rested = true
  private restTimer: ReturnType<typeof setTimeout> | null = null
  private version = 0
  private view: View = { first: 0, last: 0, direction: 0 }
  private running = false
  private wanted = false
  private error: AppError | null = null
  private timer: ReturnType<typeof setTimeout> | null = null
  private refreshedAt = 0
  private held = false
  private withheld: number | 'many' = 0
  /** Changes that the timer will look at: only content, or the order too. */
  private due: 'content' | 'order' | null = null
  private contentIsOld = false
  private recalled = false
  private readonly keep: (page: ListPage) => void
  private state: WindowState
  private off: (() => void) | null = null

  /** `recalled` is shown until the first answer; `keep` is given each newer head of the list as it comes without a query. */
  constructor(
    store: StoreLink,
    query: ListQuery,
    recalled: FirstScreen | null = null,
    keep: (page: ListPage) => void = () => {},
  ) {
    this.store = store
    this.asked = query
    this.keep = keep
    if (recalled !== null && isDefault(query)) {
      this.shown = query
      this.recalled = true
      this.pages.put(0, recalled.rows, { version: -1, isWhole: true }, 0)
      const { total, all, newestAt } = recalled
      this.summary = { ...this.summary, total, all, newestAt }
    }
    this.state = this.snapshot()
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    if (this.off === null) {
      this.off = this.store.on('changed', (change) => {
        if (!change.topics.includes('clients') && !change.topics.includes('sources')) return
        if (this.held && change.pulled) this.withhold(change.clientIds?.length ?? 'many')
        else this.due = 'order'
        this.refreshSoon()
      })
      this.pump()
    }
    return () => {
      this.listeners.delete(listener)
      if (this.listeners.size > 0) return
      this.off?.()
      this.off = null
      if (this.timer !== null) clearTimeout(this.timer)
      this.timer = null
      if (this.restTimer !== null) clearTimeout(this.restTimer)
      this.restTimer = null
      this.rested = true
    }
  }

  readonly current = (): WindowState => this.state

  ask(query: ListQuery): void {
    if (sameQuery(query, this.asked)) return
    this.asked = query
    this.restLater()
    this.pump()
  }

  /** Tells which rows are in view, and where the list moves to; what is missing is read. */
  show(first: number, last: number, direction: -1 | 0 | 1 = 0): void {
    const { view } = this
    if (first === view.first && last === view.last && direction === view.direction) return
    this.view = { first, last, direction }
    this.pump()
  }

  /** Somebody points at the rows, scrolls them or holds a key: what a pull changes moves none of them. */
  hold(held: boolean): void {
    this.held = held
    if (!held) this.applyOrder()
  }

  /** Shows the order that was held back. */
  applyOrder(): void {
    if (this.withheld === 0) return
    this.withheld = 0
    this.version++
    this.publish()
    this.pump()
  }

  private withhold(clients: number | 'many'): void {
    this.withheld = this.withheld === 'many' || clients === 'many' ? 'many' : this.withheld + clients
    this.due ??= 'content'
  }

  private refreshSoon(): void {
    if (this.timer !== null) return
    const wait = Math.max(0, this.refreshedAt + CALM - performance.now())
    this.timer = setTimeout(() => {
      this.timer = null
      // What is typed is answered with the news in it. `restLater` looks here again.
      if (this.due === null || !this.rested) return
      this.refreshedAt = performance.now()
      if (this.due === 'order') {
        this.version++
        this.withheld = 0
      } else this.contentIsOld = true
      this.due = null
      this.pump()
    }, wait)
  }

  private pump(): void {
    if (this.running) {
      this.wanted = true
      return
    }
    const turn = this.nextTurn()
    if (turn === null) return
    this.running = true
    if (this.isBusy() !== this.state.busy) this.publish()
    void this.run(turn)
  }

  /** What to ask now: a new query from its start, else what is in view and missing or old, else what comes next. */
  private nextTurn(): Turn | null {
    const { asked, shown, view } = this
    if (shown === null || !sameQuery(shown, asked)) return { kind: 'query', query: asked }
    const [firstPage, lastPage] = this.pagesInView()
    for (let page = firstPage; page <= lastPage; page++) {
      const known = this.pages.versionOf(page)
      if (known === null ? this.exists(page) : known < this.version && this.withheld === 0) {
        return { kind: 'page', query: shown, page }
      }
      if (this.pages.lacks(page, view.last)) return this.restOf(shown, page)
    }
    if (this.contentIsOld) {
      this.contentIsOld = false
      return { kind: 'content', query: shown, page: lastPage, ids: this.idsInView() }
    }
    const partial = this.pages.isWhole(firstPage) ? null : firstPage
    if (!this.rested && (partial !== null || !this.summary.isTotalKnown)) return null
    // Each further page would need the whole result.
    if (!this.summary.isTotalKnown || this.countIsOld) return { kind: 'count', query: shown }
    if (partial !== null) return this.restOf(shown, partial)
    const before = view.direction < 0 ? AHEAD : view.direction === 0 ? AROUND : 0
    const after = view.direction > 0 ? AHEAD : view.direction === 0 ? AROUND : 0
    for (let by = 1; by <= AHEAD; by++) {
      for (const page of [by <= after ? lastPage + by : -1, by <= before ? firstPage - by : -1]) {
        if (page >= 0 && this.exists(page) && this.pages.versionOf(page) === null) {
          return { kind: 'page', query: shown, page }
        }
      }
    }
    return null
  }

  /** The rows of a page that were not asked for at first. While the order is held they come behind those that are shown. */
  private restOf(query: ListQuery, page: number): Turn {
    return this.withheld === 0 ? { kind: 'page', query, page } : { kind: 'content', query, page, ids: [] }
  }

  private pagesInView(): readonly [first: number, last: number] {
    const { first, last } = this.view
    return [Math.floor(first / PAGE), Math.floor(Math.max(first, last) / PAGE)]
  }

  private exists(page: number): boolean {
    return page * PAGE < Math.max(1, this.summary.total)
  }

  private idsInView(): readonly ClientId[] {
    const ids: ClientId[] = []
    const at = this.pages.reader()
    for (let index = this.view.first; index <= this.view.last; index++) {
      const row = at(index)
      if (row !== null && row !== 'gone') ids.push(row.clientId)
    }
    return ids
  }

  private async run(turn: Turn): Promise<void> {
    const version = this.version
    const ids = turn.kind === 'content' ? turn.ids : []
    const offset = 'page' in turn ? turn.page * PAGE : 0
    const limit = turn.kind === 'query' ? this.rowsAtFirst() : turn.kind === 'count' ? 0 : PAGE
    // The answer has all that was heard of so far in it.
    if (turn.kind === 'query') this.due = null
    const quick = turn.kind !== 'count' && offset === 0
    const [rows, list] = await Promise.all([
      ids.length === 0 ? null : this.store.call['clients.rows']({ clientIds: ids, text: turn.query.text }),
      this.store.call['clients.list']({ ...turn.query, offset, limit, quick }),
    ])
    this.running = false
    if (list.ok) {
      this.error = null
      if (rows?.ok === true) this.pages.refresh(new Map(ids.map((id, at) => [id, rows.value[at] ?? null])))
      this.take(turn, list.value, version)
    } else {
      this.error = list.error
      this.wanted = false
    }
    this.publish()
    if (list.ok || this.wanted) {
      this.wanted = false
      this.pump()
    }
  }

  private take(turn: Turn, page: ListPage, version: number): void {
    const before = this.summary
    const { isTotalKnown, close, all, newestAt } = page
    // The old number stays until there is a newer one.
    this.countIsOld = turn.kind !== 'query' && !isTotalKnown && before.isTotalKnown
    const total = this.countIsOld ? Math.max(before.total, page.total) : page.total
    // What the user waited for is the first answer, and not the count.
    const tookMs = turn.kind === 'query' ? page.tookMs : before.tookMs
    this.summary = { total, isTotalKnown: isTotalKnown || this.countIsOld, close, all, newestAt, tookMs }
    this.recalled = false
    if (turn.kind === 'count') return
    if (page.offset === 0 && isDefault(turn.query)) this.keep(page)
    if (turn.kind === 'query') {
      this.pages = new WindowPages()
      this.shown = turn.query
      this.withheld = 0
      // And the frame with its rows is painted first.
      this.restLater()
      this.view = { first: 0, last: Math.min(PAGE - 1, this.view.last - this.view.first), direction: 0 }
    }
    const asked = 'page' in turn ? turn.page : 0
    const isWhole = turn.kind !== 'query' || page.total <= page.rows.length || page.rows.length === PAGE
    if (turn.kind === 'content') this.pages.append(asked, page.rows)
    else this.pages.put(asked, page.rows, { version, isWhole }, this.pagesInView()[0])
  }

  /** Rows in view come at once; what else there is waits until the user pauses. */
  private restLater(): void {
    this.rested = false
    if (this.restTimer !== null) clearTimeout(this.restTimer)
    this.restTimer = setTimeout(() => {
      this.restTimer = null
      this.rested = true
      if (this.due !== null) this.refreshSoon()
      this.pump()
    }, REST_AFTER)
  }

  private rowsAtFirst(): number {
    const { first, last } = this.view
    // Nobody has said yet what is in view.
    return last === 0 ? PAGE : Math.min(PAGE, last - first + 1 + BELOW)
  }

  private publish(): void {
    this.state = this.snapshot()
    for (const listener of this.listeners) listener()
  }

  private isBusy(): boolean {
    if (this.shown === null || !sameQuery(this.shown, this.asked) || !this.summary.isTotalKnown) return true
    const [firstPage, lastPage] = this.pagesInView()
    for (let page = firstPage; page <= lastPage; page++) {
      const isMissing = this.pages.versionOf(page) === null && this.exists(page)
      if ((isMissing || this.pages.lacks(page, this.view.last)) && this.error === null) return this.running
    }
    return false
  }

  private snapshot(): WindowState {
    const at = this.pages.reader()
    return {
      query: this.shown,
      ...this.summary,
      rowAt: (index) => {
        const row = at(index)
        return row === 'gone' ? null : row
      },
      isGone: (index) => at(index) === 'gone',
      busy: this.isBusy(),
      withheld: this.withheld,
      recalled: this.recalled,
      error: this.error,
    }
  }
}

function sameQuery(a: ListQuery, b: ListQuery): boolean {
  return a.text === b.text && a.sort?.key === b.sort?.key && a.sort?.direction === b.sort?.direction
}

function isDefault(query: ListQuery): boolean {
  return query.text === '' && query.sort === null
}
