import { describe, expect, it } from 'vitest'
import { bulkPlanLines } from '../../../../renderer/features/clients/bulk-plan-text.ts'
import type { BulkChange, BulkSelection } from '../../../../renderer/store/store-contract.ts'
import { undoneText } from '../../../../renderer/text/undone-text.ts'
import type { ClientId } from '../../../../shared/ids.ts'
import {
  byName,
  details,
  FULL_ENGAGE,
  names,
  remote,
  sweep,
  type TestStore,
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

async function exportAllNow({ store }: TestStore): Promise<string> {
  return value(await store.page['clients.exportVCard']({ query: BY_NAME, clientId: null, extent: 'contact' })).text
}
