import { expect, test } from 'vitest'
import { createIntentJournal } from '../../../../../electron/core/journal/intent-journal.ts'
import { SEGMENT_BYTES } from '../../../../../electron/core/journal/segment-log.ts'
import { attemptIdSchema, createDatabaseId, editIdSchema, sourceIdSchema } from '../../../../../shared/ids.ts'
import type { JournaledCommit } from '../../../../../shared/model/journal.ts'
import { testCreateRandom } from '../../../../support/test-create-clock.ts'
import { type JournalFaults, testCreateJournalFiles } from '../../../../support/test-create-journal-files.ts'

const DATABASE = createDatabaseId(testCreateRandom(1))
const log = { info: () => undefined, warn: () => undefined, error: () => undefined }

function testJournal(disk: Map<string, Uint8Array>, faults: JournalFaults = {}) {
  return createIntentJournal({ files: testCreateJournalFiles(disk, faults), log })
}

async function testBegun(disk: Map<string, Uint8Array>, faults: JournalFaults = {}) {
  const journal = testJournal(disk, faults)
  await journal.rebuild({ databaseId: DATABASE, commit: 0, part: 0, last: true, rows: [] })
  return journal
}

function commit(n: number, key = `k${n}`, row: JournaledCommit['rows'][number]['row'] = { n }): JournaledCommit {
  return { databaseId: DATABASE, commit: n, rows: [{ table: 'overlays', key, row }] }
}

async function rowsOf(disk: Map<string, Uint8Array>): Promise<Map<string, unknown>> {
  const journal = testJournal(disk)
  const rows = new Map<string, unknown>()
  for (let cursor: string | null = null; ; ) {
    const part: Awaited<ReturnType<typeof journal.readRows>> = await journal.readRows(null, cursor)
    if (!part.ok) throw new Error(part.error.code)
    for (const row of part.value.rows) rows.set(row.key, row.row)
    cursor = part.value.next
    if (cursor === null) return rows
  }
}

function sizeOf(disk: Map<string, Uint8Array>): number {
  return [...disk.values()].reduce((sum, bytes) => sum + bytes.length, 0)
}

test('commits come in order and once: again is a no-op, a gap or another database is refused', async () => {
  const disk = new Map<string, Uint8Array>()
  const journal = await testBegun(disk)
  expect(await journal.append([commit(1), commit(2)])).toEqual({ ok: true, value: { commit: 2 } })
  expect(await journal.append([commit(2), commit(3)])).toEqual({ ok: true, value: { commit: 3 } })
  expect(await journal.append([commit(5)])).toMatchObject({ ok: false, error: { rule: 'gap' } })
  const other = { ...commit(4), databaseId: createDatabaseId(testCreateRandom(2)) }
  expect(await journal.append([other])).toMatchObject({ ok: false, error: { rule: 'other-database' } })
  expect([...(await rowsOf(disk)).keys()]).toEqual(['k1', 'k2', 'k3'])
})

test('what waits for the disk goes in one flush', async () => {
  const disk = new Map<string, Uint8Array>()
  let flushes = 0
  const journal = await testBegun(disk, { appended: () => void flushes++ })
  const leases = Array.from({ length: 50 }, (_, epoch) =>
    journal.lease({ epoch: epoch + 1, profileId: 'profile0', databaseId: DATABASE }),
  )
  expect(await Promise.all(leases)).toEqual(leases.map(() => true))
  expect(flushes).toBeLessThan(5)
  expect(journal.facts().epoch).toBe(50)
})

test('a segment ends at four megabytes, a start begins a new one, and compaction leaves one that means the same', async () => {
  const disk = new Map<string, Uint8Array>()
  const journal = await testBegun(disk)
  const text = 'x'.repeat(100_000)
  // One row in many states: nearly all of it is history.
  for (let n = 1; n <= 70; n++) await journal.append([commit(n, 'same', { n, text })])
  expect(disk.size).toBe(3)
  for (const bytes of disk.values()) expect(bytes.length).toBeLessThan(SEGMENT_BYTES + 300_000)
  for (let n = 71; n <= 120; n++) await journal.append([commit(n, 'same', { n, text })])
  // By itself, beyond two segments' worth; asked for, nothing more is to be done.
  await journal.compact()
  expect(sizeOf(disk)).toBeLessThan(2 * SEGMENT_BYTES)
  expect(await rowsOf(disk)).toEqual(new Map([['same', { n: 120, text }]]))
  expect(await journal.append([commit(121)])).toEqual({ ok: true, value: { commit: 121 } })
  const segments = disk.size
  const next = testJournal(disk)
  expect(await next.open()).toMatchObject({ commit: 121, damaged: false })
  await next.lease({ epoch: 1, profileId: 'profile0', databaseId: DATABASE })
  expect(disk.size).toBe(segments + 1)
})

test('F138 killed in a compaction (point 20): the new account beside the old ones means the same, and goes on', async () => {
  for (let removed = 0; removed < 3; removed++) {
    const disk = new Map<string, Uint8Array>()
    let left = removed
    const journal = await testBegun(disk, { remove: () => left-- > 0 })
    const text = 'x'.repeat(200_000)
    let n = 0
    while (sizeOf(disk) <= 2 * SEGMENT_BYTES) await journal.append([commit(++n, `k${n % 7}`, { n, text })])
    const rows = new Map(Array.from({ length: 7 }, (_, i) => [`k${(n - i) % 7}`, { n: n - i, text }]))
    await new Promise((resolve) => setTimeout(resolve, 300))
    const next = testJournal(disk)
    expect(await next.open()).toMatchObject({ commit: n, damaged: false, databaseId: DATABASE })
    expect([...disk.keys()].length).toBeGreaterThan(1)
    expect(await rowsOf(disk)).toEqual(rows)
    expect(await next.append([commit(n + 1)])).toEqual({ ok: true, value: { commit: n + 1 } })
  }
})

test('an outcome is kept until the store has it and the journal has the commit that took it', async () => {
  const disk = new Map<string, Uint8Array>()
  const journal = await testBegun(disk)
  const ids = {
    attemptId: attemptIdSchema.parse('att_one0000000000000'),
    editId: editIdSchema.parse('edt_one0000000000000'),
    sourceId: sourceIdSchema.parse('src_one0000000000000'),
  }
  expect(await journal.outcome({ ...ids, at: 1, outcome: { kind: 'done' } })).toBe(true)
  journal.settled(ids.attemptId, 1)
  const kept = async () => {
    const next = testJournal(disk)
    await next.open()
    expect(next.isDone(ids.editId)).toBe(true)
    return next.openOutcomes(ids.sourceId).length
  }
  expect(await kept()).toBe(1)
  await journal.append([commit(1)])
  await new Promise((resolve) => setTimeout(resolve, 10))
  expect(await kept()).toBe(0)
})

test('F189 what other programs and sources name never becomes the name of a file', async () => {
  const disk = new Map<string, Uint8Array>()
  const journal = await testBegun(disk)
  await journal.lease({ epoch: 1, profileId: '../../../etc/passwd', databaseId: DATABASE })
  await journal.append([commit(1, '../../evil', { id: '../..', name: '/etc/passwd' })])
  expect([...disk.keys()].every((name) => /^\d{4}\.ndj$/.test(name))).toBe(true)
})
