import { afterEach, expect, test } from 'vitest'
import { checkpointFacts, kindOfNext } from '../../electron/core/sync/checkpoint-facts.ts'
import { createTestimonialReader } from '../../electron/core/sync/testimonials-run.ts'
import { READING_VERSION } from '../../shared/connector/reading-version.ts'
import { createRunId, remoteIdSchema, runIdSchema } from '../../shared/ids.ts'
import { noCheckpoint } from '../../shared/model/checkpoint.ts'
import { recordProblemSchema } from '../../shared/model/record.ts'
import type { Testimonial } from '../../shared/model/testimonial.ts'
import { switchedOff } from '../../shared/safety/switched-off.ts'
import { testRefuseWrites } from '../support/test-refuse-writes.ts'
import {
  beginRun,
  byName,
  CLNT,
  details,
  FULL_ENGAGE,
  names,
  page,
  remote,
  SPOTT,
  save,
  sweep,
  type TestStore,
  testOpenStore,
  value,
} from '../unit/renderer/store/test-open-store.ts'

afterEach(() => {
  switchedOff.clear()
})

const reopen = (t: TestStore): Promise<TestStore> => {
  t.store.close()
  return testOpenStore({ idb: t.idb, time: t.time, epoch: t.time.now() })
}

test('F046 an id that was 7 and is "7" is one client', async () => {
  const t = await testOpenStore()
  await sweep(t, FULL_ENGAGE, [remote('7', { name: 'A' }, { raw: { id: 7, name: 'A' } })])
  const { clientId } = await byName(t, 'A')
  await sweep(t, FULL_ENGAGE, [remote('7', { name: 'A' }, { raw: { id: '7', name: 'A' } })])
  expect(await names(t)).toEqual(['A'])
  expect((await byName(t, 'A')).clientId).toBe(clientId)
})

test('F048 F063 what came of a page adds up: written, unchanged, stale, set aside and double', async () => {
  const t = await testOpenStore()
  await sweep(t, FULL_ENGAGE, [remote('0', { name: 'Zero' })])
  t.time.tick(660_000)
  const runId = await beginRun(t, FULL_ENGAGE)
  const records = [
    remote('0', { name: 'Zero' }),
    ...Array.from({ length: 98 }, (_, n) => remote(`${n + 1}`, { name: `N${n + 1}` })),
    remote('5', { name: 'Five again' }),
  ]
  const problem = recordProblemSchema.parse({
    remoteId: '99',
    index: 99,
    path: 'data[99].name',
    expected: 'text',
    found: 'object',
    rawText: '{}',
  })
  const sent = { ...page(FULL_ENGAGE, runId, 1, records), problems: [problem] }
  const receipt = value(await t.store.sync['run.applyPage'](sent))
  expect(receipt).toEqual({
    received: 101,
    written: 98,
    unchanged: 1,
    stale: 0,
    quarantined: 1,
    duplicates: 1,
    wanted: [],
  })
  expect(await names(t, 'Five again')).toEqual(['Five again'])
  expect(value(await t.store.page['problems.list']({ sourceId: FULL_ENGAGE }))).toHaveLength(1)
})

test('F051 a field that stops arriving keeps its value', async () => {
  const run = async (off: boolean): Promise<string | null> => {
    const t = await testOpenStore()
    if (off) switchedOff.add('absent-is-unknown')
    await sweep(t, CLNT, [remote('c', { firstName: 'Di', email: 'di@example.org' })])
    await sweep(t, CLNT, [remote('c', { firstName: 'Di' })])
    return (await details(t, (await byName(t, 'Di')).clientId)).row.email
  }
  expect(await run(false)).toBe('di@example.org')
  expect(await run(true)).toBeNull()
})

test('F052 a field that becomes null is cleared', async () => {
  const t = await testOpenStore()
  await sweep(t, CLNT, [remote('c', { firstName: 'Di', email: 'di@example.org' })])
  await sweep(t, CLNT, [remote('c', { firstName: 'Di', email: null })])
  expect((await details(t, (await byName(t, 'Di')).clientId)).row.email).toBeNull()
})

test('F053 an unknown status is shown as it is, and an edit of something else does not send it back', async () => {
  const t = await testOpenStore()
  await sweep(t, FULL_ENGAGE, [remote('1', { name: 'A', status: 'hibernating' })])
  const { clientId } = await byName(t, 'A')
  expect((await details(t, clientId)).field('status').value).toBe('hibernating')
  await save(t, clientId, { phone: '1' }, {})
  const [edit] = [...t.store.context.book.edits.values()]
  expect(edit?.changes.map((change) => change.field)).toEqual(['phone'])
})

test('F059 lone surrogates, NUL, bidi and zero-width marks are read back from the database as they came', async () => {
  const odd = 'Zoë \ud83d\ude00 \ud800 \udfff \u0000 \u202e \u200b \ufeff "\\'
  let t = await testOpenStore()
  await sweep(t, FULL_ENGAGE, [remote('1', { name: 'A', notes: odd }, { raw: { id: '1', notes: odd } })])
  const { clientId } = await byName(t, 'A')
  expect((await details(t, clientId)).field('notes').value).toBe(odd)
  await save(t, clientId, { notes: `x${odd}y` }, { notes: odd })
  t = await reopen(t)
  const back = await details(t, clientId)
  expect(back.field('notes').value).toBe(`x${odd}y`)
  expect(back.records[0]?.raw).toEqual({ id: '1', notes: odd })
  await sweep(t, FULL_ENGAGE, [remote('1', { name: 'A', notes: odd }, { raw: { id: '1', notes: odd } })])
  expect(t.store.context.book.overlays.size).toBe(1)
})

test('F060 F061 the order of members, and 0 for -0, make no other record: nothing is written', async () => {
  const t = await testOpenStore()
  const write = (raw: object, extra: readonly string[]) =>
    sweep(t, FULL_ENGAGE, [
      remote(
        '1',
        { name: 'A' },
        {
          raw: JSON.parse(JSON.stringify(raw)),
          extra: extra.map((key) => ({ key, label: key, value: key, filledBy: null })),
        },
      ),
    ])
  await write({ id: '1', a: { x: 1, y: [{ p: 1, q: 2 }] }, debt: 0 }, ['a', 'b'])
  const { receipt } = await write({ debt: -0, a: { y: [{ q: 2, p: 1 }], x: 1 }, id: '1' }, ['b', 'a'])
  expect(receipt).toMatchObject({ written: 0, unchanged: 1 })
  // The order of a list is a value.
  expect((await write({ id: '1', a: { x: 1, y: [{ p: 1, q: 2 }, 3] }, debt: 0 }, ['a', 'b'])).receipt.written).toBe(1)
})

test('F065 the switch for sensitive fields is turned in the middle of a run: another run, and no field is emptied', async () => {
  const t = await testOpenStore()
  await sweep(t, CLNT, [remote('c', { firstName: 'Di', email: 'di@example.org' }), remote('d', { firstName: 'Ed' })])
  const runId = await beginRun(t, CLNT)
  value(await t.store.sync['run.applyPage'](page(CLNT, runId, 1, [remote('c', { firstName: 'Di' })])))
  const begun = value(
    await t.store.sync['run.begin']({
      sourceId: CLNT,
      runId: createRunId(t.random),
      kind: 'full',
      paramsHash: 'without sensitive fields',
      startedAt: t.time.now(),
      tenant: 'account',
      resume: true,
    }),
  )
  expect(begun.run?.runId).not.toBe(runId)
  expect(begun.run).toMatchObject({ seq: 0, position: null })
  // A page that was still on its way belongs to no run any more.
  const late = await t.store.sync['run.applyPage'](page(CLNT, runId, 2, [remote('d', { firstName: null })]))
  expect(late).toMatchObject({ ok: false, error: { code: 'missing' } })
  const next = runIdSchema.parse(begun.run?.runId)
  value(await t.store.sync['run.applyPage'](page(CLNT, next, 1, [remote('c', {}), remote('d', {})])))
  expect((await details(t, (await byName(t, 'Di')).clientId)).row.email).toBe('di@example.org')
})

test('F067 records are read by new rules: stored anew from the next sweep, without an edit, a conflict or a line of history', async () => {
  const t = await testOpenStore()
  const raw = { id: '1', name: 'A', phone: '001555' }
  await sweep(t, SPOTT, [remote('1', { name: 'A', phone: '001555' }, { raw })])
  const { clientId } = await byName(t, 'A')
  await save(t, clientId, { phone: '999' }, { phone: '001555' })
  const history = async () => value(await t.store.page['clients.timeline']({ clientId, limit: 50 }))
  const before = await history()
  const { receipt } = await sweep(t, SPOTT, [remote('1', { name: 'A', phone: '+1555' }, { raw })])
  expect(receipt.written).toBe(1)
  expect(await history()).toEqual(before)
  expect(value(await t.store.page['queue.list']({}))).toEqual([])
  expect(value(await t.store.page['notices.list']({}))).toEqual([])
  const phone = (await details(t, clientId)).field('phone')
  expect(phone).toMatchObject({ value: '999' })
})

test('F067 a book that was read by older rules is due for a full sweep', () => {
  const now = Date.UTC(2026, 0, 1)
  const stored = {
    ...noCheckpoint(FULL_ENGAGE),
    paramsHash: 'p',
    watermark: '2025-12-31T00:00:00Z',
    lastFullAt: now - 1000,
  }
  const clock = { now: () => now, schedule: () => () => undefined }
  const kind = (readingVersion: number) =>
    kindOfNext(checkpointFacts({ ...stored, readingVersion }, 'p'), { incremental: true, full: false, clock })
  expect(kind(READING_VERSION)).toBe('incremental')
  expect(kind(READING_VERSION - 1)).toBe('full')
})

const testimonial = (n: number): Testimonial => ({
  testimonialId: `t${n}`,
  type: 'text',
  name: null,
  text: `Words ${n}`,
  rating: null,
  sourceCreatedAt: null,
  createdAt: null,
  video: null,
})

test('F094 exactly 50 testimonials: there may be more, and none of the known ones is gone for not being among them', async () => {
  const t = await testOpenStore()
  await sweep(t, SPOTT, [remote('1', { firstName: 'Kim' })])
  const kept = async () => {
    const row = await t.store.context.databases.relaxed.testimonials.toCollection().first()
    return row?.items.map((item) => item.testimonialId) ?? []
  }
  const put = (from: number, count: number, mayBeCut: boolean) =>
    t.store.sync['testimonials.put']({
      sourceId: SPOTT,
      remoteId: remoteIdSchema.parse('1'),
      items: Array.from({ length: count }, (_, n) => testimonial(from + n)),
      readAt: 1,
      mayBeCut,
    })
  value(await put(0, 3, false))
  value(await put(100, 50, true))
  expect(await kept()).toHaveLength(53)
  value(await put(100, 49, false))
  expect(await kept()).toHaveLength(49)
})

test('F095 a client is removed while its testimonials are read: they stay until a sweep has said so, others are read on', async () => {
  const asked: string[] = []
  const puts: { remoteId: string; items: number; mayBeCut: boolean }[] = []
  const left = new Set(['a', 'b'])
  const schedule = (_: number, run: () => void) => {
    queueMicrotask(run)
    return () => undefined
  }
  const reader = createTestimonialReader({
    host: { clock: { now: () => 0, schedule } },
    connector: {
      testimonialsCap: 50,
      testimonials: async (_call: unknown, id: string) => {
        asked.push(id)
        return id === 'a'
          ? { ok: false, error: { code: 'not-found', what: 'record', status: 404 } }
          : { ok: true, value: Array.from({ length: 50 }, (_, n) => testimonial(n)) }
      },
    },
    traffic: { signal: () => new AbortController().signal },
    entry: () => ({ sourceId: SPOTT }),
    makeCall: async () => ({}),
    mayRun: () => true,
    store: () => store,
    // Only what is called here.
  } as unknown as Parameters<typeof createTestimonialReader>[0])
  const store = {
    'testimonials.due': async () => ({ ok: true, value: { remoteIds: [...left], total: 2, read: 0 } }),
    'testimonials.put': async (put: { remoteId: string; items: unknown[]; mayBeCut: boolean }) => {
      left.delete(put.remoteId)
      puts.push({ remoteId: put.remoteId, items: put.items.length, mayBeCut: put.mayBeCut })
      return { ok: true, value: null }
    },
  }
  await reader.readDue()
  expect(asked).toEqual(['a', 'b'])
  expect(puts).toEqual([
    { remoteId: 'a', items: 0, mayBeCut: true },
    { remoteId: 'b', items: 50, mayBeCut: true },
  ])
})

test('checkpoint-with-page switched off: a crash between the two loses a page', async () => {
  const run = async (off: boolean): Promise<number> => {
    const t = await testOpenStore()
    if (off) switchedOff.add('checkpoint-with-page')
    const runId = await beginRun(t, FULL_ENGAGE)
    testRefuseWrites(t.store.context.databases.relaxed.sweepPages)
    const many = Array.from({ length: 5 }, (_, n) => remote(`${n}`, { name: `N${n}` }))
    expect((await t.store.sync['run.applyPage'](page(FULL_ENGAGE, runId, 1, many))).ok).toBe(false)
    const again = await reopen(t)
    const [checkpoint] = value(await again.store.sync['sources.checkpoints']({}))
    // The next page that is asked for is the one behind the checkpoint.
    return checkpoint?.run?.seq ?? -1
  }
  expect(await run(false)).toBe(0)
  expect(await run(true)).toBe(1)
})
