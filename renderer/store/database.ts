import { Dexie, type Table } from 'dexie'
import type {
  AuditRow,
  BodyRow,
  ChangeRow,
  CheckpointRow,
  CommandRow,
  ConflictRow,
  EditRow,
  FieldRuleRow,
  HeadRow,
  HeldRow,
  HoldRow,
  LocalRow,
  MetaRow,
  NoticeRow,
  OverlayRow,
  ProblemRow,
  RunRow,
  SavedRow,
  SourceRow,
  SuspectRow,
  SweepPageRow,
  TestimonialRow,
  TombstoneRow,
  UndoRow,
  UnjournaledRow,
  VocabularyRow,
} from './rows.ts'
import { transactionWatch } from './transact.ts'

/** 5: segments may lie squeezed on the disk; nothing is rewritten, and an older app refuses what it could not read. */
export const SCHEMA_VERSION = 5

/** What a test or a worker hands in, so that no module reaches for a global. */
export interface IdbFactory {
  readonly indexedDB: IDBFactory
  readonly IDBKeyRange: typeof IDBKeyRange
}

/**
 * The tables. No indexed component may be null: such a row would be missing from the index (SYNC.md 1.2). Records are
 * not rows; they live packed in `heads` and `bodies` (ADR 0004).
 */
export class StoreDatabase extends Dexie {
  declare readonly meta: Table<MetaRow, string>
  declare readonly sources: Table<SourceRow, string>
  declare readonly heads: Table<HeadRow, number, Omit<HeadRow, 'segmentId'> & Partial<Pick<HeadRow, 'segmentId'>>>
  declare readonly bodies: Table<BodyRow, number>
  declare readonly overlays: Table<OverlayRow, string>
  declare readonly outbox: Table<EditRow, string>
  declare readonly conflicts: Table<ConflictRow, string>
  declare readonly locals: Table<LocalRow, string>
  declare readonly tombstones: Table<TombstoneRow, string>
  declare readonly holds: Table<HoldRow, string>
  declare readonly checkpoints: Table<CheckpointRow, string>
  declare readonly sweepPages: Table<SweepPageRow, [string, number]>
  declare readonly heldRemovals: Table<HeldRow, string>
  declare readonly suspects: Table<SuspectRow, string>
  declare readonly problems: Table<ProblemRow, number, Omit<ProblemRow, 'n'>>
  declare readonly vocabulary: Table<VocabularyRow, string>
  declare readonly testimonials: Table<TestimonialRow, string>
  declare readonly runs: Table<RunRow, string>
  declare readonly audit: Table<AuditRow, number, Omit<AuditRow, 'n'>>
  declare readonly undo: Table<UndoRow, number, Omit<UndoRow, 'n'>>
  declare readonly fieldRules: Table<FieldRuleRow, string>
  declare readonly notices: Table<NoticeRow, string>
  declare readonly commands: Table<CommandRow, string>
  declare readonly unjournaled: Table<UnjournaledRow, number, Omit<UnjournaledRow, 'n'>>
  declare readonly saved: Table<SavedRow, string>
  declare readonly changes: Table<ChangeRow, number, Omit<ChangeRow, 'n'>>

  readonly durability: 'strict' | 'relaxed'

  constructor(name: string, durability: 'strict' | 'relaxed', factory: IdbFactory) {
    super(name, {
      indexedDB: factory.indexedDB,
      IDBKeyRange: factory.IDBKeyRange,
      chromeTransactionDurability: durability,
      cache: 'disabled',
    })
    this.durability = durability
    // There are no live queries here, and the store tells of its changes itself: a sixth of what each write costs.
    this.unuse({ stack: 'dbcore', name: 'Observability' })
    this.unuse({ stack: 'dbcore', name: 'Cache' })
    // Nobody hooks into single rows either, and the layer that would call them finds its transaction by the zone only.
    this.unuse({ stack: 'dbcore', name: 'HooksMiddleware' })
    this.use(transactionWatch)
    this.version(1).stores(VERSION_1)
    this.version(2).stores({ holds: 'recordId', undo: '++n' }).upgrade(upgradeTo2)
    this.version(3).stores(NEW_IN_VERSION_3)
    this.version(4).stores(NEW_IN_VERSION_4)
    this.version(SCHEMA_VERSION).stores({})
  }
}

export const VERSION_1 = {
  meta: 'k',
  sources: 'sourceId',
  heads: '++segmentId, sourceId',
  bodies: 'segmentId',
  overlays: 'recordId',
  outbox: 'editId',
  conflicts: 'conflictId',
  locals: 'recordId',
  tombstones: 'key, sourceId',
  checkpoints: 'sourceId',
  sweepPages: '[runId+seq], sourceId',
  heldRemovals: 'sourceId',
  problems: '++n, sourceId',
  vocabulary: 'sourceId',
  testimonials: 'recordId, sourceId',
  runs: 'runId, startedAt',
  audit: '++n',
} as const

/** Rules of the user, what was found at a start, and what the journal has not confirmed. */
export const NEW_IN_VERSION_3 = {
  fieldRules: 'ruleId, sourceId',
  notices: 'noticeId',
  suspects: 'key, sourceId',
  unjournaled: '++n',
  commands: 'commandId, at',
} as const

/** Pieces of memory as they were saved, and which records were written since, in order. */
export const NEW_IN_VERSION_4 = { saved: 'key', changes: '++n' } as const

/** Version 2 hides clients on this device, knows open fates apart from states, and remembers what to undo. */
async function upgradeTo2(tx: { table(name: string): Table }): Promise<void> {
  await tx
    .table('overlays')
    .toCollection()
    .modify((row: Record<string, unknown>) => {
      if (row.hiddenAt === undefined) row.hiddenAt = null
    })
  await tx
    .table('outbox')
    .toCollection()
    .modify((row: Record<string, unknown>) => {
      if (row.uncertain === undefined) row.uncertain = row.state === 'unknown-outcome' || row.state === 'sending'
      if (row.attemptsBefore === undefined) row.attemptsBefore = row.attempts
      if (row.restores === undefined) row.restores = []
    })
}

/** Two connections to one database: edits wait for the disk, pages for the log only. */
export interface Databases {
  readonly strict: StoreDatabase
  readonly relaxed: StoreDatabase
}

export function openDatabases(name: string, factory: IdbFactory): Databases {
  return { strict: new StoreDatabase(name, 'strict', factory), relaxed: new StoreDatabase(name, 'relaxed', factory) }
}

/**
 * Refuses a database that a newer app has made. Dexie 4 would open it all the same, and lower guarantees nobody knows of.
 * Asked before opening, because opening may already change it.
 */
export async function refuseNewer(name: string, { indexedDB }: IdbFactory): Promise<void> {
  const known = (await indexedDB.databases()).find((database) => database.name === name)
  // Dexie multiplies its version numbers by ten.
  if (known?.version !== undefined && Math.floor(known.version / 10) > SCHEMA_VERSION) throw new VersionError()
}

class VersionError extends Error {
  override readonly name = 'VersionError'
}
