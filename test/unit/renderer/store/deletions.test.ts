import { afterEach, describe, expect, test } from 'vitest'
import { createRunId, remoteIdSchema, runIdSchema, type SourceId } from '../../../../shared/ids.ts'
import { type RemoteRecord, recordProblemSchema } from '../../../../shared/model/record.ts'
import { switchedOff } from '../../../../shared/safety/switched-off.ts'
import { testRefuseWrites } from '../../../support/test-refuse-writes.ts'
import {
  beginRun,
  byName,
  CLNT,
  CONNECT,
  details,
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
  type TestStore,
  testOpenStore,
  value,
} from './test-open-store.ts'

const MINUTE = 60_000
const many = (count: number, from = 0): RemoteRecord[] =>
  Array.from({ length: count }, (_, i) => remote(`r${from + i}`, { name: `Client ${from + i}`, phone: `${from + i}` }))
const without = (records: readonly RemoteRecord[], ...ids: string[]): RemoteRecord[] =>
  records.filter((record) => !ids.includes(record.remoteId))

async function answer(t: TestStore, sourceId: SourceId, id: string, is: 'gone' | 'there' | 'unknown') {
  const answers = [{ remoteId: remoteIdSchema.parse(id), is }]
  return value(await t.store.sync['suspects.answer']({ sourceId, at: t.time.now(), answers })).cleared
}

async function reopen(t: TestStore): Promise<TestStore> {
  t.store.close()
  return testOpenStore({ idb: t.idb, time: t.time, epoch: t.time.now() })
}

/** Nothing of the store is under way when time passes. */
async function later(t: TestStore, ms: number): Promise<void> {
  for (let n = 0; n < 20; n++) await new Promise<void>((resolve) => setImmediate(resolve))
  t.time.tick(ms)
}

afterEach(() => {
  switchedOff.clear()
})

describe('a clean sweep and one that has all of it', () => {
  test('removes what both lack, and keeps it in the tray', async () => {
    const t = await testOpenStore()
    await sweep(t, CLNT, many(30))
    const left = without(many(30), 'r7')
    expect((await sweep(t, CLNT, left)).verdict).toEqual({ missing: 1, held: null })
    expect(await suspects(t, CLNT)).toMatchObject({ suspects: 1, proven: 0 })
    await sweep(t, CLNT, left)
    expect(await suspects(t, CLNT)).toMatchObject({ suspects: 1, proven: 1, ask: [] })
    expect(await removeProven(t, CLNT)).toBe(1)
    expect(await names(t)).toHaveLength(29)
    expect(value(await t.store.page['tray.list']({}))).toMatchObject([{ name: 'Client 7', proof: 'sweep' }])
  })

  test('tray-keeps-last-state switched off: nothing is left to bring back', async () => {
    const t = await testOpenStore()
    switchedOff.add('tray-keeps-last-state')
    await sweep(t, CLNT, many(30))
    expect(await removeBySweeps(t, CLNT, without(many(30), 'r7'))).toBe(1)
    expect(value(await t.store.page['tray.list']({}))).toEqual([])
  })

  test('F070 a later sweep that lacks one that the first had proves nothing', async () => {
    const t = await testOpenStore()
    await sweep(t, CLNT, many(30))
    await sweep(t, CLNT, without(many(30), 'r7'))
    // r3 was there and is not: one of both sweeps may have missed something.
    await sweep(t, CLNT, without(many(30), 'r3', 'r7'))
    expect(await suspects(t, CLNT)).toMatchObject({ suspects: 2, proven: 0 })
    await sweep(t, CLNT, without(many(30), 'r3', 'r7'))
    expect(await suspects(t, CLNT)).toMatchObject({ suspects: 2, proven: 2 })
  })

  test('too close together they are one look', async () => {
    const t = await testOpenStore()
    await sweep(t, CLNT, many(30))
    const left = without(many(30), 'r7')
    await sweep(t, CLNT, left)
    t.time.tick(30_000 - 660_000)
    await sweep(t, CLNT, left)
    expect(await suspects(t, CLNT)).toMatchObject({ suspects: 1, proven: 0 })
    const [checkpoint] = value(await t.store.sync['sources.checkpoints']({}))
    expect(checkpoint?.lookAgainAt).toBe((checkpoint?.base?.endedAt ?? 0) + MINUTE + 1000)
    await sweep(t, CLNT, left)
    expect(await suspects(t, CLNT)).toMatchObject({ proven: 1 })
  })

  test('F080 a list without a total is looked at twice, an hour apart', async () => {
    const t = await testOpenStore()
    const more = { proof: 'traverse', size: null }
    await sweep(t, SPOTT, many(30), more)
    await sweep(t, SPOTT, without(many(30), 'r7'), more)
    // Eleven minutes later.
    await sweep(t, SPOTT, without(many(30), 'r7'), more)
    expect(await suspects(t, SPOTT)).toMatchObject({ suspects: 1, proven: 0 })
    t.time.tick(60 * MINUTE)
    await sweep(t, SPOTT, without(many(30), 'r7'), more)
    expect(await suspects(t, SPOTT)).toMatchObject({ suspects: 1, proven: 1 })
  })

  test('F081 F082 as many entries as the list has, or it was not clean', async () => {
    const t = await testOpenStore()
    await sweep(t, CLNT, many(30))
    for (const size of [0, 28, 30, null]) await sweep(t, CLNT, without(many(30), 'r7'), { size })
    expect(await suspects(t, CLNT)).toMatchObject({ suspects: 0, proven: 0 })
  })

  test('F096 a run that is cut short is no evidence', async () => {
    const t = await testOpenStore()
    await sweep(t, CLNT, many(30))
    t.time.tick(660_000)
    const runId = await beginRun(t, CLNT)
    value(await t.store.sync['run.applyPage'](page(CLNT, runId, 1, many(10))))
    value(await t.store.sync['run.end'](runEnd(t, CLNT, runId, { outcome: 'partial' })))
    expect(await suspects(t, CLNT)).toMatchObject({ suspects: 0 })
    const [checkpoint] = value(await t.store.sync['sources.checkpoints']({}))
    expect(checkpoint?.run).toMatchObject({ runId, seq: 1 })
  })

  test('F097 a resumed run that brings nothing new counts with the pages that it has, and only with all of them', async () => {
    const t = await testOpenStore()
    await sweep(t, CLNT, many(30))
    const resumed = async (lose: boolean): Promise<void> => {
      t.time.tick(660_000)
      const runId = await beginRun(t, CLNT)
      value(await t.store.sync['run.applyPage'](page(CLNT, runId, 1, without(many(15), 'r7'))))
      // Something new in it, so that each page has a row of its own.
      const seen = [...many(14, 15), remote('r29', { firstName: `at ${t.time.now()}` })]
      value(await t.store.sync['run.applyPage'](page(CLNT, runId, 2, seen)))
      value(await t.store.sync['run.end'](runEnd(t, CLNT, runId, { outcome: 'partial' })))
      if (lose) await t.store.context.databases.relaxed.sweepPages.delete([runId, 1])
      expect(await beginRun(t, CLNT)).toBe(runId)
      value(await t.store.sync['run.applyPage'](page(CLNT, runId, 3, [])))
      value(await t.store.sync['run.end'](runEnd(t, CLNT, runId, { size: lose ? 15 : 29 })))
    }
    await resumed(true)
    expect(await suspects(t, CLNT)).toMatchObject({ suspects: 0 })
    await resumed(false)
    expect(await suspects(t, CLNT)).toMatchObject({ suspects: 1, proven: 0 })
  })

  test('an unreadable record is not missing: it counts as seen', async () => {
    const unreadable = (id: string) =>
      recordProblemSchema.parse({
        remoteId: id,
        index: 0,
        path: 'name',
        expected: 'text',
        found: 'object',
        rawText: '',
      })
    const run = async (off: boolean): Promise<number> => {
      const t = await testOpenStore()
      if (off) switchedOff.add('quarantine-counts-as-seen')
      await sweep(t, CONNECT, many(30), { proof: 'snapshot' })
      for (let n = 0; n < 2; n++) {
        t.time.tick(660_000)
        const runId = await beginRun(t, CONNECT)
        const problems = [unreadable('r7')]
        value(await t.store.sync['run.applyPage']({ ...page(CONNECT, runId, 1, without(many(30), 'r7')), problems }))
        value(await t.store.sync['run.end'](runEnd(t, CONNECT, runId, { proof: 'snapshot' })))
      }
      return removeProven(t, CONNECT)
    }
    expect(await run(false)).toBe(0)
    expect(await run(true)).toBe(1)
  })
})

describe('two snapshots', () => {
  test('what both lack is removed; what is there again in between is not', async () => {
    const t = await testOpenStore()
    const more = { proof: 'snapshot' }
    await sweep(t, CONNECT, many(30), more)
    await sweep(t, CONNECT, without(many(30), 'r7', 'r8'), more)
    await sweep(t, CONNECT, without(many(30), 'r7'), more)
    // r8 came back, so the first look at r7 counts for nothing any more.
    expect(await removeProven(t, CONNECT)).toBe(0)
    await sweep(t, CONNECT, without(many(30), 'r7'), more)
    expect(await removeProven(t, CONNECT)).toBe(1)
    expect(await names(t)).toContain('Client 8')
  })
})

describe('asked for by id', () => {
  const chain = { proof: 'chain', size: null, canAsk: true }

  test('F101 the vendor has it: cleared, and everything else that the sweep had missed with it', async () => {
    const t = await testOpenStore()
    await sweep(t, FULL_ENGAGE, many(30))
    await sweep(t, FULL_ENGAGE, without(many(30), 'r7', 'r8'), chain)
    expect((await suspects(t, FULL_ENGAGE)).ask).toHaveLength(2)
    expect(await answer(t, FULL_ENGAGE, 'r7', 'there')).toBe(2)
    expect(await suspects(t, FULL_ENGAGE)).toMatchObject({ suspects: 0, ask: [], proven: 0 })
  })

  test('F102 403 or 500: undecided, asked again later', async () => {
    const t = await testOpenStore()
    await sweep(t, FULL_ENGAGE, many(30))
    await sweep(t, FULL_ENGAGE, without(many(30), 'r7'), chain)
    for (let n = 0; n < 3; n++) {
      expect((await suspects(t, FULL_ENGAGE)).ask).toEqual(['r7'])
      await answer(t, FULL_ENGAGE, 'r7', 'unknown')
      expect(await suspects(t, FULL_ENGAGE)).toMatchObject({ ask: [], proven: 0, nextAt: t.time.now() + 10 * MINUTE })
      await later(t, 10 * MINUTE)
    }
  })

  test('not found, twice, a minute apart, over a restart: then it is removed', async () => {
    let t = await testOpenStore()
    await sweep(t, FULL_ENGAGE, many(30))
    await sweep(t, FULL_ENGAGE, without(many(30), 'r7'), chain)
    await answer(t, FULL_ENGAGE, 'r7', 'gone')
    expect(await suspects(t, FULL_ENGAGE)).toMatchObject({ ask: [], proven: 0, nextAt: t.time.now() + MINUTE })
    t = await reopen(t)
    t.time.tick(59_000)
    // Too early, whoever asks.
    await answer(t, FULL_ENGAGE, 'r7', 'gone')
    expect(await removeProven(t, FULL_ENGAGE)).toBe(0)
    t.time.tick(1_000)
    expect((await suspects(t, FULL_ENGAGE)).ask).toEqual(['r7'])
    await answer(t, FULL_ENGAGE, 'r7', 'gone')
    t = await reopen(t)
    expect(await removeProven(t, FULL_ENGAGE)).toBe(1)
  })

  test('confirm-twice switched off: removed unasked', async () => {
    const t = await testOpenStore()
    switchedOff.add('confirm-twice')
    await sweep(t, FULL_ENGAGE, many(30))
    await sweep(t, FULL_ENGAGE, without(many(30), 'r7'), chain)
    expect(await removeProven(t, FULL_ENGAGE)).toBe(1)
  })

  test('F072 a creation date that moves: the order of the list proves nothing in that run', async () => {
    const t = await testOpenStore()
    const dated = many(30).map((record, n) => ({ ...record, createdAt: `2024-01-01T00:00:${n + 10}Z` }))
    await sweep(t, FULL_ENGAGE, dated, chain)
    const moved = dated.map((r) => (r.remoteId === 'r3' ? { ...r, createdAt: '2025-01-01T00:00:00Z' } : r))
    await sweep(t, FULL_ENGAGE, without(moved, 'r7'), chain)
    expect(await suspects(t, FULL_ENGAGE)).toMatchObject({ suspects: 0 })
    await sweep(t, FULL_ENGAGE, without(moved, 'r7'), chain)
    expect(await suspects(t, FULL_ENGAGE)).toMatchObject({ suspects: 1 })
  })
})

describe('excused', () => {
  test('F089 a client known for less than ten minutes is suspected at once, and not removed before it is older', async () => {
    const run = async (off: boolean): Promise<number> => {
      const t = await testOpenStore()
      if (off) switchedOff.add('young-record')
      await sweep(t, CONNECT, many(30), { proof: 'snapshot' })
      await sweep(t, CONNECT, [...many(30), remote('new', { name: 'New' })], { proof: 'snapshot' })
      const knownAt = t.time.now()
      for (let n = 0; n < 3; n++) {
        // The helper lets eleven minutes pass; these come two minutes apart.
        t.time.tick(120_000 - 660_000)
        expect((await sweep(t, CONNECT, many(30), { proof: 'snapshot' })).verdict.missing).toBe(1)
      }
      const [checkpoint] = value(await t.store.sync['sources.checkpoints']({}))
      if (!off) expect(checkpoint?.lookAgainAt).toBe(knownAt + 10 * MINUTE + 1000)
      return removeProven(t, CONNECT)
    }
    expect(await run(false)).toBe(0)
    expect(await run(true)).toBe(1)
  })

  test('a clock that was set back makes nobody young for ever', async () => {
    const t = await testOpenStore()
    await sweep(t, CONNECT, many(30), { proof: 'snapshot' })
    t.time.tick(-365 * 86_400_000)
    for (let n = 0; n < 3; n++) await sweep(t, CONNECT, without(many(30), 'r7'), { proof: 'snapshot' })
    expect(await removeProven(t, CONNECT)).toBe(1)
  })

  test('a client that is being edited is not removed, whatever is proven', async () => {
    const t = await testOpenStore()
    await sweep(t, CLNT, many(30))
    await sweep(t, CLNT, without(many(30), 'r7'))
    await sweep(t, CLNT, without(many(30), 'r7'))
    // A full name of a source that takes edits; queued between the proof and the removal.
    const edits = t.store.context.book.editsOfRecord
    const { clientId } = await byName(t, 'Client 7')
    await save(t, clientId, { notes: 'mine' }, {})
    expect([...edits.keys()]).toEqual([])
    expect(await removeProven(t, CLNT)).toBe(1)
    // Its values of this device keep it here.
    expect((await details(t, clientId)).field('notes').value).toBe('mine')
  })
})

describe('held until the user says which it is', () => {
  const begin = async (t: TestStore, more: object) => {
    t.time.tick(660_000)
    const checkpoint = value(
      await t.store.sync['run.begin']({
        sourceId: CONNECT,
        runId: createRunId(t.random),
        kind: 'full',
        paramsHash: 'p',
        startedAt: t.time.now(),
        tenant: 'account',
        resume: true,
        ...more,
      }),
    )
    return runIdSchema.parse(checkpoint.run?.runId)
  }
  const snapshot = async (t: TestStore, records: readonly RemoteRecord[], more: object = {}) => {
    const runId = await begin(t, more)
    value(await t.store.sync['run.applyPage'](page(CONNECT, runId, 1, records)))
    return value(await t.store.sync['run.end'](runEnd(t, CONNECT, runId, { proof: 'snapshot', ...more })))
  }
  const held = async (t: TestStore) => value(await t.store.sync['removal.held']({ sourceId: CONNECT }))

  test('F091 another key or address: nobody is missed before the user has said so', async () => {
    const t = await testOpenStore()
    await snapshot(t, many(30))
    const other = { tenant: 'another account' }
    expect((await snapshot(t, without(many(30), 'r7'), other)).held).toMatchObject({
      because: 'other-tenant',
      missing: 1,
    })
    // Asked again as long as it is not answered with yes.
    value(await t.store.sync['removal.settle']({ sourceId: CONNECT, decision: 'keep', at: 1 }))
    expect(await held(t)).toBeNull()
    await snapshot(t, without(many(30), 'r7'), other)
    expect(await held(t)).toMatchObject({ because: 'other-tenant' })
    value(await t.store.sync['removal.settle']({ sourceId: CONNECT, decision: 'remove', at: t.time.now() }))
    expect(await names(t)).toHaveLength(29)
    // From here on this is the account to compare with.
    expect((await snapshot(t, without(many(30), 'r7', 'r8'), other)).held).toBeNull()
  })

  test('F092 a vendor hides archived rows: more than a tenth is held, few are suspects and can be brought back', async () => {
    const t = await testOpenStore()
    await snapshot(t, many(40))
    expect((await snapshot(t, many(30, 10))).held).toMatchObject({
      because: 'too-many',
      missing: 10,
      had: 40,
      seen: 30,
    })
    expect(await suspects(t, CONNECT)).toMatchObject({ suspects: 0 })
    const preview = value(await t.store.page['removal.preview']({ sourceId: CONNECT }))
    expect(preview).toEqual({ names: many(10).map((record) => record.fields.name), total: 10 })
    // Who is seen meanwhile is no part of the question any more.
    const runId = await begin(t, {})
    value(await t.store.sync['run.applyPage'](page(CONNECT, runId, 1, many(4))))
    expect(await held(t)).toMatchObject({ missing: 6 })
    expect((await snapshot(t, many(36, 4), { resume: false })).held).toBeNull()
    expect(await suspects(t, CONNECT)).toMatchObject({ suspects: 4 })
    await snapshot(t, many(36, 4))
    expect(await removeProven(t, CONNECT)).toBe(4)
    expect(value(await t.store.page['tray.list']({}))).toHaveLength(4)
  })

  test('brake switched off: all of them go', async () => {
    const t = await testOpenStore()
    switchedOff.add('brake')
    await snapshot(t, many(40))
    await snapshot(t, [])
    await snapshot(t, [])
    expect(await removeProven(t, CONNECT)).toBe(40)
  })

  test('F093 an empty list is held, even of two clients', async () => {
    const t = await testOpenStore()
    await snapshot(t, many(2))
    expect((await snapshot(t, [])).held).toEqual({ because: 'empty', missing: 2, seen: 0, had: 2 })
    await snapshot(t, [])
    expect(await removeProven(t, CONNECT)).toBe(0)
  })

  test('F098 a list asked for with other parameters is no evidence against what was there without them', async () => {
    const t = await testOpenStore()
    await snapshot(t, many(30))
    const search = { paramsHash: 'contacts?query=ann' }
    expect((await snapshot(t, many(29), search)).held).toMatchObject({ because: 'other-parameters' })
    expect(await removeProven(t, CONNECT)).toBe(0)
  })

  test('F192 a server that lists strangers and withholds the known: held, nobody is merged or removed', async () => {
    const t = await testOpenStore()
    await snapshot(t, many(30))
    const strangers = many(30, 1000)
    expect((await snapshot(t, strangers)).held).toMatchObject({ because: 'too-many', missing: 30 })
    expect(await names(t)).toHaveLength(60)
  })

  test('a key that was refused, or an answer of another shape, in the course of the run: held', async () => {
    const t = await testOpenStore()
    await snapshot(t, many(30))
    const runId = await begin(t, {})
    value(await t.store.sync['run.applyPage'](page(CONNECT, runId, 1, many(15))))
    const error = { code: 'key-rejected', status: 401, vendorText: null } as const
    value(await t.store.sync['run.end'](runEnd(t, CONNECT, runId, { outcome: 'partial', error })))
    expect(await begin(t, {})).toBe(runId)
    value(await t.store.sync['run.applyPage'](page(CONNECT, runId, 2, many(14, 15))))
    const ended = value(await t.store.sync['run.end'](runEnd(t, CONNECT, runId, { proof: 'snapshot' })))
    expect(ended.held).toMatchObject({ because: 'trouble', missing: 1 })
  })

  test('more than 500 at once: a chunk per transaction, and after a crash the rest', async () => {
    let t = await testOpenStore()
    for (let n = 0; n < 4; n++) {
      const runId =
        n === 0 ? await begin(t, {}) : runIdSchema.parse(t.store.context.book.checkpoints.get(CONNECT)?.run?.runId)
      value(await t.store.sync['run.applyPage'](page(CONNECT, runId, n + 1, many(400, n * 400))))
      if (n === 3) value(await t.store.sync['run.end'](runEnd(t, CONNECT, runId, { proof: 'snapshot' })))
    }
    expect((await snapshot(t, many(10))).held).toMatchObject({ missing: 1590 })
    const { strict } = t.store.context.databases
    let puts = 0
    const goOn = testRefuseWrites(strict.tombstones, (request) => {
      puts += 'values' in request ? request.values.length : 0
      return puts > 700
    })
    const broken = await t.store.sync['removal.settle']({ sourceId: CONNECT, decision: 'remove', at: t.time.now() })
    expect(broken.ok).toBe(false)
    goOn()
    t = await reopen(t)
    // One chunk is gone whole, the other is here whole, and the question stands for the rest.
    expect(await held(t)).toMatchObject({ missing: 1090 })
    expect(t.store.context.book.heads.size).toBe(1100)
    const settled = await t.store.sync['removal.settle']({ sourceId: CONNECT, decision: 'remove', at: t.time.now() })
    expect(value(settled)).toEqual({ removed: 1090 })
    expect(t.store.context.book.heads.size).toBe(10)
  })
})

describe('an id that a vendor has given to somebody else', () => {
  const ann = remote('x', { name: 'Ann Abel', phone: '+1 555 0100' }, { createdAt: '2024-01-01T00:00:00Z' })
  const bob = remote('x', { name: 'Bob Brown', phone: '+1 555 0199' }, { createdAt: '2026-01-01T00:00:00Z' })

  test('F100 what was written for the one is neither sent to the other nor lies over it', async () => {
    const t = await testOpenStore()
    await sweep(t, FULL_ENGAGE, [ann, ...many(20)])
    const { clientId } = await byName(t, 'Ann Abel')
    await save(t, clientId, { notes: 'afraid of dogs' }, {})
    await sweep(t, FULL_ENGAGE, [bob, ...many(20)])
    expect(value(await t.store.page['queue.list']({}))).toEqual([])
    const other = await byName(t, 'Bob Brown')
    expect(other.clientId).not.toBe(clientId)
    expect((await details(t, other.clientId)).field('notes').value).toBeNull()
    const former = await details(t, clientId)
    expect(former.row).toMatchObject({ name: 'Ann Abel', sourceIds: [] })
    expect(former.field('notes').value).toBe('afraid of dogs')
    const again = await reopen(t)
    expect(await names(again, 'Ann')).toEqual(['Ann Abel'])
    expect(await names(again, 'Bob')).toEqual(['Bob Brown'])
  })

  test('F100 one in the tray stays there when another person comes under its id', async () => {
    const t = await testOpenStore()
    await sweep(t, CLNT, [ann, ...many(20)])
    expect(await removeBySweeps(t, CLNT, many(20))).toBe(1)
    await sweep(t, CLNT, [bob, ...many(20)])
    expect(await names(t, 'Bob')).toEqual(['Bob Brown'])
    const [row] = value(await t.store.page['tray.list']({}))
    expect(row).toMatchObject({ name: 'Ann Abel' })
    value(await t.store.page['tray.restore']({ key: row?.key ?? '' }))
    expect(await names(t, 'Ann')).toEqual(['Ann Abel'])
    expect(await names(t, 'Bob')).toEqual(['Bob Brown'])
  })

  test('somebody who was renamed, or has another number, is still the same', async () => {
    const t = await testOpenStore()
    await sweep(t, FULL_ENGAGE, [ann])
    const { clientId } = await byName(t, 'Ann Abel')
    await sweep(t, FULL_ENGAGE, [{ ...ann, fields: { ...ann.fields, name: 'Ann Baker' } }])
    await sweep(t, FULL_ENGAGE, [{ ...ann, fields: { name: 'Ann Baker', phone: '7' }, createdAt: bob.createdAt }])
    expect((await byName(t, 'Ann Baker')).clientId).toBe(clientId)
  })
})
