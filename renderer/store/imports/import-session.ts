import type { CsvRow, Delimiter } from '../../../shared/csv/read-csv.ts'
import type { FileProblem, ReadClient } from '../../../shared/imports/read-client.ts'
import type { Fields } from '../../../shared/model/field.ts'
import type { Book } from '../book.ts'
import type { ClientRow, CsvMapping, ImportChoices, ImportRemark, ImportTarget } from '../store-contract.ts'
import type { KnownClients, Match } from './find-duplicates.ts'

/** One row of a file, and what is to become of it. */
export interface PlannedRow {
  readonly index: number
  readonly line: number
  readonly name: string
  /** Null where nothing of it can be a client. */
  readonly fields: Fields | null
  readonly remarks: readonly ImportRemark[]
  readonly match: Match | null
  /** The client that it may be, as it was then. */
  readonly existing: ClientRow | null
  /** What that one lacks. */
  readonly fills: Fields
}

/**
 * A file that was read for an import, until the import ends: in memory only. What has come in is in the book; the rest
 * is in the file, which the page still has, and hands in again where this worker is not the one that read it.
 */
export interface ImportSession {
  readonly importId: string
  readonly fileName: string
  readonly text: string
  readonly kind: 'vcf' | 'csv'
  csv: {
    readonly delimiter: Delimiter
    readonly rows: readonly CsvRow[]
    readonly problems: readonly FileProblem[]
    readonly mapping: CsvMapping
  } | null
  clients: readonly ReadClient[]
  problems: readonly FileProblem[]
  leftOut: number
  /** Who of the book has what the rows have, as it was at a version of the view. */
  known: { readonly version: number; readonly wanted: ReadonlySet<string>; readonly found: KnownClients } | null
  plan: {
    readonly target: ImportTarget
    readonly choices: ImportChoices
    readonly rows: readonly PlannedRow[]
  } | null
}

/** By book, because the handlers of one store are made more than once. The last file only. */
const sessions = new WeakMap<Book, ImportSession>()

export function sessionOf(book: Book, importId: string): ImportSession | null {
  const session = sessions.get(book)
  return session?.importId === importId ? session : null
}

export function keepSession(book: Book, session: ImportSession): void {
  sessions.set(book, session)
}

export function endSession(book: Book, importId: string): void {
  if (sessions.get(book)?.importId === importId) sessions.delete(book)
}

/** Lets others be served: a large file is read in many turns. */
export function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0))
}
