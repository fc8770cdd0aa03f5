import { z } from 'zod'
import type { ClientId, ConflictId, EditId, FieldRuleId, SourceId } from '../../shared/ids.ts'
import type { Contract, EventContract } from '../../shared/ipc/rpc.ts'
import type { ConflictChoice } from '../../shared/model/conflict.ts'
import type { FieldKey, Fields } from '../../shared/model/field.ts'
import type { RecordProblem } from '../../shared/model/record.ts'
import type { StatusOption } from '../../shared/model/status-option.ts'
import type { ImportReport } from '../../shared/model/unsent-work.ts'
import type { BulkChange, BulkFilePart, BulkPlan, BulkSelection, BulkStep } from './contract/bulk-view.ts'
import type { ClientDetails, ClientRow, Destination, ListPage, ListQuery, Vocabulary } from './contract/client-view.ts'
import type { DiscardPreview, EditView, FieldRuleView, Saved, SourceRemoval, Undone } from './contract/edit-view.ts'
import type {
  CsvMapping,
  ImportChoices,
  ImportFileView,
  ImportPlan,
  ImportStep,
  ImportTarget,
} from './contract/import-view.ts'
import type {
  Attention,
  Board,
  BoardMode,
  Counts,
  InsightsView,
  StorageUsage,
  TestimonialPage,
  TestimonialView,
} from './contract/place-view.ts'
import type { ConflictView, Notice, TimelineItem, TrayItem } from './contract/state-view.ts'

export * from './contract/bulk-view.ts'
export * from './contract/client-view.ts'
export * from './contract/edit-view.ts'
export * from './contract/import-view.ts'
export * from './contract/place-view.ts'
export * from './contract/state-view.ts'

/**
 * What the page asks of its store worker. Both come from one build, so the types alone hold this border together:
 * `plain` checks nothing at run time (ADR 0003).
 */
const plain = <T>() => z.custom<T>()

export const storePageApi = {
  'clients.list': {
    /** `quick`: the rows at once, and their number only where it costs nothing (`isTotalKnown`). */
    input: plain<ListQuery & { readonly offset: number; readonly limit: number; readonly quick?: boolean }>(),
    output: plain<ListPage>(),
  },
  /** Place of a client in a list, or -1. */
  'clients.indexOf': { input: plain<ListQuery & { readonly clientId: ClientId }>(), output: plain<number>() },
  /** Lines of these clients as they are now, at most 200; null for one that is gone. `text` is the query they were found by. */
  'clients.rows': {
    input: plain<{ readonly clientIds: readonly ClientId[]; readonly text?: string }>(),
    output: plain<readonly (ClientRow | null)[]>(),
  },
  /** Part of a list as ids, at most 5,000 of them: what a selection takes in without reading the lines. */
  'clients.ids': {
    input: plain<ListQuery & { readonly offset: number; readonly limit: number }>(),
    output: plain<{ readonly clientIds: readonly ClientId[]; readonly total: number }>(),
  },
  /**
   * Where a list goes to when its user types a name: in an order by name the first client whose name begins with
   * `prefix`, or the first behind where it would be; in any other order the first at or after `from` whose name begins with
   * it, then those before. Null where there is none.
   */
  'clients.jump': {
    input: plain<ListQuery & { readonly prefix: string; readonly from: number }>(),
    output: plain<{ readonly index: number; readonly name: string } | null>(),
  },
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
  /** What filters may name. */
  'clients.vocabulary': { input: plain<Record<string, never>>(), output: plain<Vocabulary>() },

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

  /** Takes in whom a piece of work is about, as they are now. One such work at a time: a newer one ends it. */
  'bulk.begin': {
    input: plain<{ readonly bulkId: string; readonly selection: BulkSelection }>(),
    output: plain<{ readonly clients: number }>(),
  },
  /** The next part of a file of them; `missing` where this worker does not know them any more. */
  'bulk.export': {
    input: plain<{
      readonly bulkId: string
      readonly format: 'csv' | 'vcard'
      readonly from: number
      readonly limit: number
    }>(),
    output: plain<BulkFilePart>(),
  },
  /** What a change would do and where its requests go. Changes nothing; refused (`too-many`) for more than 10,000 clients. */
  'bulk.plan': {
    input: plain<{ readonly bulkId: string; readonly change: BulkChange }>(),
    output: plain<BulkPlan>(),
  },
  /** Changes the next of them in one transaction. All of it is one step of undo. */
  'bulk.take': {
    input: plain<{
      readonly bulkId: string
      readonly change: BulkChange
      readonly from: number
      readonly limit: number
    }>(),
    output: plain<BulkStep>(),
  },
  'bulk.end': { input: plain<{ readonly bulkId: string }>(), output: plain<null>() },

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
export type Topic = 'clients' | 'edits' | 'conflicts' | 'testimonials' | 'counts' | 'insights' | 'sources' | 'storage'

export const storePageEvents = {
  /**
   * At most every 50 ms. `clientIds` is present where few changed. `pulled`: a source had it, and nothing of it is what the
   * user did here or came of it.
   */
  changed: plain<{
    readonly topics: readonly Topic[]
    readonly clientIds: readonly ClientId[] | null
    readonly pulled: boolean
  }>(),
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
