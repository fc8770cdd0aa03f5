import { afterEach, beforeEach, expect, test } from 'vitest'
import { HostFetchError } from '../../electron/host/host.ts'
import type { ClientId } from '../../shared/ids.ts'
import { type Plan, testCreateWorld, type World } from '../support/test-create-world.ts'

/** Faults of creates: the real core, store and vendor under a hand clock, with a script for single requests. */
let world: World

beforeEach(async () => {
  world = await testCreateWorld(1, { fullEngage: 5, connect: 2 })
  await world.advance(5_000)
})
afterEach(async () => {
  expect(world.bugs).toEqual([])
  await world.end()
})

const NAME = 'Ona Newcomer'

async function create(name = NAME): Promise<ClientId> {
  const made = await world.store().page['client.create']({
    sourceId: world.ids.fullEngage,
    deviceOnly: false,
    fields: { name, phone: '+370 600 00000' },
  })
  if (!made.ok) throw new Error(made.error.code)
  return made.value.clientId
}

async function queue() {
  const list = await world.store().page['queue.list']({})
  if (!list.ok) throw new Error(list.error.code)
  return list.value
}

async function listed(name = NAME) {
  const page = await world.store().page['clients.list']({ text: name, sort: null, offset: 0, limit: 50 })
  if (!page.ok) throw new Error(page.error.code)
  return page.value.rows
}

const posts = () => world.sent.filter((request) => request.method === 'POST')
const there = (name = NAME) => world.fullEngage.table.list().filter((row) => row.name === name)

/** The first POSTs go as said, everything after them as always. */
function onPosts(...plans: readonly Plan[]): void {
  let n = 0
  world.script((request, act) => (request.method === 'POST' ? (plans[n++]?.(request, act) ?? null) : null))
}

test.each([
  ['F001', 'dns'],
  ['F002', 'refused'],
  ['F002', 'timeout'],
] as const)(
  '%s %s on POST: certainly not sent, stays queued, attempt not counted, goes later as one',
  async (_, reason) => {
    onPosts(async () => {
      throw new HostFetchError(reason, false, 'CODE')
    })
    await create()
    await world.advance(90)
    const [edit] = await queue()
    expect(edit).toMatchObject({ state: 'retrying', attempts: 0 })
    await world.advance(60_000)
    expect(await queue()).toEqual([])
    expect(there()).toHaveLength(1)
  },
)

test('F003 reset after the body was sent: adopted by fence, one POST', async () => {
  onPosts(async (_, act) => {
    act.serve()
    throw new HostFetchError('reset', true, 'ECONNRESET')
  })
  const clientId = await create()
  await world.advance(20_000)
  expect(await queue()).toEqual([])
  expect(posts()).toHaveLength(1)
  expect((await listed()).map((row) => row.clientId)).toEqual([clientId])
})
