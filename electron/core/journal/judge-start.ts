import type { DatabaseId } from '../../../shared/ids.ts'
import type { RecoveryState } from '../../../shared/model/journal.ts'
import { holds } from '../../../shared/safety/rules.ts'
import type { JournalFacts } from './intent-journal.ts'

/** What the store says of itself in `lease.request`. */
export interface StoreFacts {
  readonly databaseId: DatabaseId | null
  readonly commit: number
  readonly unconfirmedFrom: number | null
  readonly journaledRows: number
  readonly clients: number
}

/** Pure: which of the states of SYNC.md 1.4 this start is. `hadWork`: an earlier start had something to lose. */
export function judgeStart(journal: JournalFacts, store: StoreFacts, hadWork: boolean): RecoveryState {
  const isEmptyJournal = journal.databaseId === null
  const hasRows = store.journaledRows > 0 || store.clients > 0
  // A program without this rule takes the database at its word.
  if (!holds('journal-handshake')) return store.databaseId === null ? 'first-start' : 'journal-lost'
  if (store.databaseId === null) {
    if (!isEmptyJournal) return hasRows ? 'database-resurrected' : 'database-reset'
    if (!hadWork) return 'first-start'
    return hasRows ? 'database-resurrected' : 'both-lost'
  }
  if (isEmptyJournal) return 'journal-lost'
  // The work went on in another database of this profile, for example in another browser.
  if (store.databaseId !== journal.databaseId) return 'database-resurrected'
  if (store.commit < journal.commit) return 'database-behind'
  if (journal.damaged) return 'journal-lost'
  if (store.commit === journal.commit) return 'in-step'
  // What the journal lacks must all be here still; else it has lost something that it once confirmed.
  const isMissingConfirmed = store.unconfirmedFrom === null || store.unconfirmedFrom > journal.commit + 1
  return isMissingConfirmed ? 'journal-lost' : 'journal-behind'
}
