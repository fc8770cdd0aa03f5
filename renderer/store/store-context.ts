import type { Clock, Random } from '../../shared/clock.ts'
import type { Book } from './book.ts'
import type { Databases } from './database.ts'
import type { SecondCopy } from './journal/second-copy.ts'
import type { ClientView } from './projection/view.ts'
import type { SavedKeeper } from './saved/keep-saved.ts'
import type { SearchEngine } from './search/engine/engine-contract.ts'
import type { StorageGuard } from './storage-guard.ts'
import type { Writer } from './writer.ts'

/** What queries, commands and sync handlers work with. */
export interface StoreContext {
  readonly book: Book
  readonly databases: Databases
  readonly guard: StorageGuard
  readonly writer: Writer
  /** The way of committed work into the journal. */
  readonly copies: SecondCopy
  readonly view: ClientView
  readonly search: SearchEngine
  readonly saved: SavedKeeper
  readonly clock: Clock
  readonly random: Random
}
