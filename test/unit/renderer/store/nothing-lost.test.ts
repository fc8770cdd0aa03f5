import { expect, test } from 'vitest'
import { type RemoteId, remoteIdSchema } from '../../../../shared/ids.ts'
import {
  beginRun,
  byName,
  CONNECT,
  details,
  FULL_ENGAGE,
  names,
  page,
  remote,
  runEnd,
  save,
  send,
  settle,
  sweep,
  type TestStore,
  take,
  testOpenStore,
  value,
} from './test-open-store.ts'

const RESET = { code: 'unreachable', reason: 'reset', sent: true, detail: null } as const
const SERVER = { code: 'server-error', status: 500, retryAfterMs: null, vendorText: null } as const
const ID: RemoteId = remoteIdSchema.parse('r1')

async function withRecords(...records: Parameters<typeof sweep>[2]): Promise<TestStore> {
  const t = await testOpenStore()
  await sweep(t, FULL_ENGAGE, records)
  return t
}

test('a delete is compared with what the user saw, not with what a later pull brought', async () => {
  const t = await withRecords(remote('r1', { name: 'Ada', notes: 'seen' }))
  const { clientId } = await byName(t, 'Ada')
  value(await t.store.page['client.delete']({ clientId }))
  await sweep(t, FULL_ENGAGE, [remote('r1', { name: 'Ada', notes: 'written since' })])
  t.time.tick(11_000)
  expect(await take(t, FULL_ENGAGE)).toMatchObject({ synced: { notes: 'seen' } })
})

test('a delete behind our own edit takes that edit for granted, and nothing else', async () => {
  const t = await withRecords(remote('r1', { name: 'Ada', phone: '1', notes: 'seen' }))
  const { clientId } = await byName(t, 'Ada')
  await save(t, clientId, { phone: '2' }, { phone: '1' })
  const { editId } = await send(t, FULL_ENGAGE)
  value(await t.store.page['client.delete']({ clientId }))
  const answer = remote('r1', { name: 'Ada', phone: '2', notes: 'by others' })
  await settle(t, editId, { kind: 'done', record: answer, writeSeq: 5 })
  t.time.tick(11_000)
  expect(await take(t, FULL_ENGAGE)).toMatchObject({ synced: { phone: '2', notes: 'seen' } })
})

test('F090 a page asked for before our delete does not bring the client back; one asked for after it does', async () => {
  const t = await withRecords(remote('r1', { name: 'Ada' }))
  value(await t.store.page['client.delete']({ clientId: (await byName(t, 'Ada')).clientId }))
  t.time.tick(11_000)
  const { editId } = await send(t, FULL_ENGAGE)
  const runId = await beginRun(t, FULL_ENGAGE)
  await settle(t, editId, { kind: 'done', record: null, writeSeq: 2000 })
  value(await t.store.sync['run.applyPage'](page(FULL_ENGAGE, runId, 1, [remote('r1', { name: 'Ada' })])))
  expect(await names(t)).toEqual([])
  const later = { ...page(FULL_ENGAGE, runId, 2, [remote('r1', { name: 'Ada' })]), requestSeq: 2001 }
  value(await t.store.sync['run.applyPage'](later))
  expect(await names(t)).toEqual(['Ada'])
})

test('sent values stand although the answer to a create does not repeat them', async () => {
  const t = await testOpenStore()
  await sweep(t, CONNECT, [])
  const fields = { firstName: 'Ona', email: 'ona@example.org', phone: '1', notes: 'n' }
  const { clientId } = value(await t.store.page['client.create']({ sourceId: CONNECT, deviceOnly: false, fields }))
  const { editId } = await send(t, CONNECT, [])
  const answer = remote('7', { firstName: 'Ona', lastName: null, email: 'ona@example.org' })
  await settle(t, editId, { kind: 'done', record: answer, writeSeq: 5 })
  const shown = await details(t, clientId)
  expect([shown.field('phone').value, shown.field('notes').value]).toEqual(['1', 'n'])
  expect(shown.field('phone').origin.kind).toBe('source')
})

test('F089 clients sent while a sweep ran are not missing from it, nor from one that a lagging copy answers', async () => {
  const t = await testOpenStore()
  await sweep(t, CONNECT, [])
  const made = 7
  for (let n = 0; n < made; n++) {
    const fields = { firstName: `New ${n}`, email: `${n}@example.org` }
    value(await t.store.page['client.create']({ sourceId: CONNECT, deviceOnly: false, fields }))
  }
  t.time.tick(60_000)
  const startedAt = t.time.now()
  const runId = await beginRun(t, CONNECT)
  t.time.tick(1000)
  for (let n = 0; n < made; n++) {
    const { edit, editId } = await send(t, CONNECT, [])
    const sent = Object.fromEntries(edit.changes.map((c) => [c.field, c.to]))
    await settle(t, editId, { kind: 'done', record: remote(`${n}`, sent), writeSeq: 5 + n })
  }
  value(await t.store.sync['run.applyPage'](page(CONNECT, runId, 1, [])))
  const verdict = value(await t.store.sync['run.end'](runEnd(t, CONNECT, runId, { startedAt })))
  expect(verdict).toEqual({ missing: 0, held: null })
})

test('every field of a later edit starts from the answer to the one before', async () => {
  const t = await withRecords(remote('r1', { name: 'Ada', phone: '1', notes: 'a' }))
  const { clientId } = await byName(t, 'Ada')
  await save(t, clientId, { phone: '2', notes: 'b' }, { phone: '1', notes: 'a' })
  const { editId } = await send(t, FULL_ENGAGE)
  await save(t, clientId, { phone: '3', notes: 'c' }, { phone: '2', notes: 'b' })
  const answer = remote('r1', { name: 'Ada', phone: '+2', notes: 'B' })
  await settle(t, editId, { kind: 'done', record: answer, writeSeq: 5 })
  const next = (await take(t, FULL_ENGAGE)).edit
  expect(next?.changes).toEqual([
    { field: 'phone', from: '+2', to: '3' },
    { field: 'notes', from: 'B', to: 'c' },
  ])
})

test('a value that the source cleared in its answer is the base of the next edit', async () => {
  const t = await withRecords(remote('r1', { name: 'Ada', notes: 'a' }))
  const { clientId } = await byName(t, 'Ada')
  await save(t, clientId, { notes: 'b' }, { notes: 'a' })
  const { editId } = await send(t, FULL_ENGAGE)
  await save(t, clientId, { notes: 'c' }, { notes: 'b' })
  await settle(t, editId, { kind: 'done', record: remote('r1', { name: 'Ada', notes: null }), writeSeq: 5 })
  expect((await take(t, FULL_ENGAGE)).edit?.changes).toEqual([{ field: 'notes', from: null, to: 'c' }])
})

test('F156 a field that the source changes while another is disputed joins the question; nothing unseen is overwritten', async () => {
  const t = await withRecords(remote('r1', { name: 'Ada', phone: '1', notes: 'a' }))
  const { clientId } = await byName(t, 'Ada')
  await save(t, clientId, { phone: '2', notes: 'mine' }, { phone: '1', notes: 'a' })
  const { editId } = await take(t, FULL_ENGAGE)
  if (editId === null) throw new Error('nothing taken')
  await settle(t, editId, {
    kind: 'conflict',
    conflict: 'field',
    remote: remote('r1', { name: 'Ada', phone: null, notes: 'a' }),
    fields: [{ field: 'phone', base: '1', mine: '2', theirs: null }],
    merged: ['notes'],
    candidates: [],
  })
  await sweep(t, FULL_ENGAGE, [remote('r1', { name: 'Ada', phone: '9', notes: 'theirs, later' })])
  const [conflict] = value(await t.store.page['conflicts.list']({}))
  if (conflict === undefined) throw new Error('no conflict')
  expect(conflict.fields).toEqual([
    { field: 'phone', base: '1', mine: '2', theirs: '9' },
    { field: 'notes', base: 'a', mine: 'mine', theirs: 'theirs, later' },
  ])
  const { conflictId } = conflict
  expect(
    await t.store.page['conflict.resolve']({ conflictId, choices: { phone: 'mine' }, seen: { phone: '9' } }),
  ).toEqual({
    ok: false,
    error: { code: 'bad-input', field: 'notes', rule: 'choice-required' },
  })
  const seen = { phone: '9', notes: 'theirs, later' }
  value(await t.store.page['conflict.resolve']({ conflictId, choices: { phone: 'mine', notes: 'theirs' }, seen }))
  // The base is what the user has seen, so the next read before the write finds a further change.
  expect((await take(t, FULL_ENGAGE)).edit?.changes).toEqual([{ field: 'phone', from: '9', to: '2' }])
})

test('a create that may have left before a bug is looked for, not sent, when it is retried', async () => {
  const t = await testOpenStore()
  await sweep(t, FULL_ENGAGE, [])
  value(await t.store.page['client.create']({ sourceId: FULL_ENGAGE, deviceOnly: false, fields: { name: 'Ona' } }))
  const { editId } = await send(t, FULL_ENGAGE, [])
  await settle(t, editId, { kind: 'needs-attention', error: { code: 'internal', incident: 'x' } })
  value(await t.store.page['edit.retry']({ editId }))
  expect(await take(t, FULL_ENGAGE)).toMatchObject({
    wasUnknown: true,
    edit: { frozenBody: { name: 'Ona' }, looks: 1 },
  })
})

test('a refusal of the second sending says nothing of the first one', async () => {
  const t = await testOpenStore()
  await sweep(t, FULL_ENGAGE, [])
  value(await t.store.page['client.create']({ sourceId: FULL_ENGAGE, deviceOnly: false, fields: { name: 'Ona' } }))
  const { editId } = await send(t, FULL_ENGAGE, [])
  await settle(t, editId, { kind: 'unknown', at: t.time.now(), error: RESET })
  t.time.tick(200_000)
  await send(t, FULL_ENGAGE)
  const error = { code: 'rate-limited', status: 429, retryAfterMs: 1000 } as const
  await settle(t, editId, { kind: 'retry', at: t.time.now() + 1000, error, countAttempt: false })
  t.time.tick(2000)
  expect((await take(t, FULL_ENGAGE)).wasUnknown).toBe(true)
})

test('the record of one create is not taken for the answer to another of the same words', async () => {
  const t = await testOpenStore()
  await sweep(t, FULL_ENGAGE, [])
  const twin = { sourceId: FULL_ENGAGE, deviceOnly: false, fields: { name: 'Ona' } }
  value(await t.store.page['client.create'](twin))
  const first = await send(t, FULL_ENGAGE, [])
  await settle(t, first.editId, { kind: 'unknown', at: t.time.now() + 2000, error: RESET })
  value(await t.store.page['client.create'](twin))
  const second = await send(t, FULL_ENGAGE, [])
  await settle(t, second.editId, { kind: 'done', record: remote('r2', { name: 'Ona' }), writeSeq: 5 })
  t.time.tick(3000)
  expect(await take(t, FULL_ENGAGE)).toMatchObject({ editId: first.editId, edit: { fence: ['r2'] } })
})

test('an edit that fails each time does not keep the others waiting', async () => {
  const t = await withRecords(remote('r1', { name: 'Ada' }), remote('r2', { name: 'Bea' }))
  await save(t, (await byName(t, 'Ada')).clientId, { notes: 'x' }, {})
  t.time.tick(10)
  await save(t, (await byName(t, 'Bea')).clientId, { notes: 'y' }, {})
  const first = await take(t, FULL_ENGAGE)
  if (first.editId === null) throw new Error('nothing taken')
  await settle(t, first.editId, { kind: 'retry', at: t.time.now() + 500, error: SERVER, countAttempt: false })
  t.time.tick(5000)
  expect((await take(t, FULL_ENGAGE)).edit?.remoteId).toBe('r2')
})

test('an edit whose record cannot be read any more is in nobody’s way', async () => {
  const t = await withRecords(remote('r1', { name: 'Ada' }), remote('r2', { name: 'Bea' }))
  const ada = await byName(t, 'Ada')
  await save(t, ada.clientId, { notes: 'x' }, {})
  await save(t, (await byName(t, 'Bea')).clientId, { notes: 'y' }, {})
  t.store.context.book.heads.delete(ada.recordId)
  expect((await take(t, FULL_ENGAGE)).edit?.remoteId).toBe('r2')
  expect(value(await t.store.page['queue.list']({}))).toHaveLength(2)
})

test('a hurry ends the delays that wait, once: what fails again waits again', async () => {
  const t = await withRecords(remote('r1', { name: 'Ada' }), remote('r2', { name: 'Bea' }))
  const edits = []
  for (const name of ['Ada', 'Bea']) {
    await save(t, (await byName(t, name)).clientId, { notes: 'x' }, {})
    const { editId } = await send(t, FULL_ENGAGE)
    await settle(t, editId, { kind: 'unknown', at: t.time.now() + 60_000, error: RESET })
    edits.push(editId)
  }
  const hurried = await take(t, FULL_ENGAGE, true)
  if (hurried.editId === null) throw new Error('nothing taken')
  await settle(t, hurried.editId, { kind: 'unknown', at: t.time.now() + 60_000, error: RESET })
  const other = await take(t, FULL_ENGAGE)
  expect([hurried.editId, other.editId].sort()).toEqual([...edits].sort())
  if (other.editId === null) throw new Error('nothing taken')
  await settle(t, other.editId, { kind: 'unknown', at: t.time.now() + 60_000, error: RESET })
  expect((await take(t, FULL_ENGAGE)).edit).toBeNull()
})

test('an answer of the store that got lost blocks nothing: its edit waits again', async () => {
  const t = await withRecords(remote('r1', { name: 'Ada' }))
  await save(t, (await byName(t, 'Ada')).clientId, { notes: 'x' }, {})
  await take(t, FULL_ENGAGE)
  value(await t.store.sync['outbox.recover']({ at: t.time.now(), sourceId: CONNECT }))
  expect((await take(t, FULL_ENGAGE)).edit).toBeNull()
  value(await t.store.sync['outbox.recover']({ at: t.time.now(), sourceId: FULL_ENGAGE }))
  expect((await take(t, FULL_ENGAGE)).edit?.remoteId).toBe('r1')
})

test('a held removal spares what has been seen again since', async () => {
  const all = Array.from({ length: 10 }, (_, n) => remote(`r${n}`, { name: `N${n}` }))
  const t = await withRecords(...all)
  expect((await sweep(t, FULL_ENGAGE, [])).verdict.held).not.toBeNull()
  t.time.tick(1000)
  const runId = await beginRun(t, FULL_ENGAGE)
  const back = all.filter((record) => record.remoteId === ID)
  value(await t.store.sync['run.applyPage'](page(FULL_ENGAGE, runId, 1, back)))
  value(await t.store.sync['run.end'](runEnd(t, FULL_ENGAGE, runId, { proof: 'none' })))
  const settled = await t.store.sync['removal.settle']({ sourceId: FULL_ENGAGE, decision: 'remove', at: t.time.now() })
  expect(value(settled)).toEqual({ removed: 9 })
  expect(await names(t)).toEqual(['N1'])
})

test('a create that was asked about twice can be sent again by the user, after another look', async () => {
  const t = await testOpenStore()
  await sweep(t, FULL_ENGAGE, [])
  value(await t.store.page['client.create']({ sourceId: FULL_ENGAGE, deviceOnly: false, fields: { name: 'Ona' } }))
  const { editId } = await send(t, FULL_ENGAGE, [])
  await settle(t, editId, { kind: 'unknown', at: t.time.now(), error: RESET })
  await send(t, FULL_ENGAGE)
  await settle(t, editId, { kind: 'unknown', at: t.time.now(), error: RESET })
  await take(t, FULL_ENGAGE)
  await settle(t, editId, { kind: 'needs-attention', error: RESET })
  value(await t.store.page['edit.retry']({ editId }))
  expect(await take(t, FULL_ENGAGE)).toMatchObject({ wasUnknown: true, edit: { attempts: 1 } })
})

test('edits made behind a delete survive its being taken back, on top of those made before it', async () => {
  const t = await withRecords(remote('r1', { name: 'Ada', phone: '0', notes: null }))
  const { clientId } = await byName(t, 'Ada')
  await save(t, clientId, { phone: '1', notes: 'a' }, { phone: '0', notes: null })
  const { editId } = value(await t.store.page['client.delete']({ clientId }))
  if (editId === null) throw new Error('nothing queued')
  await save(t, clientId, { phone: '2', notes: null }, { phone: '1', notes: 'a' })
  value(await t.store.page['edit.discard']({ editId }))
  expect((await take(t, FULL_ENGAGE)).edit?.changes).toEqual([{ field: 'phone', from: '0', to: '2' }])
  const shown = await details(t, clientId)
  expect(shown.field('notes')).toMatchObject({ value: null, origin: { kind: 'source' } })
})

test('F156 the remote changes again while a conflict is open: the newest is shown, and a decision about the older is refused', async () => {
  const t = await withRecords(remote('r1', { name: 'Ada', phone: '0' }))
  const { clientId } = await byName(t, 'Ada')
  await save(t, clientId, { phone: '1' }, { phone: '0' })
  const { editId } = await take(t, FULL_ENGAGE)
  if (editId === null) throw new Error('nothing taken')
  const theirs = remote('r1', { name: 'Ada', phone: '8' })
  const field = { field: 'phone', base: '0', mine: '1', theirs: '8' } as const
  const conflict = { kind: 'conflict', conflict: 'field', merged: [], candidates: [] } as const
  await settle(t, editId, { ...conflict, remote: theirs, fields: [field] })
  await save(t, clientId, { phone: '2' }, { phone: '1' })
  await sweep(t, FULL_ENGAGE, [remote('r1', { name: 'Ada', phone: '9' })])
  const [open] = value(await t.store.page['conflicts.list']({}))
  if (open === undefined) throw new Error('no conflict')
  expect(open.fields).toEqual([{ field: 'phone', base: '0', mine: '2', theirs: '9' }])
  const decide = (seen: { phone: string } | null) =>
    t.store.page['conflict.resolve']({
      conflictId: open.conflictId,
      choices: { phone: 'mine' },
      ...(seen === null ? {} : { seen }),
    })
  const refusal = { ok: false, error: { code: 'bad-input', field: 'phone', rule: 'changed-meanwhile' } }
  expect(await decide({ phone: '8' })).toMatchObject(refusal)
  expect(await decide(null)).toMatchObject(refusal)
  expect((await take(t, FULL_ENGAGE)).edit).toBeNull()
  value(await decide({ phone: '9' }))
  expect((await take(t, FULL_ENGAGE)).edit?.changes).toEqual([{ field: 'phone', from: '9', to: '2' }])
})

test('a client deleted twice is deleted once, and taking it back brings its edits back', async () => {
  const t = await withRecords(remote('r1', { name: 'Ada', notes: null }))
  const { clientId } = await byName(t, 'Ada')
  await save(t, clientId, { notes: 'a' }, { notes: null })
  const first = value(await t.store.page['client.delete']({ clientId })).editId
  const second = value(await t.store.page['client.delete']({ clientId })).editId
  if (first === null) throw new Error('nothing queued')
  expect(second).toBe(first)
  value(await t.store.page['edit.discard']({ editId: first }))
  expect((await take(t, FULL_ENGAGE)).edit?.changes).toEqual([{ field: 'notes', from: null, to: 'a' }])
})
