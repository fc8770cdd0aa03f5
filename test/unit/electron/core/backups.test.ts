import { expect, test } from 'vitest'
import { backupName, readBackupName } from '../../../../electron/core/backups/backup-name.ts'
import { createBackups } from '../../../../electron/core/backups/create-backups.ts'
import { outdated } from '../../../../electron/core/backups/rotation.ts'
import type { StoreClient } from '../../../../electron/core/store-link.ts'
import type { JournaledRow } from '../../../../shared/model/journal.ts'
import { ok } from '../../../../shared/result.ts'
import { testCreateClock } from '../../../support/test-create-clock.ts'
import { testCreateJournalFiles } from '../../../support/test-create-journal-files.ts'

const DAY_MS = 86_400_000
const log = { info: () => undefined, warn: () => undefined, error: () => undefined }

function local(n: number, value: string): JournaledRow {
  return {
    table: 'overlays',
    key: `rec_${n}`,
    row: { recordId: `rec_${n}`, fields: { notes: { value, from: null, mode: 'local', at: n } }, hiddenAt: null },
  }
}

function testCreateBackups() {
  const disk = new Map<string, Uint8Array>()
  const clock = testCreateClock(Date.UTC(2026, 10, 2, 8))
  const rows: JournaledRow[] = [local(1, 'a')]
  let broken: string | null = null
  const files = testCreateJournalFiles(disk)
  const backups = createBackups({
    files: {
      ...files,
      replace: async (name, bytes) => {
        if (broken !== null) throw Object.assign(new Error('disk'), { code: broken })
        return files.replace(name, bytes)
      },
    },
    log,
    clock,
    version: '1',
    rows: async () => ok(rows),
    sourceName: () => null,
  })
  const merged: JournaledRow[][] = []
  const store = {
    'unsent.merge': async ({ rows: part }: { rows: readonly JournaledRow[] }) => {
      merged.push([...part])
      return ok({ edits: 0, localValues: part.length, clients: 0, conflicts: 0, known: 0, refused: [] })
    },
    // The only call that a restore makes.
  } as unknown as StoreClient
  return {
    backups,
    disk,
    clock,
    rows,
    store,
    merged,
    setBroken: (code: string | null) => {
      broken = code
    },
  }
}

test('one copy a day, where something has changed; seven days and four weeks are kept', async () => {
  const t = testCreateBackups()
  t.backups.start()
  await t.clock.advance(2 * DAY_MS)
  // Nothing has changed since the first.
  expect(await t.backups.list()).toMatchObject([{ reason: 'daily', edits: 0, localValues: 1 }])
  for (let day = 0; day < 60; day++) {
    t.rows.push(local(day + 2, `day ${day}`))
    await t.clock.advance(DAY_MS)
  }
  const kept = await t.backups.list()
  const ages = kept.map(({ at }) => Math.round((t.clock.now() - at) / DAY_MS))
  // The newest of each of seven days; of the fourth week back there is one more.
  expect(ages.slice(0, 7)).toEqual([1, 2, 3, 4, 5, 6, 7])
  expect(kept.length).toBeGreaterThanOrEqual(9)
  expect(kept.length).toBeLessThanOrEqual(10)
  expect(Math.max(...ages)).toBeGreaterThanOrEqual(21)
  t.backups.stop()
})

test('copies made for a reason are kept apart from the daily ones', () => {
  const names = [
    ...Array.from({ length: 9 }, (_, i) => ({ at: i * DAY_MS, reason: 'asked' as const })),
    ...Array.from({ length: 9 }, (_, i) => ({ at: i * DAY_MS, reason: 'schema-upgrade' as const })),
    ...Array.from({ length: 3 }, (_, i) => ({ at: i * DAY_MS, reason: 'before-restore' as const })),
  ].map((facts) => backupName({ ...facts, edits: 1, localValues: 2, bytes: 3, check: 'aabbccdd' }))
  const gone = new Set(outdated([...names, 'ballast', 'notes.txt']))
  const left = names.filter((name) => !gone.has(name)).map((name) => readBackupName(name)?.reason)
  expect(left.filter((reason) => reason === 'asked')).toHaveLength(5)
  expect(left.filter((reason) => reason === 'schema-upgrade')).toHaveLength(3)
  expect(left.filter((reason) => reason === 'before-restore')).toHaveLength(1)
  // What is not ours is never cleared away.
  expect([...gone].some((name) => !name.startsWith('backup-'))).toBe(false)
})

test('a copy goes back into the store in parts and in order, after one of what is there now', async () => {
  const t = testCreateBackups()
  for (let n = 2; n <= 1_200; n++) t.rows.push(local(n, `v${n}`))
  t.rows.push({ table: 'tombstones', key: 'k', row: { any: 'row' } })
  const made = await t.backups.make('asked')
  if (!made.ok) throw new Error('not made')
  t.rows.length = 1
  const report = await t.backups.restore(made.value.name, t.store)
  expect(report).toMatchObject({ ok: true, value: { localValues: 1_201 } })
  expect(t.merged.map((part) => part.length)).toEqual([500, 500, 201])
  expect(t.merged[0]?.[0]?.table).toBe('tombstones')
  expect((await t.backups.list()).map(({ reason }) => reason).sort()).toEqual(['asked', 'before-restore'])
})

test('a copy that was cut or changed, is gone, or has nowhere to go is refused, and nothing is merged', async () => {
  const t = testCreateBackups()
  const made = await t.backups.make('asked')
  if (!made.ok) throw new Error('not made')
  const { name } = made.value
  const bytes = t.disk.get(name) ?? new Uint8Array()
  expect(await t.backups.restore(name, null)).toMatchObject({ error: { code: 'disconnected' } })
  expect(await t.backups.restore('backup-x', t.store)).toMatchObject({ error: { code: 'missing' } })
  expect(await t.backups.restore('../profile.json', t.store)).toMatchObject({ error: { code: 'missing' } })
  for (let at = 0; at < bytes.length - 3; at += 11) {
    t.disk.set(name, bytes.slice(0, at))
    expect(await t.backups.restore(name, t.store)).toMatchObject({ ok: false, error: { code: 'bad-input' } })
  }
  const flipped = bytes.slice()
  const middle = new TextDecoder().decode(bytes).lastIndexOf('notes')
  flipped[middle] = (flipped[middle] ?? 0) ^ 1
  t.disk.set(name, flipped)
  expect(await t.backups.restore(name, t.store)).toMatchObject({ error: { code: 'bad-input', rule: 'damaged' } })
  expect(t.merged).toEqual([])
})

test('F114 a disk that refuses the copy is named, and the next day is tried all the same', async () => {
  const t = testCreateBackups()
  t.setBroken('ENOSPC')
  expect(await t.backups.make('asked')).toEqual({ ok: false, error: { code: 'storage', kind: 'full' } })
  t.setBroken('EROFS')
  expect(await t.backups.make('asked')).toEqual({ ok: false, error: { code: 'storage', kind: 'read-only' } })
  t.backups.start()
  await t.clock.advance(DAY_MS)
  expect(await t.backups.list()).toEqual([])
  t.setBroken(null)
  await t.clock.advance(DAY_MS)
  expect(await t.backups.list()).toHaveLength(1)
})
