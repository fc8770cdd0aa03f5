import type { AppError } from '../../../shared/app-error.ts'
import type { StoreLink } from '../../bridge/start-store-worker.ts'
import type { ClientRow, ListPage, ListQuery } from '../../store/store-contract.ts'

/** Rows per question. */
const PAGE = 100
/** While the book changes by itself, rows are read again at most this often, in ms. */
const CALM = 250

interface Page {
  readonly rows: readonly ClientRow[]
  /** The state of the book that it was read from; older ones are shown until the newer is there. */
  readonly version: number
}

export interface WindowState {
  /** The query whose rows are shown; null before the first answer. */
  readonly query: ListQuery | null
  readonly total: number
  readonly all: number
  readonly newestAt: number | null
  readonly tookMs: number | null
  readonly rowAt: (index: number) => ClientRow | null
  /** An answer to what was asked last is on its way. */
  readonly busy: boolean
  readonly error: AppError | null
}

/**
 * A sorted, searched list of any length, read in pages around what is in view. Old rows stay until the answer to a new
 * query is there; while one answer is on its way only the newest further wish is kept, so fast typing never piles up.
 */
export class ClientWindow {
  private readonly store: StoreLink
  private readonly listeners = new Set<() => void>()
  private asked: ListQuery
  private shown: ListQuery | null = null
  private pages = new Map<number, Page>()
  private summary = { total: 0, all: 0, newestAt: null as number | null, tookMs: null as number | null }
  private version = 0
  private view = { first: 0, last: 0 }
  private running = false
  private wanted = false
  private error: AppError | null = null
  private timer: ReturnType<typeof setTimeout> | null = null
  private refreshedAt = 0
  private state: WindowState
  private off: (() => void) | null = null

  constructor(store: StoreLink, query: ListQuery) {
    this.store = store
    this.asked = query
    this.state = this.snapshot()
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    if (this.off === null) {
      this.off = this.store.on('changed', (change) => {
        if (change.topics.includes('clients') || change.topics.includes('sources')) this.refreshSoon()
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
    }
  }

  readonly current = (): WindowState => this.state

  ask(query: ListQuery): void {
    if (query.text === this.asked.text && sameSort(query, this.asked)) return
    this.asked = query
    this.pump()
  }

  /** Tells which rows are in view; missing ones are read. */
  show(first: number, last: number): void {
    if (first === this.view.first && last === this.view.last) return
    this.view = { first, last }
    this.pump()
  }

  private refreshSoon(): void {
    if (this.timer !== null) return
    const wait = Math.max(0, this.refreshedAt + CALM - performance.now())
    this.timer = setTimeout(() => {
      this.timer = null
      this.refreshedAt = performance.now()
      this.version++
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
    this.publish()
    void this.run(turn)
  }

  /** What to ask now: a new query from its start, else the first page in view that is missing or old. */
  private nextTurn(): { query: ListQuery; page: number; fresh: boolean } | null {
    const { asked, shown } = this
    if (shown === null || shown.text !== asked.text || !sameSort(shown, asked)) {
      return { query: asked, page: 0, fresh: true }
    }
    const firstPage = Math.floor(this.view.first / PAGE)
    const lastPage = Math.floor(Math.max(this.view.first, this.view.last) / PAGE)
    for (let page = firstPage; page <= lastPage; page++) {
      const known = this.pages.get(page)
      if (known === undefined ? page * PAGE < Math.max(1, this.summary.total) : known.version < this.version) {
        return { query: shown, page, fresh: false }
      }
    }
    return null
  }

  private async run(turn: { query: ListQuery; page: number; fresh: boolean }): Promise<void> {
    const version = this.version
    const reply = await this.store.call['clients.list']({ ...turn.query, offset: turn.page * PAGE, limit: PAGE })
    this.running = false
    if (reply.ok) {
      this.error = null
      this.take(turn, reply.value, version)
    } else {
      this.error = reply.error
      this.wanted = false
    }
    this.publish()
    if (reply.ok || this.wanted) {
      this.wanted = false
      this.pump()
    }
  }

  private take(turn: { query: ListQuery; page: number; fresh: boolean }, page: ListPage, version: number): void {
    if (turn.fresh) {
      this.pages = new Map()
      this.shown = turn.query
      this.view = { first: 0, last: Math.min(PAGE - 1, this.view.last - this.view.first) }
    }
    this.pages.set(turn.page, { rows: page.rows, version })
    this.summary = { total: page.total, all: page.all, newestAt: page.newestAt, tookMs: page.tookMs }
  }

  private publish(): void {
    this.state = this.snapshot()
    for (const listener of this.listeners) listener()
  }

  private snapshot(): WindowState {
    const { pages } = this
    return {
      query: this.shown,
      ...this.summary,
      rowAt: (index) => pages.get(Math.floor(index / PAGE))?.rows[index % PAGE] ?? null,
      busy:
        this.shown === null || this.shown.text !== this.asked.text || !sameSort(this.shown, this.asked) || this.running,
      error: this.error,
    }
  }
}

function sameSort(a: ListQuery, b: ListQuery): boolean {
  return a.sort?.key === b.sort?.key && a.sort?.direction === b.sort?.direction
}
