import type { EditView, Notice } from '../../renderer/store/store-contract.ts'
import type { ClientId } from '../../shared/ids.ts'
import type { Fields } from '../../shared/model/field.ts'
import { testCreateWorld, type World } from '../support/test-create-world.ts'

/** A world with a pulled book whose edits stay in the queue until it goes online. */
export async function offlineWorld(seed: number): Promise<World> {
  const world = await testCreateWorld(seed, { fullEngage: 6, connect: 0 })
  await world.advance(5_000)
  await workOffline(world, true)
  return world
}

export async function workOffline(world: World, offline: boolean): Promise<void> {
  const set = await world.host()['settings.set']({ workOffline: offline })
  if (!set.ok) throw new Error(set.error.code)
}

/** Runs the world's clock until this has an answer. */
export async function until<T>(world: World, answer: Promise<T>): Promise<T> {
  let isOver = false
  const over = answer.finally(() => {
    isOver = true
  })
  over.catch(() => undefined)
  for (let waited = 0; !isOver && waited < 120_000; waited += 100) await world.advance(100)
  return over
}

/** The client at this place of the list by name, and how to change it. */
export async function clientAt(world: World, place: number): Promise<{ clientId: ClientId; name: string }> {
  const list = await world
    .store()
    .page['clients.list']({ text: '', sort: { key: 'name', direction: 'asc' }, offset: 0, limit: 50 })
  const row = list.ok ? list.value.rows[place] : undefined
  if (row === undefined) throw new Error('no such client')
  return { clientId: row.clientId, name: row.name }
}

export async function save(world: World, clientId: ClientId, changes: Fields): Promise<'both' | 'one'> {
  const details = await world.store().page['clients.get']({ clientId })
  if (!details.ok || details.value === null) throw new Error('no such client')
  const seen: Record<string, Fields[keyof Fields]> = {}
  for (const view of details.value.fields) seen[view.field] = view.value
  const saved = await until(world, world.store().page['client.save']({ clientId, changes, seen }))
  if (!saved.ok) throw new Error(JSON.stringify(saved.error))
  return saved.value.copies
}

export async function queue(world: World): Promise<readonly EditView[]> {
  const list = await world.store().page['queue.list']({})
  if (!list.ok) throw new Error(list.error.code)
  return list.value
}

/** What waits, in short: `name: field=value (hold)`. */
export async function waiting(world: World): Promise<readonly string[]> {
  return (await queue(world)).map((edit) => {
    const changes = edit.changes.map(({ field, to }) => `${field}=${String(to)}`).join()
    return `${edit.clientName}: ${changes}${edit.hold === null ? '' : ` (${edit.hold})`}`
  })
}

export async function notices(world: World): Promise<readonly Notice[]> {
  const list = await world.store().page['notices.list']({})
  if (!list.ok) throw new Error(list.error.code)
  return list.value
}

export async function kinds(world: World): Promise<readonly Notice['kind'][]> {
  return (await notices(world)).map((notice) => notice.kind).sort()
}

export async function unjournaled(world: World): Promise<number> {
  const counts = await world.store().page['counts.get']({})
  return counts.ok ? counts.value.unjournaled : -1
}

/** Bodies of the writes that reached Full Engage, in order. */
export function written(world: World): readonly string[] {
  return world.traffic
    .filter((sent) => sent.method !== 'GET')
    .map((sent) => `${sent.method} ${JSON.stringify(sent.body)}`)
}

/** The journal as text. */
export function journalText(world: World): string {
  return [...world.disk.journal]
    .filter(([name]) => !name.includes('damaged'))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, bytes]) => new TextDecoder('latin1').decode(bytes))
    .join('')
}

/** A new client, on its way to Full Engage. */
export async function createAt(world: World, name: string, phone: string): Promise<'both' | 'one'> {
  const created = await until(
    world,
    world.store().page['client.create']({ sourceId: world.ids.fullEngage, deviceOnly: false, fields: { name, phone } }),
  )
  if (!created.ok) throw new Error(JSON.stringify(created.error))
  return created.value.copies
}

/** The client of this name, if the book has one: ids that nothing of the user's hangs on change with a lost database. */
export async function clientNamed(world: World, name: string): Promise<ClientId | null> {
  const list = await world.store().page['clients.list']({ text: '', sort: null, offset: 0, limit: 50 })
  return list.ok ? (list.value.rows.find((row) => row.name === name)?.clientId ?? null) : null
}
