import type { JournalFiles, Log } from '../../host/host.ts'
import { readBackupName } from '../backups/backup-name.ts'
import type { IntentJournal } from '../journal/intent-journal.ts'
import type { AtRest } from './app-lock.ts'
import { isSealedFile } from './seals.ts'

/**
 * Writes all files that hold client data as the lock now has it: sealed, or in plain. Each is replaced whole, so that it
 * is the old one or the new one after a crash; doing it again goes on where it was. False where one could not be.
 */
export async function rewriteAtRest(deps: {
  readonly journal: Pick<IntentJournal, 'rewrite'>
  /** As they lie on the disk. */
  readonly journalFiles: JournalFiles
  readonly backupFiles: JournalFiles
  readonly atRest: () => AtRest
  readonly log: Log
  readonly onLeft: (files: number) => void
}): Promise<boolean> {
  const { journalFiles, backupFiles, log } = deps
  const backups = (await backupFiles.list()).filter((name) => readBackupName(name) !== null)
  const whole = [
    ...backups.map((name) => ({ files: backupFiles, name })),
    ...(await backupFiles.listAside()).map((name) => ({ files: backupFiles, name })),
  ]
  const aside = async () => (await journalFiles.listAside()).map((name) => ({ files: journalFiles, name }))
  let others = whole.length + (await aside()).length

  const keepAside = async (name: string, bytes: Uint8Array): Promise<void> => {
    const taken = new Set(await journalFiles.listAside())
    let n = 1
    while (taken.has(`${name}.damaged-${n}`)) n++
    const as = `${name}.damaged-${n}`
    await journalFiles.replace(as, deps.atRest().writes?.files.seal(as, bytes) ?? bytes)
  }
  let isWhole = await deps.journal.rewrite({ keepAside, onLeft: (left) => deps.onLeft(left + others) })

  const rewriteOne = async (files: JournalFiles, name: string): Promise<void> => {
    const { writes, reads } = deps.atRest()
    const bytes = await files.read(name)
    const isSealed = isSealedFile(bytes)
    if (isSealed === (writes !== null)) return
    if (writes !== null) {
      await files.replace(name, writes.files.seal(name, bytes))
      return
    }
    const opened = reads?.files.open(name, bytes) ?? null
    // Sealed by somebody else: it was of no use before and is left as it is.
    if (opened === null) log.warn('file-not-opened', { name })
    else await files.replace(name, opened)
  }
  for (const { files, name } of [...whole, ...(await aside())]) {
    try {
      await rewriteOne(files, name)
      others = Math.max(0, others - 1)
      if (isWhole) deps.onLeft(others)
    } catch (cause) {
      log.error('file-not-rewritten', { name, cause: cause instanceof Error ? cause.name : typeof cause })
      isWhole = false
    }
  }
  return isWhole
}
