import { expect, test } from 'vitest'
import { editIdSchema } from '../../../../shared/ids.ts'
import { recordProblemSchema } from '../../../../shared/model/record.ts'
import { testRefuseWrites } from '../../../support/test-refuse-writes.ts'
import {
  beginRun,
  byName,
  CLNT,
  details,
  everythingOnDisk,
  FULL_ENGAGE,
  names,
  page,
  remote,
  removeBySweeps,
  removeProven,
  runEnd,
  SPOTT,
  save,
  suspects,
  sweep,
  testOpenStore,
  value,
} from './test-open-store.ts'

const many = (count: number, from = 0) =>
  Array.from({ length: count }, (_, i) => remote(`r${from + i}`, { name: `Client ${from + i}`, phone: `${from + i}` }))

test('a page replayed is a no-op, a page too far is refused, and the checkpoint says where to go on', async () => {
  const t = await testOpenStore()
  const runId = await beginRun(t, FULL_ENGAGE)
  const first = page(FULL_ENGAGE, runId, 1, many(3))
  expect(value(await t.store.sync['run.applyPage'](first))).toMatchObject({ received: 3, written: 3 })
  expect(value(await t.store.sync['run.applyPage'](first))).toMatchObject({ received: 3, written: 0 })
  expect(await t.store.sync['run.applyPage'](page(FULL_ENGAGE, runId, 3, many(1, 9)))).toMatchObject({
    ok: false,
    error: { code: 'bad-input', rule: 'page-gap' },
  })
  expect(await names(t)).toHaveLength(3)
  t.store.close()
  const again = await testOpenStore({ idb: t.idb, time: t.time, epoch: 2 })
  expect(value(await again.store.sync['sources.checkpoints']({}))).toMatchObject([
    { run: { runId, seq: 1, position: 1, received: 3 } },
  ])
  expect(await beginRun(again, FULL_ENGAGE)).toBe(runId)
  expect(await names(again)).toHaveLength(3)
})

test('a page that cannot be stored leaves neither records nor checkpoint, on the disk or in memory', async () => {
  const t = await testOpenStore()
  const runId = await beginRun(t, FULL_ENGAGE)
  const { relaxed } = t.store.context.databases
  const goOn = testRefuseWrites(relaxed.sweepPages)
  expect(await t.store.sync['run.applyPage'](page(FULL_ENGAGE, runId, 1, many(3)))).toMatchObject({
    ok: false,
    error: { code: 'storage' },
  })
  expect(await names(t)).toEqual([])
  expect(await relaxed.heads.count()).toBe(0)
  expect(value(await t.store.page['counts.get']({})).storage).toBe('failed')
  goOn()
  expect(value(await t.store.sync['run.applyPage'](page(FULL_ENGAGE, runId, 1, many(3))))).toMatchObject({ written: 3 })
  expect(value(await t.store.page['counts.get']({}))).toMatchObject({ storage: 'ok', clients: 3 })
})

test('an unchanged sweep writes no record', async () => {
  const t = await testOpenStore()
  await sweep(t, FULL_ENGAGE, many(40))
  const segments = await t.store.context.databases.relaxed.heads.count()
  const { receipt } = await sweep(t, FULL_ENGAGE, many(40))
  expect(receipt).toMatchObject({ written: 0, unchanged: 40 })
  expect(await t.store.context.databases.relaxed.heads.count()).toBe(segments)
})

test('an older worker is refused: by the lease, and by the next owner of the database', async () => {
  const t = await testOpenStore()
  const runId = await beginRun(t, FULL_ENGAGE)
  const newer = await testOpenStore({ idb: t.idb, time: t.time, epoch: 2 })
  const fenced = { ok: false, error: { code: 'storage', kind: 'fenced' } }
  expect(await t.store.sync['run.applyPage'](page(FULL_ENGAGE, runId, 1, many(1)))).toEqual(fenced)
  expect(await t.store.page['client.create']({ sourceId: null, deviceOnly: true, fields: { name: 'Late' } })).toEqual(
    fenced,
  )
  expect(await names(newer)).toEqual([])
  // The lease alone: the same owner under an old epoch.
  value(await newer.store.context.writer.setEpoch(7))
  expect(await newer.store.sync['run.applyPage'](page(FULL_ENGAGE, runId, 1, many(1)))).toEqual(fenced)
})

test('F090 a page asked for before our write never undoes it, though it still counts as seen', async () => {
  const t = await testOpenStore()
  await sweep(t, FULL_ENGAGE, [remote('1', { name: 'Old' })])
  const { clientId } = await byName(t, 'Old')
  await save(t, clientId, { name: 'New' }, { name: 'Old' })
  const taken = value(await t.store.sync['outbox.take']({ sourceId: FULL_ENGAGE, at: t.time.now(), hurry: false }))
  const editId = editIdSchema.parse(taken.edit?.editId)
  const at = t.time.now()
  value(
    await t.store.sync['outbox.settle']({
      editId,
      attemptId: null,
      at,
      outcome: { kind: 'done', record: remote('1', { name: 'New' }), writeSeq: 9999 },
    }),
  )
  const runId = await beginRun(t, FULL_ENGAGE)
  const receipt = value(
    await t.store.sync['run.applyPage'](page(FULL_ENGAGE, runId, 1, [remote('1', { name: 'Old' })])),
  )
  expect(receipt).toMatchObject({ stale: 1, written: 0 })
  expect(await names(t)).toEqual(['New'])
})

test('a field the source left out keeps its value; null clears it', async () => {
  const t = await testOpenStore()
  await sweep(t, CLNT, [remote('c', { firstName: 'Di', email: 'di@example.org', phone: '+1' })])
  await sweep(t, CLNT, [remote('c', { firstName: 'Di', phone: null })])
  const di = await details(t, (await byName(t, 'Di')).clientId)
  expect(di.row).toMatchObject({ email: 'di@example.org', phone: null })
})

test('two entries of one id on a page are one client, and records that could not be read are kept to be shown', async () => {
  const t = await testOpenStore()
  const runId = await beginRun(t, FULL_ENGAGE)
  const problem = recordProblemSchema.parse({
    remoteId: 'x',
    index: 1,
    path: 'name',
    expected: 'string',
    found: 'number',
    rawText: '{}',
  })
  const receipt = value(
    await t.store.sync['run.applyPage']({
      ...page(FULL_ENGAGE, runId, 1, [remote('1', { name: 'A' }), remote('1', { name: 'B' })]),
      problems: [problem],
    }),
  )
  expect(receipt).toMatchObject({ duplicates: 1, written: 1, quarantined: 1 })
  expect(await names(t)).toEqual(['B'])
  expect(value(await t.store.page['problems.list']({ sourceId: FULL_ENGAGE }))).toEqual([problem])
  expect(value(await t.store.page['counts.get']({})).bySource[FULL_ENGAGE]).toMatchObject({ clients: 1, problems: 1 })
})

test('F099 a client that its source has again takes its old place, over a restart, too', async () => {
  const t = await testOpenStore()
  await sweep(t, FULL_ENGAGE, many(30))
  const gone = await byName(t, 'Client 7')
  const left = many(30).filter((r) => r.remoteId !== 'r7')
  const { verdict } = await sweep(t, FULL_ENGAGE, left)
  expect(verdict).toEqual({ missing: 1, held: null })
  expect(await removeProven(t, FULL_ENGAGE)).toBe(0)
  expect(await names(t)).toHaveLength(30)
  await sweep(t, FULL_ENGAGE, left)
  expect(await removeProven(t, FULL_ENGAGE)).toBe(1)
  expect(await names(t)).toHaveLength(29)
  t.store.close()
  const again = await testOpenStore({ idb: t.idb, time: t.time, epoch: 2 })
  expect(await names(again)).toHaveLength(29)
  await sweep(again, FULL_ENGAGE, many(30))
  expect((await byName(again, 'Client 7')).clientId).toBe(gone.clientId)
})

test('no removal without proof: unproven, partial or incremental runs, new records, records with waiting edits', async () => {
  const t = await testOpenStore()
  await sweep(t, FULL_ENGAGE, many(3))
  const edited = await byName(t, 'Client 2')
  await save(t, edited.clientId, { phone: '9' }, { phone: '2' })
  t.time.tick(10)
  for (const more of [{ proof: 'none' }, { outcome: 'partial' }, { kind: 'incremental' }]) {
    const runId = await beginRun(t, FULL_ENGAGE)
    value(await t.store.sync['run.applyPage'](page(FULL_ENGAGE, runId, 1, many(1))))
    expect(value(await t.store.sync['run.end'](runEnd(t, FULL_ENGAGE, runId, { size: 1, ...more })))).toMatchObject({
      held: null,
    })
    expect(await suspects(t, FULL_ENGAGE)).toMatchObject({ suspects: 0, proven: 0 })
    if ('outcome' in more)
      expect(value(await t.store.sync['run.end'](runEnd(t, FULL_ENGAGE, runId, { outcome: 'void' }))).missing).toBe(0)
  }
  // One is new, one is being edited: the third is missing.
  const { verdict } = await sweep(t, FULL_ENGAGE, many(1))
  expect(verdict.missing).toBe(1)
  expect([...t.store.context.book.suspects.values()].map((row) => row.remoteId)).toEqual(['r1'])
})

test('too many missing at once, or an empty answer, is held until the user says which it is', async () => {
  const t = await testOpenStore()
  await sweep(t, FULL_ENGAGE, many(40))
  const { verdict } = await sweep(t, FULL_ENGAGE, many(30))
  expect(verdict).toMatchObject({
    missing: 10,
    held: { missing: 10, seen: 30, had: 40, because: 'too-many' },
  })
  expect(value(await t.store.page['counts.get']({})).heldRemovals).toBe(1)
  t.store.close()
  const again = await testOpenStore({ idb: t.idb, time: t.time, epoch: 2 })
  expect(value(await again.store.sync['removal.held']({ sourceId: FULL_ENGAGE }))).toEqual({
    missing: 10,
    seen: 30,
    had: 40,
    because: 'too-many',
  })
  value(await again.store.sync['removal.settle']({ sourceId: FULL_ENGAGE, decision: 'keep', at: 1 }))
  expect(await names(again)).toHaveLength(40)
  const empty = await sweep(again, FULL_ENGAGE, [])
  expect(empty.verdict.held).toEqual({ missing: 40, seen: 0, had: 40, because: 'empty' })
  value(await again.store.sync['removal.settle']({ sourceId: FULL_ENGAGE, decision: 'remove', at: 1 }))
  expect(await names(again)).toEqual([])
})

test('a client removed at its source that has values of this device stays, as one of this device', async () => {
  const t = await testOpenStore()
  await sweep(t, SPOTT, [remote('a', { firstName: 'Kim' }), remote('b', { firstName: 'Lee' })])
  const kim = await byName(t, 'Kim')
  await save(t, kim.clientId, { notes: 'calls on Fridays' }, {})
  expect(await removeBySweeps(t, SPOTT, [remote('b', { firstName: 'Lee' })])).toBe(1)
  t.store.close()
  const again = await testOpenStore({ idb: t.idb, time: t.time, epoch: 2 })
  const left = await details(again, kim.clientId)
  expect(left.row).toMatchObject({ name: 'Kim', sourceIds: [] })
  expect(left.field('notes').value).toBe('calls on Fridays')
  await sweep(again, SPOTT, [remote('a', { firstName: 'Kimi' }), remote('b', { firstName: 'Lee' })])
  const back = await details(again, kim.clientId)
  expect(back.row).toMatchObject({ name: 'Kimi', sourceIds: [SPOTT] })
  expect(back.field('notes')).toMatchObject({ value: 'calls on Fridays', origin: { kind: 'device' } })
})

test('forgetting sensitive fields leaves them nowhere: rows, raw, search, timeline; values of this device stay', async () => {
  const t = await testOpenStore()
  const before = { firstName: 'Wanda', email: 'secret.before@example.org', phone: '+4412345678' }
  await sweep(t, CLNT, [remote('c1', before, { fallbackName: 'REF-1' })])
  const { clientId } = await byName(t, 'Wanda')
  await save(t, clientId, { notes: 'mine', phone: '999' }, {})
  await sweep(t, CLNT, [remote('c1', { ...before, email: 'secret.after@example.org' }, { fallbackName: 'REF-1' })])
  const purge = {
    sourceId: CLNT,
    fields: ['email', 'firstName', 'lastName', 'phone'] as const,
    rawKeys: ['email', 'firstName', 'phone'],
  }
  expect(value(await t.store.sync['records.purgeFields']({ ...purge, fields: [...purge.fields] }))).toEqual({
    changed: 1,
  })
  expect(await names(t)).toEqual(['999'])
  expect(await names(t, 'wanda')).toEqual([])
  expect(await names(t, 'secret')).toEqual([])
  expect(await everythingOnDisk(t)).not.toMatch(/Wanda|secret|4412345678/)
  const left = await details(t, clientId)
  expect(left.field('notes').value).toBe('mine')
  expect(left.records[0]?.raw).toEqual({ id: 'c1' })
  // Switched on again, they return with the next sweep.
  await sweep(t, CLNT, [remote('c1', before, { fallbackName: 'REF-1' })])
  expect(await names(t)).toEqual(['Wanda'])
})

test('a source that is merely not named keeps its clients and its edits', async () => {
  const t = await testOpenStore()
  await sweep(t, FULL_ENGAGE, many(3))
  await save(t, (await byName(t, 'Client 1')).clientId, { phone: 'x1' }, {})
  value(await t.store.sync['sources.configure']({ sources: [], removed: [] }))
  expect(await names(t)).toHaveLength(3)
  expect(value(await t.store.page['queue.list']({}))).toHaveLength(1)
})

test('a source that the user has removed goes with all that is its own, and leaves what is the user’s', async () => {
  const t = await testOpenStore()
  await sweep(t, FULL_ENGAGE, many(3))
  await sweep(t, SPOTT, [remote('a', { firstName: 'Kim' })])
  const client = await byName(t, 'Client 1')
  await save(t, client.clientId, { phone: 'x1', company: 'c' }, {})
  const kept = [...t.store.context.book.sources.values()].filter((source) => source.sourceId !== FULL_ENGAGE)
  value(await t.store.sync['sources.configure']({ sources: kept, removed: [FULL_ENGAGE] }))
  expect((await names(t)).toSorted()).toEqual(['Client 1', 'Kim'])
  const { relaxed } = t.store.context.databases
  expect(await relaxed.outbox.count()).toBe(0)
  expect((await relaxed.overlays.toArray()).map((row) => row.recordId)).toEqual([client.recordId])
  expect(await relaxed.heads.where('sourceId').equals(FULL_ENGAGE).count()).toBe(0)
})

test('forgetting reaches clients that their source has removed, and what could be undone', async () => {
  const t = await testOpenStore()
  const wanda = remote('c1', { firstName: 'Wanda', email: 'secret@example.org' }, { fallbackName: 'REF-1' })
  await sweep(t, CLNT, [wanda, remote('c2', { firstName: 'Lee' }), remote('c3', { firstName: 'Max' })])
  const { clientId } = await byName(t, 'Wanda')
  await save(t, clientId, { notes: 'mine', email: 'own@example.org' }, { email: 'secret@example.org' })
  expect(await removeBySweeps(t, CLNT, [remote('c2', { firstName: 'Lee' }), remote('c3', {})])).toBe(1)
  value(
    await t.store.sync['records.purgeFields']({ sourceId: CLNT, fields: ['email', 'firstName'], rawKeys: ['email'] }),
  )
  expect(await everythingOnDisk(t)).not.toMatch(/Wanda|secret/)
  const left = await details(t, clientId)
  expect([left.field('email').value, left.field('notes').value]).toEqual(['own@example.org', 'mine'])
})
