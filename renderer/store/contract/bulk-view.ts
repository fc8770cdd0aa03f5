import type { ClientId, SourceId } from '../../../shared/ids.ts'
import type { ListQuery } from './client-view.ts'

/** Clients chosen in a list: all that the query finds without `ids`, or these alone. */
export interface BulkSelection {
  readonly query: ListQuery
  readonly all: boolean
  readonly ids: readonly ClientId[]
}

/** Clients that one change may touch: each is a request to its source, and all are one step of undo. */
export const MOST_CHANGED = 10_000

/** What is to be done to each of them. */
export type BulkChange =
  | { readonly kind: 'add-tag' | 'remove-tag'; readonly tag: string }
  /** A label, because each source has names of its own for what it shows under one. */
  | { readonly kind: 'status'; readonly label: string }
  /** Asked of the source where it takes deletes, but not before `BULK_DELETE_HOLD_MS`. */
  | { readonly kind: 'delete' }

/** How long many deletes wait before the first of them may go: until then undo leaves no trace. */
export const BULK_DELETE_HOLD_MS = 60_000

/** What a change would do, told before it is done. */
export interface BulkPlan {
  /** Chosen and still here. */
  readonly clients: number
  /** Clients whose change is sent, by source: a request each. */
  readonly sends: readonly { readonly sourceId: SourceId; readonly clients: number }[]
  /** Clients whose value stays on this device; of a delete, clients that are on this device only. */
  readonly here: number
  /** Of a delete: their source takes none, so that they go out of sight on this device only. */
  readonly hidden: number
  /** They have it so already. */
  readonly same: number
  /** Their source knows no such value, or refuses it. */
  readonly refused: number
}

export interface BulkStep {
  /** Whether the journal has what was changed, too. */
  readonly copies: 'both' | 'one'
  readonly next: number
  readonly total: number
  readonly changed: number
  readonly refused: number
}

/** Part of a file, in the order of the list. */
export interface BulkFilePart {
  readonly text: string
  /** Clients in it. */
  readonly clients: number
  readonly next: number
  readonly total: number
  readonly fileName: string
}
