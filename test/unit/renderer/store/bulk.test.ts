import { describe, expect, it } from 'vitest'
import { bulkPlanLines, deletePlanLines, secondCopyText } from '../../../../renderer/features/clients/bulk-plan-text.ts'
import { BULK_DELETE_HOLD_MS, type BulkChange, type BulkSelection } from '../../../../renderer/store/store-contract.ts'
import { undoneText } from '../../../../renderer/text/undone-text.ts'
import type { ClientId } from '../../../../shared/ids.ts'
import {
  byName,
  details,
  FULL_ENGAGE,
  names,
  remote,
  SPOTT,
  send,
  settle,
  sweep,
  type TestStore,
  take,
  testOpenStore,
  value,
} from './test-open-store.ts'

const BY_NAME = { text: '', sort: { key: 'name', direction: 'asc' } } as const
const EVERYBODY: BulkSelection = { query: BY_NAME, all: true, ids: [] }
const bulkId = 'bulk-1'

/** Ann and Bob of a source, `here` clients of this device. */
async function openBook(here = 3): Promise<TestStore> {
  const test = await testOpenStore()
  await sweep(test, FULL_ENGAGE, [
    remote('a', { name: 'Ann', status: 'active' }),
    remote('b', { name: 'Bob', status: 'inactive' }),
  ])
  for (let n = 0; n < here; n++) {
    const fields = { name: `Here ${n}`, tags: n === 0 ? ['vip'] : [], status: 'active' }
    value(await test.store.page['client.create']({ sourceId: null, deviceOnly: true, fields }))
  }
  return test
}

const idOf = async (test: TestStore, name: string): Promise<ClientId> => (await byName(test, name)).clientId
const begin = async ({ store }: TestStore, selection: BulkSelection) =>
  value(await store.page['bulk.begin']({ bulkId, selection }))
const plan = async ({ store }: TestStore, change: BulkChange) =>
  value(await store.page['bulk.plan']({ bulkId, change }))

async function takeAll({ store }: TestStore, change: BulkChange, limit = 250) {
  const sum = { changed: 0, refused: 0, steps: 0 }
  for (let from = 0; ; ) {
    const step = value(await store.page['bulk.take']({ bulkId, change, from, limit }))
    sum.changed += step.changed
    sum.refused += step.refused
    sum.steps++
    if (step.next >= step.total) return sum
    from = step.next
  }
}

async function exportAll({ store }: TestStore, format: 'csv' | 'vcard', limit: number) {
  let text = ''
  for (let from = 0; ; ) {
    const part = value(await store.page['bulk.export']({ bulkId, format, from, limit }))
    text += part.text
    if (part.next >= part.total) return text
    from = part.next
  }
}

describe('a file of selected clients', () => {
  it('made in parts is the file of the whole list', async () => {
    const test = await openBook()
    expect(await begin(test, EVERYBODY)).toEqual({ clients: 5 })
    const whole = value(await test.store.page['clients.exportCsv'](BY_NAME))
    expect(await exportAll(test, 'csv', 2)).toBe(whole.text)
    const cards = value(await test.store.page['clients.exportVCard']({ query: BY_NAME, clientId: null, extent: 'all' }))
    expect(await exportAll(test, 'vcard', 2)).toBe(cards.text)
  })

  it('has those that were chosen, and of all results not those that were taken out', async () => {
    const test = await openBook()
    const ids = [await idOf(test, 'Ann'), await idOf(test, 'Here 1')]
    const lines = async () => (await exportAll(test, 'csv', 10)).split('\r\n').slice(1, -1)
    await begin(test, { query: BY_NAME, all: false, ids })
    expect((await lines()).map((line) => line.split(',')[0])).toEqual(['Ann', 'Here 1'])
    await begin(test, { query: BY_NAME, all: true, ids })
    expect((await lines()).map((line) => line.split(',')[0])).toEqual(['Bob', 'Here 0', 'Here 2'])
  })

  it('is of those who were there when it was begun', async () => {
    const test = await openBook()
    await begin(test, EVERYBODY)
    await sweep(test, FULL_ENGAGE, [
      remote('a', { name: 'Ann' }),
      remote('b', { name: 'Bob' }),
      remote('c', { name: 'Cyd' }),
    ])
    value(await test.store.page['client.delete']({ clientId: await idOf(test, 'Here 0') }))
    const text = await exportAll(test, 'csv', 2)
    expect(text).not.toContain('Cyd')
    expect(text).not.toContain('Here 0')
    expect(text).toContain('Here 2')
  })

  it('is refused where this worker does not know the selection', async () => {
    const test = await openBook()
    const input = { bulkId: 'another', format: 'csv', from: 0, limit: 10 } as const
    expect(await test.store.page['bulk.export'](input)).toMatchObject({
      ok: false,
      error: { code: 'missing', what: 'selection' },
    })
  })
})

describe('a change of selected clients', () => {
  it('says what goes where before it is done, and does just that', async () => {
    const test = await openBook()
    await begin(test, EVERYBODY)
    const change: BulkChange = { kind: 'status', label: 'Inactive' }
    const planned = await plan(test, change)
    expect(planned).toEqual({
      clients: 5,
      sends: [{ sourceId: FULL_ENGAGE, clients: 1 }],
      here: 3,
      hidden: 0,
      same: 1,
      refused: 0,
    })
    expect(bulkPlanLines(planned, () => 'Studio A')).toEqual([
      '1 request goes to Studio A.',
      '3 clients change on this device only; nothing is sent.',
      '1 has it so already.',
    ])
    expect(value(await test.store.page['queue.list']({}))).toEqual([])
    expect(await takeAll(test, change)).toEqual({ changed: 4, refused: 0, steps: 1 })
    expect(value(await test.store.page['queue.list']({}))).toHaveLength(1)
    expect((await details(test, await idOf(test, 'Ann'))).field('status').value).toBe('inactive')
  })

  it('does not promise a second copy that there is not', async () => {
    const test = await openBook()
    await begin(test, EVERYBODY)
    const change: BulkChange = { kind: 'add-tag', tag: 'autumn' }
    // Nobody is there to keep it.
    const step = value(await test.store.page['bulk.take']({ bulkId, change, from: 0, limit: 250 }))
    expect(step).toMatchObject({ changed: 5, copies: 'one' })
    expect(secondCopyText(step.copies)).toMatch(/second copy follows/)
    expect(value(await test.store.page['bulk.take']({ bulkId, change, from: 0, limit: 250 }))).toMatchObject({
      changed: 0,
      copies: 'both',
    })
    expect(secondCopyText('both')).toBe('')
  })

  it('leaves out whose source does not know the value', async () => {
    const test = await openBook()
    await begin(test, EVERYBODY)
    const change: BulkChange = { kind: 'status', label: 'Paused' }
    expect(await plan(test, change)).toMatchObject({ sends: [], here: 3, refused: 2 })
    expect(await takeAll(test, change)).toEqual({ changed: 3, refused: 2, steps: 1 })
  })

  it('adds a tag to those who lack it, in many transactions, and one undo takes all of it back', async () => {
    const test = await openBook(20)
    const before = await exportAllNow(test)
    await begin(test, EVERYBODY)
    const change: BulkChange = { kind: 'add-tag', tag: 'vip' }
    expect(await takeAll(test, change, 6)).toEqual({ changed: 21, refused: 0, steps: 4 })
    for (const name of await names(test)) {
      expect((await details(test, await idOf(test, name))).field('tags').value).toEqual(['vip'])
    }
    const undone = value(await test.store.page['edit.undoLast']({}))
    expect(undone).toMatchObject({ what: 'import', bulk: true, imported: { filled: 21, stay: 0 } })
    expect(undone === null ? '' : undoneText(undone)).toBe(
      'Undone: of the change (tag “vip” added), 21 clients as before.',
    )
    expect(await exportAllNow(test)).toBe(before)
  })

  it('takes a tag away and leaves the others', async () => {
    const test = await openBook()
    const clientId = await idOf(test, 'Here 0')
    value(
      await test.store.page['client.save']({ clientId, changes: { tags: ['vip', 'old'] }, seen: { tags: ['vip'] } }),
    )
    await begin(test, EVERYBODY)
    expect(await takeAll(test, { kind: 'remove-tag', tag: 'vip' })).toMatchObject({ changed: 1 })
    expect((await details(test, clientId)).field('tags').value).toEqual(['old'])
  })
})

describe('a delete of selected clients', () => {
  /** Also Cid of a source that takes no deletes. */
  const openWithSpott = async (): Promise<TestStore> => {
    const test = await openBook()
    await sweep(test, SPOTT, [remote('c', { firstName: 'Cid', lastName: 'Orr' })])
    return test
  }
  const DELETE: BulkChange = { kind: 'delete' }

  it('says where each goes, sends nothing for a minute, and one undo brings all back as they were', async () => {
    const test = await openWithSpott()
    const before = await exportAllNow(test)
    // An edit that the delete makes needless comes back with its client.
    const clientId = await idOf(test, 'Ann')
    value(await test.store.page['client.save']({ clientId, changes: { phone: '1' }, seen: { phone: null } }))
    const edited = await exportAllNow(test)
    expect(edited).not.toBe(before)
    expect(await begin(test, EVERYBODY)).toEqual({ clients: 6 })
    const planned = await plan(test, DELETE)
    expect(planned).toMatchObject({ sends: [{ sourceId: FULL_ENGAGE, clients: 2 }], hidden: 1, here: 3, same: 0 })
    expect(deletePlanLines(planned, () => 'Studio A')).toEqual([
      '2 clients are deleted at Studio A, a request each. Nothing is sent for a minute.',
      '1 client goes out of sight here; its source takes no deletes and keeps it.',
      '3 clients live on this device only and are removed.',
      'One undo brings all of them back; for 30 days copies stay here.',
    ])
    expect(await takeAll(test, DELETE, 2)).toEqual({ changed: 6, refused: 0, steps: 3 })
    expect((await names(test)).toSorted()).toEqual(['Ann', 'Bob'])
    expect((await byName(test, 'Ann')).deleting).toBe(true)
    test.time.tick(BULK_DELETE_HOLD_MS - 1)
    expect((await take(test, FULL_ENGAGE)).edit).toBeNull()
    const undone = value(await test.store.page['edit.undoLast']({}))
    expect(undone).toMatchObject({ what: 'import', bulk: true, imported: { restored: 6, compensating: 0, stay: 0 } })
    expect(undone === null ? '' : undoneText(undone)).toBe(
      'Undone: of the change (clients deleted), 6 clients are back.',
    )
    // But for when they were changed last.
    const unstamped = (text: string): string => text.replace(/^REV:.*$/gm, '')
    expect(unstamped(await exportAllNow(test))).toBe(unstamped(edited))
    expect((await take(test, FULL_ENGAGE)).edit).toMatchObject({ operation: 'update' })
    expect(value(await test.store.page['edit.undoLast']({}))).toMatchObject({ what: 'edit' })
  })

  it('is sent after that minute; undo then has those made anew that are gone at the source', async () => {
    const test = await openBook()
    await begin(test, EVERYBODY)
    await takeAll(test, DELETE)
    test.time.tick(BULK_DELETE_HOLD_MS)
    const { editId, edit } = await send(test, FULL_ENGAGE)
    expect(edit).toMatchObject({ operation: 'delete' })
    await settle(test, editId, { kind: 'done', record: null, writeSeq: 2 })
    const undone = value(await test.store.page['edit.undoLast']({}))
    expect(undone).toMatchObject({ imported: { restored: 5, compensating: 1, stay: 0 } })
    expect(await names(test)).toHaveLength(5)
    expect((await take(test, FULL_ENGAGE)).edit).toMatchObject({ operation: 'create' })
  })

  it('asks for nobody twice, and leaves who is under way to the next undo', async () => {
    const test = await openBook(0)
    value(await test.store.page['client.delete']({ clientId: await idOf(test, 'Ann') }))
    await begin(test, EVERYBODY)
    expect(await plan(test, DELETE)).toMatchObject({ same: 1, sends: [{ clients: 1 }] })
    expect(await takeAll(test, DELETE)).toMatchObject({ changed: 1 })
    test.time.tick(BULK_DELETE_HOLD_MS)
    // Ann's, asked for before: it is not of this step.
    const ann = await send(test, FULL_ENGAGE)
    await settle(test, ann.editId, { kind: 'done', record: null, writeSeq: 2 })
    const bob = await send(test, FULL_ENGAGE)
    expect(value(await test.store.page['edit.undoLast']({}))).toMatchObject({ imported: { restored: 0, underWay: 1 } })
    await settle(test, bob.editId, { kind: 'done', record: null, writeSeq: 3 })
    expect(value(await test.store.page['edit.undoLast']({}))).toMatchObject({
      imported: { restored: 1, compensating: 1, underWay: 0 },
    })
  })
})

async function exportAllNow({ store }: TestStore): Promise<string> {
  return value(await store.page['clients.exportVCard']({ query: BY_NAME, clientId: null, extent: 'contact' })).text
}
