import type { ClientId, ConflictId, EditId, RecordId, SourceId } from '../../../shared/ids.ts'
import type { JsonValue } from '../../../shared/json.ts'
import type { FieldKey, Fields, FieldValue } from '../../../shared/model/field.ts'
import type { ExtraField } from '../../../shared/model/record.ts'
import type { StatusOption } from '../../../shared/model/status-option.ts'
import type { EditView } from './edit-view.ts'

/** How a status looks: the label, and what the dot before it is. */
export interface StatusView {
  readonly id: string
  readonly label: string
  /** `vendor` shows `color`; the others are drawn in our own colours (DESIGN.md section 8). */
  readonly tone: 'active' | 'paused' | 'inactive' | 'vendor' | 'plain'
  readonly color: string | null
}

export type RowMark = 'waiting' | 'conflict' | null

/** A place to mark in a shown text, in its UTF-16 units. */
export type Mark = readonly [from: number, to: number]

/** Why a search found a client, as far as one can see it. */
export interface RowMatch {
  /** By the field of the line. */
  readonly marks: Readonly<Partial<Record<'name' | 'company' | 'email' | 'phone' | 'jobTitle', readonly Mark[]>>>
  /** By the place of the tag in the line. */
  readonly tags: Readonly<Record<number, readonly Mark[]>>
  /** Where words were found that no column shows. */
  readonly elsewhere: readonly FoundElsewhere[]
}

export interface FoundElsewhere {
  readonly field: 'jobTitle' | 'location' | 'notes' | 'owner'
  /** Who says so; null: this device. */
  readonly sourceId: SourceId | null
  /** The text around the words, at most about 90 letters. */
  readonly text: string
  readonly marks: readonly Mark[]
}

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
  /** Only in answers to a query with words. */
  readonly found?: RowMatch
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

/** Values that filters may name, and how many clients have each, most first. */
export interface Vocabulary {
  readonly statuses: readonly { readonly status: StatusView; readonly count: number }[]
  /** Null: clients of this device. */
  readonly sources: readonly { readonly sourceId: SourceId | null; readonly count: number }[]
  /** At most 300. */
  readonly tags: readonly { readonly tag: string; readonly count: number }[]
  /** Some tags are left out. */
  readonly moreTags: boolean
}

/**
 * `text` is what the user typed, filters included (`company:acme status:active -tag:vip updated:7d`); the store takes it
 * apart. `sort` null: best match first where there is a query, else newest change first.
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
  /** False: at least so many, as only the first were asked for (`quick`). */
  readonly isTotalKnown: boolean
  /** Nobody has all words as they were typed: these have words that differ by a letter or two. */
  readonly close: boolean
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
