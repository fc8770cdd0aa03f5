import { onTestFinished } from 'vitest'
import { HostFetchError, type HostResponse } from '../../electron/host/host.ts'
import type { ClientId, SourceId } from '../../shared/ids.ts'
import type { Fields } from '../../shared/model/field.ts'
import type { SourceView } from '../../shared/model/source.ts'
import type { Result } from '../../shared/result.ts'
import { type Act, type Plan, testCreateWorld, type World } from './test-create-world.ts'

/**
 * The real core, store and vendors under a hand clock, with words for what users do and what happens to single requests.
 * Ends with the test, and fails it where something happened that must never happen.
 */
export async function testCreatePush(options: { readonly seed?: number; readonly fullEngage?: number } = {}) {
  const world = await testCreateWorld(options.seed ?? 1, { fullEngage: options.fullEngage ?? 5, connect: 2 })
  let allowBugs = false
  onTestFinished(async () => {
    await world.end()
    if (!allowBugs && world.bugs.length > 0) throw new Error(world.bugs.join('\n'))
  })
  await world.advance(5_000)
  const { fullEngage } = world.ids
  const page = () => world.store().page

  const rows = async (text = '') =>
    value(await page()['clients.list']({ text, sort: null, offset: 0, limit: 500 })).rows
  const details = async (clientId: ClientId) => {
    const found = value(await page()['clients.get']({ clientId }))
    if (found === null) throw new Error('no such client')
    return found
  }
  return {
    world,
    page,
    rows,
    details,
    allowBugs: () => {
      allowBugs = true
    },
    queue: async () => value(await page()['queue.list']({})),
    conflicts: async () => value(await page()['conflicts.list']({})),
    notices: async () => value(await page()['notices.list']({})),
    source: async (sourceId: SourceId = fullEngage): Promise<SourceView> => {
      const view = value(await world.host()['sources.list']({})).find((s) => s.sourceId === sourceId)
      if (view === undefined) throw new Error('no such source')
      return view
    },
    /** A client that the vendor has, by its place in the vendor's table. */
    nth: async (n: number) => {
      const there = world.fullEngage.table.list()[n]
      if (there === undefined) throw new Error('no such row')
      for (const row of await rows()) {
        const [record] = (await details(row.clientId)).records
        if (record?.sourceId === fullEngage && record.remoteId === there.id)
          return { clientId: row.clientId, remoteId: there.id, name: row.name }
      }
      throw new Error('not listed')
    },
    there: (remoteId: string) => world.fullEngage.table.get(remoteId),
    create: async (name: string, fields: Fields = { phone: '+370 600 00000' }, sourceId: SourceId = fullEngage) => {
      const made = await page()['client.create']({ sourceId, deviceOnly: false, fields: { name, ...fields } })
      return value(made).clientId
    },
    save: async (clientId: ClientId, changes: Fields) => {
      const shown = new Map((await details(clientId)).fields.map((f) => [f.field, f.value]))
      const seen = Object.fromEntries(Object.keys(changes).map((field) => [field, shown.get(field as 'name') ?? null]))
      return value(await page()['client.save']({ clientId, changes, seen }))
    },
    shown: async (clientId: ClientId, field: string) =>
      (await details(clientId)).fields.find((f) => f.field === field)?.value ?? null,
    sent: (method: string, from = 0) => world.sent.slice(from).filter((request) => request.method === method),
    /** The first requests of these methods go as said, all others as always. */
    script: (
      plans: Readonly<Partial<Record<'GET' | 'POST' | 'PATCH' | 'DELETE' | 'ONE' | 'LIST', readonly Plan[]>>>,
    ) => {
      const left = new Map(Object.entries(plans).map(([method, list]) => [method, [...list]]))
      world.script((request, act) => {
        const isOne = request.method === 'GET' && /\/clients\/[^/?]+$/.test(new URL(request.url).pathname)
        const kinds = request.method === 'GET' ? [isOne ? 'ONE' : 'LIST', 'GET'] : [request.method]
        for (const kind of kinds) {
          const plan = left.get(kind)?.shift()
          if (plan !== undefined) return plan(request, act)
        }
        return null
      })
    },
  }
}

export type TestPush = Awaited<ReturnType<typeof testCreatePush>>

export function value<T, E>(result: Result<T, E>): T {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.error)}`)
  return result.value
}

/** Plans: what happens to one request. */
export const asAlways: Plan = () => null
export const neverSent =
  (reason: HostFetchError['reason'] = 'refused'): Plan =>
  async () => {
    throw new HostFetchError(reason, false, 'CODE')
  }
export const lostBefore: Plan = async () => {
  throw new HostFetchError('reset', true, 'ECONNRESET')
}
export const lostAfter: Plan = async (_, act) => {
  act.serve()
  throw new HostFetchError('reset', true, 'ECONNRESET')
}
export const answers =
  (status: number, body: unknown = { error: 'x' }, headers: Readonly<Record<string, string>> = {}): Plan =>
  async (_, act) =>
    act.answer(status, body, headers)
export const takesAndAnswers =
  (status: number, body: unknown = { error: 'x' }): Plan =>
  async (_, act) => {
    act.serve()
    return act.answer(status, body)
  }
/** Taken later, when the test says so; the line breaks at once. */
export function late(): { readonly plan: Plan; readonly land: () => HostResponse } {
  let serve: Act['serve'] | null = null
  return {
    plan: async (_, act) => {
      serve = act.serve
      throw new HostFetchError('timeout', true, null)
    },
    land: () => {
      if (serve === null) throw new Error('never sent')
      return serve()
    },
  }
}

export type { World }
