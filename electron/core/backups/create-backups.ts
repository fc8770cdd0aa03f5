import type { AppError } from '../../../shared/app-error.ts'
import type { Clock } from '../../../shared/clock.ts'
import type { JournaledRow } from '../../../shared/model/journal.ts'
import { checkOf, readUnsentFile, writeUnsentFile } from '../../../shared/model/unsent-file.ts'
import { summarise } from '../../../shared/model/unsent-summary.ts'
import { type BackupView, type ImportReport, MERGE_ORDER } from '../../../shared/model/unsent-work.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { JournalFiles, Log } from '../../host/host.ts'
import { diskTrouble } from '../disk-trouble.ts'
import type { StoreClient } from '../store-link.ts'
import { type BackupReason, backupName, readBackupName } from './backup-name.ts'
import { outdated } from './rotation.ts'

/** The first look of a start, when it is quiet again, and then as often as this. */
const FIRST_LOOK_MS = 60_000
const LOOK_EVERY_MS = 3_600_000
const DAY_MS = 86_400_000
/** Rows that the store takes in one transaction. */
const ROWS_PER_CALL = 500

/** Copies of what cannot be pulled again: the state of the intent journal, as files that a person can read. */
export interface Backups {
  readonly list: () => Promise<readonly BackupView[]>
  readonly make: (reason: BackupReason) => Promise<Result<{ name: string }, AppError>>
  /** Checked, then merged into the store; what is there now is copied first. */
  readonly restore: (name: string, store: StoreClient | null) => Promise<Result<ImportReport, AppError>>
  readonly start: () => void
  readonly stop: () => void
}

export function createBackups(deps: {
  readonly files: JournalFiles
  readonly log: Log
  readonly clock: Clock
  readonly version: string
  /** All rows as the journal has them now. */
  readonly rows: () => Promise<Result<readonly JournaledRow[], AppError>>
  readonly sourceName: (sourceId: string) => string | null
}): Backups {
  const { files, log, clock } = deps
  let cancel = (): void => undefined
  let last: Promise<unknown> = Promise.resolve()

  /** One at a time: two that begin together would count and clear away each other's files. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const run = last.then(work, work)
    last = run.catch(() => undefined)
    return run
  }

  const known = async () =>
    (await files.list()).flatMap((name) => {
      const facts = readBackupName(name)
      return facts === null ? [] : [{ name, ...facts }]
    })

  const makeNow = async (reason: BackupReason): Promise<Result<{ name: string }, AppError>> => {
    const rows = await deps.rows()
    if (!rows.ok) return rows
    const check = checkOf(rows.value)
    const at = clock.now()
    const newest = (await known()).at(-1)
    if (reason === 'daily') {
      const isSameDay = newest !== undefined && Math.floor(newest.at / DAY_MS) === Math.floor(at / DAY_MS)
      // One made for another reason is as good, where it holds the same.
      if (newest?.check === check || (isSameDay && newest.reason === 'daily')) return ok({ name: newest.name })
      if (newest === undefined && rows.value.length === 0) return ok({ name: '' })
    }
    const { summary, edits, localValues } = summarise(rows.value, { client: () => null, source: deps.sourceName })
    const text = writeUnsentFile({
      exportedAt: new Date(at).toISOString(),
      appVersion: deps.version,
      summary,
      rows: rows.value,
    })
    const bytes = new TextEncoder().encode(text)
    const name = backupName({ at, reason, edits, localValues, bytes: bytes.length, check })
    await files.replace(name, bytes)
    for (const old of outdated(await files.list())) await files.remove(old)
    log.info('backup-made', { reason, edits, localValues, bytes: bytes.length })
    return ok({ name })
  }

  const make = (reason: BackupReason): Promise<Result<{ name: string }, AppError>> =>
    inTurn(async () => {
      try {
        return await makeNow(reason)
      } catch (cause) {
        const trouble = diskTrouble(cause)
        log.warn('backup-failed', { reason, why: trouble?.kind ?? 'failed' })
        return err(trouble ?? { code: 'storage', kind: 'failed' })
      }
    })

  const look = (afterMs: number): void => {
    cancel = clock.schedule(afterMs, () => {
      // What goes wrong is in the log; the next look is not put off by it.
      void make('daily').then(() => look(LOOK_EVERY_MS))
    })
  }

  const restore = async (name: string, store: StoreClient | null): Promise<Result<ImportReport, AppError>> => {
    if (store === null) return err({ code: 'disconnected' })
    if (!(await known()).some((backup) => backup.name === name)) return err({ code: 'missing', what: 'backup' })
    const read = await files.read(name).then(
      (bytes) => readUnsentFile(new TextDecoder().decode(bytes)),
      (): Result<never, AppError> => err({ code: 'bad-input', field: 'file', rule: 'damaged' }),
    )
    if (!read.ok) return read
    const before = await make('before-restore')
    if (!before.ok) return before
    const rows = [...read.value.rows].sort((a, b) => MERGE_ORDER.indexOf(a.table) - MERGE_ORDER.indexOf(b.table))
    let report: ImportReport = { edits: 0, localValues: 0, clients: 0, conflicts: 0, known: 0, refused: [] }
    for (let from = 0; from < rows.length; from += ROWS_PER_CALL) {
      const part = await store['unsent.merge']({ rows: rows.slice(from, from + ROWS_PER_CALL) })
      // What has been taken in stays; asked again, it is here already.
      if (!part.ok) return part
      report = added(report, part.value)
    }
    log.info('backup-restored', {
      edits: report.edits,
      localValues: report.localValues,
      refused: report.refused.length,
    })
    return ok(report)
  }

  return {
    list: async () => {
      const backups = await known()
      return backups
        .map(({ name, at, reason, edits, localValues, bytes }) => ({ name, at, reason, edits, localValues, bytes }))
        .reverse()
    },
    make,
    restore,
    start: () => look(FIRST_LOOK_MS),
    stop: () => cancel(),
  }
}

function added(a: ImportReport, b: ImportReport): ImportReport {
  return {
    edits: a.edits + b.edits,
    localValues: a.localValues + b.localValues,
    clients: a.clients + b.clients,
    conflicts: a.conflicts + b.conflicts,
    known: a.known + b.known,
    refused: [...a.refused, ...b.refused],
  }
}
