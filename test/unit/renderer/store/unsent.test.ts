import { expect, test } from 'vitest'
import type { SourceId } from '../../../../shared/ids.ts'
import type { Fields } from '../../../../shared/model/field.ts'
import { readUnsentFile, writeUnsentFile } from '../../../../shared/model/unsent-file.ts'
import { unsentWorkSchema } from '../../../../shared/model/unsent-work.ts'
import {
  byName,
  CONNECT,
  details,
  FULL_ENGAGE,
  remote,
  SOURCES,
  SPOTT,
  save,
  send,
  settle,
  sweep,
  type TestStore,
  testCreateRandom,
  testOpenStore,
  value,
} from './test-open-store.ts'

const create = async ({ store }: TestStore, sourceId: SourceId, fields: Fields) =>
  value(await store.page['client.create']({ sourceId, deviceOnly: false, fields }))

/** What has gone wrong with texts elsewhere: halves of a pair, the end of a C string, marks that turn the line around. */
const NASTY = 'a\ud800b\u0000c\u202egnp.exe\u2066d\udfffe\u007f\u2028f "quoted" \\ end'

/** One client with an edit on its way, one with a value of this device, one made here. */
async function testAtWork(): Promise<TestStore> {
  const t = await testOpenStore()
  await sweep(t, FULL_ENGAGE, [remote('1', { name: 'Anna Larsen', notes: '1' }), remote('2', { name: 'Ben' })])
  await sweep(t, SPOTT, [remote('s', { firstName: 'Kim', lastName: 'Lund' })])
  await save(t, (await byName(t, 'Anna Larsen')).clientId, { notes: NASTY }, { notes: '1' })
  await save(t, (await byName(t, 'Kim Lund')).clientId, { notes: `mine ${NASTY}` }, {})
  await create(t, FULL_ENGAGE, { name: 'New Client', phone: '77' })
  return t
}

const exported = async (t: TestStore) => value(await t.store.page['unsent.export']({}))
const imported = (t: TestStore, text: string) => t.store.page['unsent.import']({ text })

/** The same sources, read anew into an empty database. */
/** Another device: other ids for the same clients. */
async function testAnew(): Promise<TestStore> {
  const t = await testOpenStore({ random: testCreateRandom(20_077) })
  await sweep(t, FULL_ENGAGE, [remote('1', { name: 'Anna Larsen', notes: '1' }), remote('2', { name: 'Ben' })])
  await sweep(t, SPOTT, [remote('s', { firstName: 'Kim', lastName: 'Lund' })])
  return t
}

test('unsent work is a file that a person can read and that brings everything back, to the unit, held', async () => {
  const from = await testAtWork()
  const file = await exported(from)
  expect(file).toMatchObject({ edits: 2, localValues: 1 })
  expect(file.fileName).toMatch(/^clientele-unsent-work-\d{4}-\d\d-\d\d\.json$/)
  const { summary } = unsentWorkSchema.parse(JSON.parse(file.text))
  expect(summary.map((line) => [line.client, line.source, line.what])).toEqual([
    ['Anna Larsen', 'Studio A', `change: notes from “1” to “${NASTY}”`],
    ['New Client', 'Studio A', 'new client: name “New Client”; phone “77”'],
    ['Kim Lund', 'this device only', `notes “mine ${NASTY}”`],
  ])
  // No value can turn a line around or end it early.
  expect(file.text).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u)
  expect(file.text).toBe(new TextDecoder().decode(new TextEncoder().encode(file.text)))

  const to = await testAnew()
  const report = value(await imported(to, file.text))
  expect(report).toMatchObject({ edits: 2, localValues: 1, clients: 1, refused: [] })
  const queue = value(await to.store.page['queue.list']({}))
  expect(queue.map((edit) => [edit.clientName, edit.hold, edit.state])).toEqual([
    ['Anna Larsen', 'recovered', 'waiting'],
    ['New Client', 'recovered', 'waiting'],
  ])
  expect((await details(to, (await byName(to, 'Anna Larsen')).clientId)).field('notes')).toMatchObject({
    value: NASTY,
    sourceValue: '1',
  })
  expect((await details(to, (await byName(to, 'Kim Lund')).clientId)).field('notes')?.value).toBe(`mine ${NASTY}`)
  expect(value(await to.store.page['notices.list']({}))).toMatchObject([{ kind: 'import-done' }])
  // Values only: what the records are called in this database is another matter.
  const values = (text: string) =>
    unsentWorkSchema.parse(JSON.parse(text)).summary.map(({ client, what }) => [client, what])
  expect(values((await exported(to)).text).sort()).toEqual(values(file.text).sort())
})

test('importing twice changes nothing, nor does importing what is still here', async () => {
  const from = await testAtWork()
  const file = await exported(from)
  expect(value(await imported(from, file.text))).toMatchObject({ edits: 0, localValues: 0, clients: 0, refused: [] })
  const to = await testAnew()
  value(await imported(to, file.text))
  const before = await exported(to)
  const again = value(await imported(to, file.text))
  expect(again).toMatchObject({ edits: 0, localValues: 0, clients: 0, conflicts: 0, refused: [] })
  expect(again.known).toBeGreaterThan(0)
  expect((await exported(to)).text.replace(/"exportedAt".*/, '')).toBe(before.text.replace(/"exportedAt".*/, ''))
})

test('what is newer here stays; what the source has by now is not sent again', async () => {
  const from = await testAtWork()
  const file = await exported(from)
  const to = await testOpenStore()
  to.time.tick(60_000)
  await sweep(to, FULL_ENGAGE, [remote('1', { name: 'Anna Larsen', notes: NASTY })])
  await sweep(to, SPOTT, [remote('s', { firstName: 'Kim', lastName: 'Lund' })])
  await save(to, (await byName(to, 'Kim Lund')).clientId, { notes: 'newer' }, {})
  const report = value(await imported(to, file.text))
  // Only the new client is news.
  expect(report).toMatchObject({ edits: 1, localValues: 0, clients: 1 })
  expect((await details(to, (await byName(to, 'Kim Lund')).clientId)).field('notes')?.value).toBe('newer')
})

test('an edit that may have been sent comes back as one of unknown outcome, unchanged, and is looked at first', async () => {
  const from = await testAtWork()
  const { editId } = await send(from, FULL_ENGAGE)
  const file = await exported(from)
  const to = await testAnew()
  value(await imported(to, file.text))
  const sent = value(await to.store.page['queue.list']({})).find((edit) => edit.editId === editId)
  expect(sent).toMatchObject({ state: 'unknown-outcome', hold: 'recovered', attempts: 1 })
  // Held: the core is not given it.
  to.time.tick(600_000)
  expect(
    value(await to.store.sync['outbox.take']({ sourceId: FULL_ENGAGE, at: to.time.now(), hurry: true })).edit,
  ).toBeNull()
})

test('a new client that has arrived since is not made a second time', async () => {
  const t = await testOpenStore()
  await create(t, FULL_ENGAGE, { name: 'New Client', phone: '77' })
  const file = await exported(t)
  const { editId } = await send(t, FULL_ENGAGE)
  await settle(t, editId, { kind: 'done', record: remote('9', { name: 'New Client', phone: '77' }), writeSeq: 5000 })
  expect(value(await imported(t, file.text))).toMatchObject({ edits: 0, clients: 0 })
  expect(value(await t.store.page['queue.list']({}))).toEqual([])
})

test('work on a source that this profile does not have stays on this device; what cannot be placed is named', async () => {
  const from = await testAtWork()
  const file = await exported(from)
  const other = await testOpenStore()
  const sources = SOURCES.filter((source) => source.sourceId === CONNECT)
  value(await other.store.sync['sources.configure']({ sources, removed: [FULL_ENGAGE, SPOTT] }))
  const report = value(await imported(other, file.text))
  expect(report).toMatchObject({ edits: 0, clients: 3, refused: [] })
  expect(value(await other.store.page['queue.list']({}))).toEqual([])
  expect((await details(other, (await byName(other, 'Anna Larsen')).clientId)).field('notes')).toMatchObject({
    value: NASTY,
    origin: { kind: 'device' },
  })
  expect((await byName(other, 'New Client')).phone).toBe('77')
  expect(value(await imported(other, file.text))).toMatchObject({ edits: 0, clients: 0, localValues: 0 })

  const work = value(readUnsentFile(file.text))
  const nameless = work.rows.map(({ table, key, row }) => ({
    table,
    key,
    row: table === 'outbox' ? withoutAnchor(row) : row,
  }))
  const text = writeUnsentFile({ ...work, rows: nameless.filter((row) => row.table === 'outbox') })
  const refusedBy = value(await imported(await testAnew(), text))
  expect(refusedBy.refused.map((entry) => entry.because)).toEqual([
    'this client is not here, and the file does not say which one of which source it is',
    'this client is not here, and the file does not say which one of which source it is',
  ])
})

test('a file that is none of ours, newer, cut or changed is refused whole, each for its reason', async () => {
  const t = await testAtWork()
  const { text } = await exported(t)
  const rules: Record<string, string> = {
    'not-unsent-work': '{"name":"something else"}',
    'newer-format': text.replace('"v": 1', '"v": 2'),
    damaged: text.replaceAll('77', '78'),
  }
  for (const [rule, file] of Object.entries(rules)) {
    expect(await imported(t, file)).toEqual({ ok: false, error: { code: 'bad-input', field: 'file', rule } })
  }
  const rule = (cut: string) => {
    const read = readUnsentFile(cut)
    return read.ok || read.error.code !== 'bad-input' ? 'taken' : read.error.rule
  }
  expect(rule('PDF-1.4')).toBe('not-unsent-work')
  expect(rule(' '.repeat(64_000_001))).toBe('too-large')
  // Cut anywhere: never taken, never a half.
  for (let at = 0; at < text.length - 2; at += 7) expect(rule(text.slice(0, at))).toMatch(/damaged|not-unsent-work/)
  expect(rule(text)).toBe('taken')
})

function withoutAnchor(row: unknown) {
  const { anchor: _anchor, ...rest } = { ...Object(row) } as Fields & { anchor?: unknown }
  return rest as never
}
