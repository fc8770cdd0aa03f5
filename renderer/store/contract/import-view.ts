import type { ColumnTarget } from '../../../shared/csv/guess-columns.ts'
import type { Delimiter } from '../../../shared/csv/read-csv.ts'
import type { SourceId } from '../../../shared/ids.ts'
import type { FileProblem } from '../../../shared/imports/read-client.ts'
import type { FieldKey, Fields } from '../../../shared/model/field.ts'
import type { ClientRow } from './client-view.ts'

/** What became of an import that was taken back. */
export interface ImportUndone {
  /** Clients that are gone again, and clients that lost what the import had filled in. */
  readonly clients: number
  readonly filled: number
  /** Clients that had been deleted, and are back. */
  readonly restored: number
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
