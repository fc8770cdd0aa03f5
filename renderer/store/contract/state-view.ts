import type { ClientId, SourceId } from '../../../shared/ids.ts'
import type { Conflict } from '../../../shared/model/conflict.ts'
import type { FieldKey, FieldValue } from '../../../shared/model/field.ts'

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
