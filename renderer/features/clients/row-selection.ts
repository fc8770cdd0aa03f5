import type { ClientId } from '../../../shared/ids.ts'

/** What is selected: these clients, or all that a query finds without these. */
export interface Selected {
  readonly all: boolean
  readonly ids: ReadonlySet<ClientId>
  /** Grows with every change. */
  readonly version: number
}

const NOBODY: ReadonlySet<ClientId> = new Set()

/**
 * The selected rows of one list. "All results" is kept as that, with those taken out again, so that a million selected
 * clients cost the page nothing. Another query begins with none.
 */
export class RowSelection {
  private state: Selected = { all: false, ids: NOBODY, version: 0 }
  private readonly listeners = new Set<() => void>()
  /** Row where a range begins, and whom the range that ends elsewhere took in. */
  anchor: number | null = null
  private ranged: readonly ClientId[] = []

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  readonly current = (): Selected => this.state

  toggle(id: ClientId, row: number): void {
    this.anchor = row
    this.ranged = []
    const ids = new Set(this.state.ids)
    if (!ids.delete(id)) ids.add(id)
    this.set(this.state.all, ids)
  }

  /** Everybody from the anchor to another row, in the place of an earlier range from there. */
  range(wanted: readonly ClientId[]): void {
    const { all } = this.state
    const ids = new Set(this.state.ids)
    for (const id of this.ranged) put(ids, id, all)
    this.ranged = wanted.filter((id) => ids.has(id) === all)
    for (const id of this.ranged) put(ids, id, !all)
    this.set(all, ids)
  }

  all(): void {
    this.ranged = []
    this.set(true, NOBODY)
  }

  clear(): void {
    this.anchor = null
    this.ranged = []
    if (this.state.all || this.state.ids.size > 0) this.set(false, NOBODY)
  }

  private set(all: boolean, ids: ReadonlySet<ClientId>): void {
    this.state = { all, ids, version: this.state.version + 1 }
    for (const listener of this.listeners) listener()
  }
}

function put(ids: Set<ClientId>, id: ClientId, isIn: boolean): void {
  if (isIn) ids.add(id)
  else ids.delete(id)
}

export function isSelected(selected: Selected, id: ClientId): boolean {
  return selected.ids.has(id) !== selected.all
}

/** How many, of a list of `total`. */
export function countSelected(selected: Selected, total: number): number {
  return selected.all ? Math.max(0, total - selected.ids.size) : selected.ids.size
}
