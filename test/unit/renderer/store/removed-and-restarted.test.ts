import { expect, test } from 'vitest'
import { allJournaledRows } from '../../../../renderer/store/journal/journaled-rows.ts'
import { replayRows } from '../../../../renderer/store/journal/replay.ts'
import { restoreUnread } from '../../../../renderer/store/journal/restore-unread.ts'
import type { JournaledRow } from '../../../../shared/model/journal.ts'
import { ok } from '../../../../shared/result.ts'
import {
  byName,
  FULL_ENGAGE,
  names,
  remote,
  removeBySweeps,
  save,
  send,
  settle,
  sweep,
  type TestStore,
  testOpenStore,
  value,
} from './test-open-store.ts'

const REST = ['2', '3', '4', '5', '6', '7', '8', '9'].map((id) => remote(id, { name: `Other ${id}`, phone: null }))
const NIA = remote('77', { name: 'Nia New', notes: 'made here' })
const SPEC = { name: 'Nia New', notes: 'made here' }

const shown = async (t: TestStore) => (await names(t)).filter((name) => !name.startsWith('Other'))
const tray = async ({ store }: TestStore) =>
  value(await store.page['tray.list']({})).map(({ name, proof }) => `${name} (${proof})`)
const lastState = (t: TestStore) => [...t.store.context.book.tombstones.values()].map(({ fields }) => fields)

/**
 * Nia was made here, so that her row remembers what was sent; then her source lost her. The journal is as it is then: the
 * last word on each row, and what lies over her was said while she was there.
 */
async function withoutNia(prepare: (t: TestStore) => Promise<unknown> = async () => null) {
  const t = await testOpenStore()
  await sweep(t, FULL_ENGAGE, REST)
  value(await t.store.page['client.create']({ sourceId: FULL_ENGAGE, deviceOnly: false, fields: SPEC }))
  const { editId } = await send(t, FULL_ENGAGE, [])
  await settle(t, editId, { kind: 'done', record: NIA, writeSeq: 4 })
  await sweep(t, FULL_ENGAGE, [...REST, NIA])
  await prepare(t)
  const before = allJournaledRows(t.store.context.book)
  expect(await removeBySweeps(t, FULL_ENGAGE, REST)).toBe(1)
  const after = allJournaledRows(t.store.context.book)
  const journal = [
    ...before.filter(({ table }) => table === 'overlays'),
    ...after.filter(({ table }) => table !== 'overlays'),
  ]
  return { t, journal }
}

const reading = (rows: readonly JournaledRow[]) =>
  ({ 'journal.read': async () => ok({ rows, commit: 1, complete: true, next: null }) }) as never

test('a client that its source lost stays lost when the app starts again, and its last state stays in the tray', async () => {
  const { t, journal } = await withoutNia()
  expect(t.store.context.book.overlays.size).toBe(1)
  t.store.close()
  const again = await testOpenStore({ idb: t.idb, time: t.time, epoch: 2 })
  value(await restoreUnread(again.store.context, reading(journal), 2))
  expect(await shown(again)).toEqual([])
  expect(await tray(again)).toEqual(['Nia New (sweep)'])
  expect(lastState(again)).toMatchObject([SPEC])
})

test('the same where the whole database was lost: the journal knows that it is gone', async () => {
  const { t, journal } = await withoutNia()
  const fresh = await testOpenStore({ time: t.time })
  await replay(fresh, journal)
  expect(await shown(fresh)).toEqual([])
  expect(await tray(fresh)).toEqual(['Nia New (sweep)'])
  expect(lastState(fresh)).toMatchObject([SPEC])
})

test('one that stayed on this device for the values that it has here is whole after a loss of the database', async () => {
  const { t, journal } = await withoutNia(async (with_) => {
    const { clientId } = await byName(with_, 'Nia New')
    await save(with_, clientId, { company: 'Nia Inc.' }, {})
  })
  expect(await shown(t)).toEqual(['Nia New'])
  const fresh = await testOpenStore({ time: t.time })
  await replay(fresh, journal)
  expect(await shown(fresh)).toEqual(['Nia New'])
  const local = [...fresh.store.context.book.locals.values()]
  expect(local).toMatchObject([{ deviceOnly: true, formerRemoteId: '77', fields: SPEC }])
})

async function replay({ store, time }: TestStore, rows: readonly JournaledRow[]): Promise<void> {
  value(
    await store.context.writer.write<null>({ durability: 'strict', epoch: 1 }, (draft) => {
      replayRows(draft, rows, { at: time.now(), early: new Set(), fresh: true })
      return ok(null)
    }),
  )
}
