import type { AppError } from '../../../shared/app-error.ts'
import type { ClientId, ConflictId, EditId, SourceId } from '../../../shared/ids.ts'
import type { Testimonial } from '../../../shared/model/testimonial.ts'
import type { ClientRow, StatusView } from './client-view.ts'

export interface BoardCard {
  readonly row: ClientRow
  /** A value that the vendor's AI filled in, as `fit 82`. */
  readonly aiValue: string | null
  /** A move stays on this device / is on its way. */
  readonly moved: 'device' | 'waiting' | null
}

export interface BoardColumn {
  /** Status id; the empty string is "no status". */
  readonly id: string
  readonly status: StatusView
  readonly count: number
  /** The first `limit` cards, newest change first. */
  readonly cards: readonly BoardCard[]
}

export type BoardMode = 'stage' | 'lead-status' | 'status'

export interface Board {
  readonly mode: BoardMode
  readonly total: number
  readonly columns: readonly BoardColumn[]
  /** Where a move on this board goes; `mixed` depends on the client. */
  readonly destination: 'sends' | 'device' | 'mixed'
  readonly sourceIds: readonly SourceId[]
  /** Boards that have at least one client, in order. */
  readonly modes: readonly { readonly mode: BoardMode; readonly label: string; readonly count: number }[]
}

export interface TestimonialView extends Testimonial {
  readonly clientId: ClientId
  readonly clientName: string
  readonly company: string | null
  readonly sourceId: SourceId
  readonly readAt: number
}

export interface TestimonialPage {
  readonly items: readonly TestimonialView[]
  readonly total: number
  readonly counts: { readonly all: number; readonly video: number; readonly text: number }
  /** Clients whose testimonials have been read, of those that may have some. */
  readonly coverage: { readonly read: number; readonly of: number }
  readonly readAt: number | null
  readonly sourceIds: readonly SourceId[]
}

/** How the local store itself is. */
export type StorageHealth =
  | 'ok'
  | 'opening'
  | 'full'
  /** Another tab holds an older version open, so that the upgrade waits. */
  | 'blocked'
  /** A newer Clientele has written it. */
  | 'newer'
  | 'failed'
  /** The browser closed it; it is being opened again. */
  | 'reopening'
  /** Can be read, not written: a profile on a read-only disk, or a disk that takes no more. */
  | 'read-only'
  /** Another browser works on this profile now; this one shows what it had. */
  | 'elsewhere'

/** What is made anew at a start that did not find it, and how far that is: records read, lines made, lines searchable. */
export interface Preparing {
  readonly part: 'records' | 'lines' | 'search'
  readonly done: number
  readonly of: number
}

export interface Counts {
  readonly clients: number
  readonly edits: number
  readonly needsAttention: number
  readonly unknownOutcome: number
  readonly conflicts: number
  readonly heldRemovals: number
  readonly bySource: Readonly<
    Record<
      string,
      { readonly clients: number; readonly edits: number; readonly conflicts: number; readonly problems: number }
    >
  >
  readonly testimonials: number
  readonly oldestEditAt: number | null
  readonly storage: StorageHealth
  /** Edits that wait for the user to release them. */
  readonly held: number
  /** Commits without a second copy so far. */
  readonly unjournaled: number
  readonly tray: number
  readonly notices: number
  readonly preparing?: Preparing
}

/** What waits for the user, named: at most a thousand of each, the newest. */
export interface Attention {
  readonly editCount: number
  readonly conflictCount: number
  readonly edits: readonly {
    readonly editId: EditId
    readonly sourceId: SourceId
    readonly attempts: number
    readonly code: AppError['code'] | null
  }[]
  readonly conflicts: readonly { readonly conflictId: ConflictId; readonly sourceId: SourceId }[]
}

export interface InsightsView {
  readonly asOf: number
  readonly clients: number
  readonly bySource: readonly { readonly sourceId: SourceId | null; readonly clients: number }[]
  readonly byStatus: readonly {
    readonly status: StatusView | null
    readonly group: 'active' | 'pipeline' | 'lead' | 'paused' | 'inactive' | 'none'
    readonly clients: number
  }[]
  /** Last 12 months, oldest first: `2026-11`. Clients without a creation date are counted apart. */
  readonly byMonth: readonly { readonly month: string; readonly clients: number }[]
  readonly withoutCreationDate: number
  readonly edits: number
  readonly oldestEditAt: number | null
  /** Last 24 hours, oldest first, one mark per source and hour. */
  readonly health: readonly {
    readonly sourceId: SourceId
    readonly hours: readonly ('complete' | 'retried' | 'failed' | 'running' | 'none')[]
  }[]
}

export interface StorageUsage {
  readonly bytes: number | null
  readonly quotaBytes: number | null
  readonly persisted: boolean
  readonly clients: number
  readonly segments: number
  readonly schemaVersion: number
  /** Bytes that the store holds in memory, by what they are for. */
  readonly memory: {
    /** Who is known, and where each stands. */
    readonly records: number
    /** What the sources say of them. */
    readonly heads: number
    /** What lists are filtered, counted and put in order by. */
    readonly lists: number
    readonly search: number
  }
  /** Memory as it was saved for the next start. */
  readonly saved: {
    /** What this start was made from: all but `saved` mean that all clients were read. */
    readonly startedFrom: 'saved' | 'none' | 'outdated' | 'damaged'
    /** Ms since the epoch; null where nothing is saved. */
    readonly at: number | null
    readonly bytes: number
    /** How often such a form was found damaged, and when last; null where never. */
    readonly damage: { readonly times: number; readonly at: number } | null
  }
}
