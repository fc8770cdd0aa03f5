import { z } from 'zod'
import type { AppError } from '../../shared/app-error.ts'
import type { ColumnTarget } from '../../shared/csv/guess-columns.ts'
import type { Delimiter } from '../../shared/csv/read-csv.ts'
import type { ClientId, ConflictId, EditId, FieldRuleId, RecordId, SourceId } from '../../shared/ids.ts'
import type { FileProblem } from '../../shared/imports/read-client.ts'
import type { Contract, EventContract } from '../../shared/ipc/rpc.ts'
import type { JsonValue } from '../../shared/json.ts'
import type { Conflict, ConflictChoice } from '../../shared/model/conflict.ts'
import type { EditState, FieldChange, Operation } from '../../shared/model/edit.ts'
import type { FieldKey, Fields, FieldValue } from '../../shared/model/field.ts'
import type { FieldRule } from '../../shared/model/field-rule.ts'
import type { ExtraField, RecordProblem } from '../../shared/model/record.ts'
import type { StatusOption } from '../../shared/model/status-option.ts'
import type { Testimonial } from '../../shared/model/testimonial.ts'
import type { ImportReport } from '../../shared/model/unsent-work.ts'

/**
 * What the page asks of its store worker. Both come from one build, so the types alone hold this border together:
 * `plain` checks nothing at run time (ADR 0003).
 */
const plain = <T>() => z.custom<T>()

/** How a status looks: the label, and what the dot before it is. */
export interface StatusView {
  readonly id: string
  readonly label: string
  /** `vendor` shows `color`; the others are drawn in our own colours (DESIGN.md section 8). */
  readonly tone: 'active' | 'paused' | 'inactive' | 'vendor' | 'plain'
  readonly color: string | null
}

export type RowMark = 'waiting' | 'conflict' | null

/** One line of the grid. */
export interface ClientRow {
  readonly clientId: ClientId
  readonly recordId: RecordId
  /** Never empty: name, else e-mail, phone, the vendor's reference or id. */
  readonly name: string
  readonly company: string | null
  readonly email: string | null
  readonly phone: string | null
  readonly jobTitle: string | null
  readonly status: StatusView | null
  readonly tags: readonly string[]
  /** Sources that have this client; empty for one that lives on this device only. */
  readonly sourceIds: readonly SourceId[]
  /** Newest change known, at the source or here: ms since the epoch, or null where nobody says. */
  readonly updatedAt: number | null
  readonly createdAt: number | null
  readonly mark: RowMark
  /** A delete waits: the name is struck. */
  readonly deleting: boolean
  /** Has values that live on this device only. */
  readonly hasLocalValues: boolean
  readonly owner: string | null
  /** Signed reference for an <img>, or null. */
  readonly avatar: string | null
}

export const SORT_KEYS = [
  'name',
  'company',
  'status',
  'source',
  'updated',
  'created',
  'email',
  'phone',
  'tags',
] as const
export type SortKey = (typeof SORT_KEYS)[number]

export interface Sort {
  readonly key: SortKey
  readonly direction: 'asc' | 'desc'
}

/**
 * `text` is what the user typed, filters included (`status:active`, `source:spott`, `tag:vip`, `updated:7d`); the store
 * takes it apart. `sort` null: best match first where there is a query, else newest change first.
 */
export interface ListQuery {
  readonly text: string
  readonly sort: Sort | null
}

export interface ListPage {
  readonly rows: readonly ClientRow[]
  readonly offset: number
  /** Results of the query. */
  readonly total: number
  /** Clients on this device. */
  readonly all: number
  /** The query these rows answer. */
  readonly text: string
  readonly tookMs: number
  /** Newest `updatedAt` among the results. */
  readonly newestAt: number | null
}

/** Where a shown value comes from. */
export type Origin =
  | { readonly kind: 'source'; readonly sourceId: SourceId }
  | { readonly kind: 'device' }
  /** Edited here and on its way. `was` is the synced value. */
  | { readonly kind: 'waiting'; readonly sourceId: SourceId; readonly editId: EditId }
  | { readonly kind: 'conflict'; readonly sourceId: SourceId; readonly conflictId: ConflictId }

export interface FieldView {
  readonly field: FieldKey
  readonly value: FieldValue
  readonly origin: Origin
  /** The source's own value where a value of this device or a waiting edit lies over it; undefined where none does. */
  readonly sourceValue: FieldValue | undefined
  readonly destination: Destination
}

/** Where a change of this field will go. */
export type Destination = { readonly kind: 'sends'; readonly sourceId: SourceId } | { readonly kind: 'device' }

/** One record of a client: what one source has. */
export interface RecordView {
  readonly recordId: RecordId
  /** Null for a client of this device only. */
  readonly sourceId: SourceId | null
  readonly remoteId: string | null
  readonly readAt: number | null
  readonly fields: Fields
  readonly extra: readonly ExtraField[]
  readonly raw: JsonValue
  /** False where the source no longer has it. */
  readonly present: boolean
}

export interface ClientDetails {
  readonly row: ClientRow
  /** All fields a form of this client has, in form order; values `null` where nobody knows any. */
  readonly fields: readonly FieldView[]
  readonly nameStyle: 'full' | 'split'
  readonly statusOptions: readonly StatusOption[]
  readonly statusLabel: string
  readonly records: readonly RecordView[]
  readonly edits: readonly EditView[]
  readonly conflictIds: readonly ConflictId[]
  readonly testimonialCount: number
  readonly canDelete: 'at-source' | 'on-device'
  readonly readAt: number | null
}

export interface EditView {
  readonly editId: EditId
  readonly clientId: ClientId
  readonly clientName: string
  readonly sourceId: SourceId
  readonly operation: Operation
  readonly changes: readonly FieldChange[]
  readonly state: EditState
  readonly error: AppError | null
  readonly attempts: number
  readonly createdAt: number
  readonly notBefore: number | null
  /** `Discard` would lose an answer that is on its way. */
  readonly canDiscard: boolean
  readonly canRetry: boolean
  readonly hold: 'user' | 'review' | 'recovered' | null
  readonly canHold: boolean
  /** Its values may still be changed: nothing of it can be at the source. */
  readonly canChange: boolean
  readonly attemptedAt: number | null
  /** An edit of the same client goes first. */
  readonly behind: boolean
  /** Resolved labels for status values among the changes, by value. */
  readonly statusLabels: Readonly<Record<string, string>>
}

/** What `Discard` will undo, said before it is done. */
export interface DiscardPreview {
  /** Values that return: `from` is what shows now, `to` what it returns to. */
  readonly restores: readonly FieldChange[]
  /** The client exists only through this edit and goes with it. */
  readonly dropsClient: boolean
  /** Later edits of the client that go with it. */
  readonly dropsEdits: number
  /** It may have reached the source all the same. */
  readonly mayHaveArrived: boolean
}

export interface FieldRuleView extends FieldRule {
  /** Conflicts open now that it would decide. */
  readonly wouldDecide: number
}

/** What goes with a source that is removed here, and can be pulled from nowhere. */
export interface SourceRemoval {
  readonly clients: number
  readonly edits: number
  readonly localValues: number
  readonly conflicts: number
  /** Clients with own work in them: they stay, as clients of this device. None of sample data. */
  readonly kept: number
  /** Clients with unsent edits or values of this device; `more` of them are not named. */
  readonly names: readonly string[]
  readonly more: number
}

/** A client that its source no longer has, with its last state. */
export interface TrayItem {
  readonly key: string
  readonly clientId: ClientId
  readonly name: string
  readonly company: string | null
  readonly email: string | null
  readonly sourceId: SourceId
  readonly remoteId: string
  readonly removedAt: number
  /** Null: for as long as its source has it. */
  readonly restoreUntil: number | null
  /** What proved that it is gone; `hidden-here`: its source still has it, and takes no deletes. */
  readonly proof: 'sweep' | 'own-delete' | 'gone' | 'hidden-here'
  readonly canRecreate: boolean
}

export const NOTICE_KINDS = [
  'journal-rebuilt',
  'database-replayed',
  'database-rebuilt',
  'rows-held',
  'both-lost',
  'rows-unreadable',
  'clock-off',
  'overlay-source-changed',
  'import-done',
  'duplicate-keys',
  /** A source sent sensitive values although they are switched off; none was kept. `facts.clients`. */
  'unasked-values',
  /** A source turned out not to take an edit; it stays on this device. `facts.operation`. */
  'edit-kept-here',
  /** A create landed twice at its source; both are listed. `facts.name`, `facts.remoteId`. */
  'made-twice',
  /** An import was cut off. `facts.file`, `facts.done`, `facts.of`. */
  'import-cut',
] as const

/** Something that was found or repaired and that the user should know; stays until dismissed. */
export interface Notice {
  readonly noticeId: string
  readonly at: number
  readonly kind: (typeof NOTICE_KINDS)[number]
  /** Numbers and names for the sentence. */
  readonly facts: Readonly<Record<string, string | number>>
  readonly clientId: ClientId | null
  readonly sourceId: SourceId | null
}

export interface ConflictView extends Conflict {
  readonly clientName: string
  readonly company: string | null
  readonly statusLabels: Readonly<Record<string, string>>
  /** Number of fields that a re-creation at the source would send (kind `gone`). */
  readonly recreateFields: number
  /** What is known here of the candidates of a `duplicate`, in their order; nulls where none has been read yet. */
  readonly candidateViews: readonly CandidateView[]
}

/** A client at the source that may be the one that was sent. */
export interface CandidateView {
  readonly remoteId: string
  readonly name: string | null
  readonly email: string | null
  readonly phone: string | null
  readonly createdAt: number | null
}

export interface TimelineItem {
  readonly id: number
  readonly at: number
  readonly kind:
    | 'you-changed'
    | 'source-changed'
    | 'you-created'
    | 'source-added'
    | 'you-deleted'
    | 'source-removed'
    | 'sent'
    | 'refused'
    | 'conflict'
    | 'resolved'
    | 'discarded'
  readonly sourceId: SourceId | null
  readonly onDevice: boolean
  readonly fields: readonly { readonly field: FieldKey; readonly from: FieldValue; readonly to: FieldValue }[]
  /** Labels of the status values among the fields, by id. */
  readonly statusLabels: Readonly<Record<string, string>>
  /** Who did it. */
  readonly by: 'me' | 'source' | 'undo' | 'put-back' | 'rule' | 'import' | 'recovery'
  /** Fields whose former value (`from`) can be put back now. */
  readonly canPutBack: readonly FieldKey[]
}

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
}

/** What `edit.undoLast` did. */
export interface Undone {
  readonly clientName: string
  /** Of an `import`, `clientName` is the name of the file. */
  readonly what: 'edit' | 'create' | 'delete' | 'local-values' | 'discard' | 'resolve' | 'rule' | 'tray' | 'import'
  /** It had been sent: a compensating edit is queued instead. */
  readonly compensating: boolean
  readonly imported?: ImportUndone
}

/** What became of an import that was taken back. */
export interface ImportUndone {
  /** Clients that are gone again, and clients that lost what the import had filled in. */
  readonly clients: number
  readonly filled: number
  /** Of these: had been sent, so that an edit that takes them back waits in Queue. */
  readonly compensating: number
  /** Stay: their source has them and takes no deletes, or they were changed since. */
  readonly stay: number
  /** Are being sent now: the next undo takes them. */
  readonly underWay: number
}

/** How a CSV file is read: guessed first, for the user to change. */
export interface CsvMapping {
  readonly delimiter: Delimiter
  readonly hasHeader: boolean
  /** Where each column goes. */
  readonly targets: readonly ColumnTarget[]
}

/** What a file holds, before anything of it comes in. */
export interface ImportFileView {
  readonly importId: string
  readonly fileName: string
  readonly kind: 'vcf' | 'csv'
  /** Clients that could be read. */
  readonly clients: number
  /** The first of them, in order; `problemCount` counts all. */
  readonly problems: readonly FileProblem[]
  readonly problemCount: number
  /** Pictures, sounds and keys, which have no place here. */
  readonly leftOut: number
  readonly csv:
    | (Pick<CsvMapping, 'delimiter' | 'hasHeader'> & {
        readonly columns: readonly {
          readonly label: string
          readonly target: ColumnTarget
          readonly samples: readonly string[]
        }[]
      })
    | null
}

/** As in `client.create`. */
export interface ImportTarget {
  readonly sourceId: SourceId | null
  readonly deviceOnly: boolean
}

/** What becomes of a row whose client may be here already. */
export type DuplicateChoice = 'skip' | 'import' | 'fill'

export interface ImportChoices {
  readonly all: DuplicateChoice
  /** By `index` of the row, where the user decided otherwise. */
  readonly rows: Readonly<Record<number, DuplicateChoice>>
}

/** A value that is not taken as it stands in the file, or a row that cannot come in at all. */
export interface ImportRemark {
  readonly line: number
  readonly name: string
  readonly code:
    | 'kept-in-notes'
    /** Nobody's name stands there: the company, e-mail address or phone number is taken for it. */
    | 'named-by'
    | 'https-added'
    /** Longer than notes may be. `text` is how the rest begins. */
    | 'notes-cut'
    /** Cannot be a client there. */
    | 'refused'
    /** The client that it was to fill is not here any more, or its source takes no such value. */
    | 'not-filled'
  readonly field: FieldKey
  /** Of `shared/model/validate-fields.ts`. */
  readonly rule: string | null
  readonly text: string
}

export interface ImportDuplicate {
  readonly index: number
  readonly line: number
  readonly name: string
  /** E-mail address, phone number or company of the row: what it was found by. */
  readonly detail: string
  readonly why: 'uid' | 'email' | 'phone' | 'name'
  /** Null where it is an earlier row of the same file. */
  readonly client: Pick<ClientRow, 'clientId' | 'name' | 'company' | 'email' | 'phone' | 'sourceIds'> | null
  readonly ofLine: number | null
  /** Empty fields of the client that the row could fill. */
  readonly fills: readonly FieldKey[]
}

/** What an import would do now. */
export interface ImportPlan {
  readonly total: number
  readonly creates: number
  readonly fills: number
  readonly skips: number
  readonly refused: number
  /** New clients that will be sent to the target, one request each, and changes that go to sources of clients here. */
  readonly sends: number
  readonly fillSends: number
  /** Fields of new clients that the target does not take: they stay on this device. Empty where all of it stays. */
  readonly staysHere: readonly FieldKey[]
  /** Whole names that were taken apart into first and last. */
  readonly namesApart: number
  readonly duplicates: readonly ImportDuplicate[]
  readonly duplicateCount: number
  readonly remarks: readonly ImportRemark[]
  readonly remarkCount: number
  /** The first clients as they would come in. */
  readonly preview: readonly {
    readonly line: number
    readonly name: string
    readonly fields: Fields
    readonly statusLabel: string | null
  }[]
}

export interface ImportStep {
  /** Row to go on with; `total` where all is done. */
  readonly next: number
  readonly total: number
  readonly created: number
  readonly filled: number
  /** Refused by the store at the last moment. */
  readonly remarks: readonly ImportRemark[]
}

export interface Saved {
  readonly clientId: ClientId
  /** Null where nothing is to be sent. */
  readonly editId: EditId | null
  readonly sent: number
  readonly local: number
  /** `one`: stored here, and the second copy waits for the core. "Saved on this computer" is said for `both`. */
  readonly copies: 'both' | 'one'
}

export const storePageApi = {
  'clients.list': {
    input: plain<ListQuery & { readonly offset: number; readonly limit: number }>(),
    output: plain<ListPage>(),
  },
  /** Place of a client in a list, or -1. */
  'clients.indexOf': { input: plain<ListQuery & { readonly clientId: ClientId }>(), output: plain<number>() },
  'clients.get': { input: plain<{ readonly clientId: ClientId }>(), output: plain<ClientDetails | null>() },
  'clients.timeline': {
    input: plain<{ readonly clientId: ClientId; readonly limit: number }>(),
    output: plain<readonly TimelineItem[]>(),
  },
  /** All clients of a list (an empty text: all), as shown, for a spreadsheet. What looks like a formula leaves as text. */
  'clients.exportCsv': {
    input: plain<ListQuery>(),
    output: plain<{ readonly fileName: string; readonly text: string; readonly clients: number }>(),
  },
  /** Clients of a list as vCards, one after another; `clientId` is one of them. */
  'clients.exportVCard': {
    input: plain<{
      readonly query: ListQuery | null
      readonly clientId: ClientId | null
      readonly extent: 'all' | 'contact'
    }>(),
    output: plain<{ readonly fileName: string; readonly text: string; readonly clients: number }>(),
  },
  /** All tags in use, most frequent first. */
  'clients.tags': { input: plain<Record<string, never>>(), output: plain<readonly string[]>() },

  /** Fields that a new client at this source has, with where each goes. `sourceId` null: this device only. */
  'form.blank': {
    input: plain<{ readonly sourceId: SourceId | null }>(),
    output: plain<{
      readonly fields: readonly { readonly field: FieldKey; readonly destination: Destination }[]
      readonly nameStyle: 'full' | 'split'
      readonly statusOptions: readonly StatusOption[]
      readonly statusLabel: string
    }>(),
  },
  /**
   * `sourceId` with `deviceOnly` keeps the client beside that source's, on this device. Problems come back as
   * `bad-input` with the field's key and a rule, and nothing is stored.
   */
  'client.create': {
    input: plain<{ readonly sourceId: SourceId | null; readonly deviceOnly: boolean; readonly fields: Fields }>(),
    output: plain<Saved>(),
  },
  /** `seen` is what the form showed when the edit began: the base of the merge. */
  'client.save': {
    input: plain<{ readonly clientId: ClientId; readonly changes: Fields; readonly seen: Fields }>(),
    output: plain<Saved>(),
  },
  'client.delete': {
    input: plain<{ readonly clientId: ClientId }>(),
    output: plain<{ readonly editId: EditId | null }>(),
  },
  /** Drops a value of this device, so that the source's own shows again. */
  'client.dropLocal': {
    input: plain<{ readonly clientId: ClientId; readonly field: FieldKey }>(),
    output: plain<null>(),
  },

  /**
   * Reads a file of clients and keeps it until `import.end`. Without `text`, the file known under this id is read again,
   * as when the columns were given other fields; `missing` where this worker does not know it.
   */
  'import.read': {
    input: plain<{
      readonly importId: string
      readonly fileName: string
      readonly text: string | null
      readonly csv: Partial<CsvMapping> | null
    }>(),
    output: plain<ImportFileView>(),
  },
  /** What would come of it there. Changes nothing. */
  'import.plan': {
    input: plain<{ readonly importId: string; readonly target: ImportTarget; readonly choices: ImportChoices }>(),
    output: plain<ImportPlan>(),
  },
  /** Brings in the next rows of the last plan, in one transaction: all of them, or none. */
  'import.take': {
    input: plain<{ readonly importId: string; readonly from: number; readonly limit: number }>(),
    output: plain<ImportStep>(),
  },
  /** Done, or given up: what came in stays, and is one step of undo. */
  'import.end': { input: plain<{ readonly importId: string }>(), output: plain<null>() },

  'queue.list': { input: plain<Record<string, never>>(), output: plain<readonly EditView[]>() },
  /** Takes an edit back; the values it changed return to what they were. */
  'edit.discard': { input: plain<{ readonly editId: EditId }>(), output: plain<null>() },
  /** Makes it due now; an unknown outcome is looked at now. */
  'edit.retry': { input: plain<{ readonly editId: EditId }>(), output: plain<null>() },
  'edit.undoLast': { input: plain<Record<string, never>>(), output: plain<Undone | null>() },

  /** Not sent until released. */
  'edit.hold': { input: plain<{ readonly editId: EditId }>(), output: plain<null>() },
  'edit.release': { input: plain<{ readonly editId: EditId }>(), output: plain<null>() },
  /** Releases every held edit of a source, or of all; with `hold`, only what is held for that reason. */
  'edits.releaseAll': {
    input: plain<{ readonly sourceId: SourceId | null; readonly hold?: NonNullable<EditView['hold']> }>(),
    output: plain<{ readonly released: number }>(),
  },
  /** Other values for an edit that has not left. A field that goes back to what the source has leaves the edit. */
  'edit.change': {
    input: plain<{ readonly editId: EditId; readonly changes: Fields }>(),
    output: plain<{ readonly editId: EditId | null }>(),
  },
  'edit.discardPreview': { input: plain<{ readonly editId: EditId }>(), output: plain<DiscardPreview>() },

  'fieldRules.list': { input: plain<Record<string, never>>(), output: plain<readonly FieldRuleView[]>() },
  /** What "always" would decide now, besides this conflict. */
  'fieldRules.preview': {
    input: plain<{
      readonly sourceId: SourceId
      readonly field: FieldKey
      readonly choice: ConflictChoice
      /** The conflict that it is made from. */
      readonly except?: ConflictId
    }>(),
    output: plain<{ readonly conflicts: number; readonly clients: readonly string[] }>(),
  },
  /** Decides what is open now and from now on by this choice. One rule per field of a source; a new one replaces it. */
  'fieldRules.make': {
    input: plain<{ readonly sourceId: SourceId; readonly field: FieldKey; readonly choice: ConflictChoice }>(),
    output: plain<{ readonly ruleId: FieldRuleId; readonly decided: number }>(),
  },
  'fieldRules.remove': { input: plain<{ readonly ruleId: FieldRuleId }>(), output: plain<null>() },

  /** The former value of a field, from the timeline, as a new edit that is checked before it is sent. */
  'timeline.putBack': {
    input: plain<{ readonly clientId: ClientId; readonly itemId: number; readonly field: FieldKey }>(),
    output: plain<Saved>(),
  },

  'tray.list': { input: plain<Record<string, never>>(), output: plain<readonly TrayItem[]>() },
  /** As a client of this device. */
  'tray.restore': { input: plain<{ readonly key: string }>(), output: plain<Saved>() },
  /** As a new client of its source, where that can create. */
  'tray.recreate': { input: plain<{ readonly key: string }>(), output: plain<Saved>() },
  'tray.forget': { input: plain<{ readonly key: string }>(), output: plain<null>() },

  /** Clients of a held removal by name, at most 200. */
  'removal.preview': {
    input: plain<{ readonly sourceId: SourceId }>(),
    output: plain<{ readonly names: readonly string[]; readonly total: number }>(),
  },

  /** What `Remove` of a source would take from this device for good. */
  'source.removal': { input: plain<{ readonly sourceId: SourceId }>(), output: plain<SourceRemoval>() },

  /** Everything that cannot be pulled again, as a readable file. */
  'unsent.export': {
    input: plain<Record<string, never>>(),
    output: plain<{
      readonly fileName: string
      readonly text: string
      readonly edits: number
      readonly localValues: number
    }>(),
  },
  /** Takes such a file back. Its edits come back held. Refused whole where it is no such file. */
  'unsent.import': { input: plain<{ readonly text: string }>(), output: plain<ImportReport>() },

  'notices.list': { input: plain<Record<string, never>>(), output: plain<readonly Notice[]>() },
  'notices.dismiss': { input: plain<{ readonly noticeId: string }>(), output: plain<null>() },

  'conflicts.list': { input: plain<Record<string, never>>(), output: plain<readonly ConflictView[]>() },
  'conflicts.resolvedCount': { input: plain<{ readonly since: number }>(), output: plain<number>() },
  /**
   * Every field of the conflict needs a choice. `gone`: `mine` creates anew, `theirs` removes here too.
   * `seen` is theirs as the card showed it: where it has changed again, nothing is decided (`bad-input`, rule
   * `changed-meanwhile`). `candidate` is the one that "theirs" means for a `duplicate`; without, the first.
   */
  'conflict.resolve': {
    input: plain<{
      readonly conflictId: ConflictId
      readonly choices: Readonly<Partial<Record<FieldKey | 'record', ConflictChoice>>>
      readonly seen?: Fields
      readonly candidate?: string
    }>(),
    output: plain<null>(),
  },

  /** Opens a decision again, as long as nothing of it has been sent. */
  'conflict.reopen': { input: plain<{ readonly conflictId: ConflictId }>(), output: plain<null>() },

  'board.get': {
    input: plain<{ readonly mode: BoardMode; readonly text: string; readonly limit: number }>(),
    output: plain<Board>(),
  },
  'testimonials.list': {
    input: plain<{
      readonly kind: 'all' | 'video' | 'text'
      readonly minRating: number
      readonly offset: number
      readonly limit: number
    }>(),
    output: plain<TestimonialPage>(),
  },
  'testimonials.ofClient': {
    input: plain<{ readonly clientId: ClientId }>(),
    output: plain<{
      readonly items: readonly TestimonialView[]
      readonly readAt: number | null
      readonly cut: boolean
      readonly supported: boolean
    }>(),
  },
  'counts.get': { input: plain<Record<string, never>>(), output: plain<Counts>() },
  /** For the notifications of the system. */
  'attention.get': { input: plain<Record<string, never>>(), output: plain<Attention>() },
  'insights.get': { input: plain<Record<string, never>>(), output: plain<InsightsView>() },
  'problems.list': { input: plain<{ readonly sourceId: SourceId }>(), output: plain<readonly RecordProblem[]>() },
  'storage.usage': { input: plain<Record<string, never>>(), output: plain<StorageUsage>() },
} as const satisfies Contract
export type StorePageApi = typeof storePageApi

/** What changed, so that queries that rest on it run again. Names are those of the queries' first parts. */
export type Topic = 'clients' | 'edits' | 'conflicts' | 'testimonials' | 'counts' | 'insights' | 'sources'

export const storePageEvents = {
  /** At most every 50 ms. `clientIds` is present where few changed. */
  changed: plain<{ readonly topics: readonly Topic[]; readonly clientIds: readonly ClientId[] | null }>(),
  /** The worker could not open the database again: it asks to be started anew. */
  restart: plain<null>(),
  /** Whether this worker's port to the core is open. */
  coreLink: plain<{ readonly connected: boolean }>(),
} as const satisfies EventContract
export type StorePageEvents = typeof storePageEvents

/**
 * First message of the page to its worker. In Electron the second port of the preload comes along; in a browser the
 * worker opens its own WebSocket to `coreUrl`.
 */
export type WorkerHello =
  | { readonly kind: 'socket'; readonly coreUrl: string; readonly profileId: string }
  | { readonly kind: 'port'; readonly corePort: MessagePort; readonly profileId: string }
