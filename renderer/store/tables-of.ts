import type { Table } from 'dexie'
import type { StoreDatabase } from './database.ts'
import type { Draft } from './draft.ts'

/** A table by name, as `StoreDatabase` has it. */
export type TableName = {
  [K in keyof StoreDatabase]: StoreDatabase[K] extends Table ? K : never
}[keyof StoreDatabase] &
  string

/**
 * The tables that storing a draft touches. A transaction holds up whoever needs one of its tables, and each one that it
 * names is a lock to be asked for: a page of a pull needs five of twenty-six.
 */
export function tablesOf(
  db: StoreDatabase,
  draft: Draft,
  also: {
    readonly segments: boolean
    readonly journal: boolean
    readonly sightings: boolean
    readonly changes: boolean
  },
): readonly Table[] {
  const ofWork = draft.tableWork.tables()
  // The saved form is nobody's but its keeper's: it holds up no write but one that forgets.
  if (ofWork === 'any') return db.tables.filter((table) => draft.forgets || table.name !== 'saved')
  const names = new Set<TableName>(['meta', ...ofWork])
  const add = (name: TableName, isNeeded: boolean): unknown => isNeeded && names.add(name)
  add('saved', draft.forgets)
  add('heads', also.segments)
  add('bodies', also.segments)
  add('unjournaled', also.journal)
  add('sweepPages', also.sightings)
  add('changes', also.changes)
  add('audit', draft.timeline.length > 0)
  add('undo', draft.undo.length > 0 || draft.undone.length > 0 || draft.undoChanged.size > 0)
  add('locals', draft.locals.size > 0)
  add('overlays', draft.overlays.size > 0)
  add('outbox', draft.edits.size > 0)
  add('conflicts', draft.conflicts.size > 0)
  add('tombstones', draft.tombstones.size > 0)
  add('holds', draft.holds.size > 0)
  add('fieldRules', draft.fieldRules.size > 0)
  add('notices', draft.notices.size > 0)
  add('checkpoints', draft.checkpoints.size > 0)
  return [...names].map((name) => db[name])
}

type Work = (db: StoreDatabase) => Promise<unknown>

/** Table work of a draft beside its maps, and the tables that it needs; of work that does not say so, all. */
export class TableWork {
  readonly #work: Work[] = []
  #tables: Set<TableName> | 'any' = new Set()

  push(work: Work, tables?: readonly TableName[]): void {
    this.#work.push(work)
    if (tables === undefined) this.#tables = 'any'
    else if (this.#tables !== 'any') for (const name of tables) this.#tables.add(name)
  }

  tables(): ReadonlySet<TableName> | 'any' {
    return this.#tables
  }

  get length(): number {
    return this.#work.length
  }

  [Symbol.iterator](): Iterator<Work> {
    return this.#work[Symbol.iterator]()
  }
}
