import type { AppError } from '../../../shared/app-error.ts'
import type { ClientId, EditId, SourceId } from '../../../shared/ids.ts'
import type { EditState, FieldChange, Operation } from '../../../shared/model/edit.ts'
import type { FieldRule } from '../../../shared/model/field-rule.ts'
import type { ImportUndone } from './import-view.ts'

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

/** What `edit.undoLast` did. */
export interface Undone {
  readonly clientName: string
  /** Of an `import`, `clientName` is the name of the file. */
  readonly what: 'edit' | 'create' | 'delete' | 'local-values' | 'discard' | 'resolve' | 'rule' | 'tray' | 'import'
  /** It had been sent: a compensating edit is queued instead. */
  readonly compensating: boolean
  readonly imported?: ImportUndone
  /** What was taken back is a change of many clients; `clientName` says which. */
  readonly bulk?: boolean
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
