import type { ClientId } from '../../shared/ids.ts'
import type { FieldKey } from '../../shared/model/field.ts'
import { ask } from './ask.ts'
import { bookText, type Intent } from './ledger.ts'
import type { RunState } from './run-one.ts'
import type { Dice } from './world/dice.ts'
import type { SimWindow } from './world/window.ts'

export const USER_ACTIONS = [
  'save',
  'save-twice',
  'create',
  'create-twin',
  'delete',
  'undo',
  'discard',
  'retry',
  'resolve',
  'hold',
  'change',
  'release',
  'sync',
  'drop-local',
  'settle-removal',
  'nothing',
] as const
export type UserAction = (typeof USER_ACTIONS)[number]
export type UserWeights = Readonly<Partial<Record<UserAction, number>>>

const WEIGHTS: Readonly<Record<UserAction, number>> = {
  save: 9,
  'save-twice': 2,
  create: 4,
  'create-twin': 0.2,
  delete: 1.5,
  undo: 1,
  discard: 0.7,
  retry: 1,
  resolve: 1.5,
  hold: 0.3,
  change: 0.4,
  release: 0.6,
  sync: 3,
  'drop-local': 0.3,
  'settle-removal': 0.3,
  nothing: 5,
}

/** One thing that somebody does in one of the windows. */
export async function actAsUser(state: RunState, dice: Dice, weights: UserWeights = {}): Promise<void> {
  const window = dice.pick(state.world.windows())
  if (window === undefined) return
  const action = chooseAction(dice, weights)
  state.world.note(`window ${window.n}: ${action}`)
  switch (action) {
    case 'save':
      return save(state, window, dice, 1)
    case 'save-twice':
      return save(state, window, dice, 2)
    case 'create':
      return create(state, window, dice, null)
    case 'create-twin': {
      const rows = world(state, 'full-engage')
      return create(state, window, dice, dice.pick(rows) ?? null)
    }
    case 'delete':
      return remove(state, window, dice)
    case 'undo': {
      const before = state.ledger.live().map(({ clientId }) => clientId)
      const done = await taking(state, 'undo', () => ask(state.world, window.page['edit.undoLast']({})))
      if (done?.ok === true && done.value?.compensating === true) state.ledger.takenBack()
      state.watch.revived = before.length > 0 || state.watch.revived
      return
    }
    case 'discard':
      return discard(state, window, dice)
    case 'retry':
      return onQueue(state, window, dice, (editId) => ask(state.world, window.page['edit.retry']({ editId })))
    case 'hold':
      return onQueue(state, window, dice, (editId) => ask(state.world, window.page['edit.hold']({ editId })))
    case 'change':
      return change(state, window, dice)
    case 'release':
      await ask(state.world, window.page['edits.releaseAll']({ sourceId: null }))
      return
    case 'resolve':
      return resolve(state, window, dice)
    case 'sync':
      state.watch.asked(state.world.time.now())
      await ask(state.world, window.host()?.['sources.syncAll']({}) ?? Promise.resolve(null), 0)
      return
    case 'drop-local':
      return dropLocal(state, window, dice)
    case 'settle-removal':
      return settleRemovals(state, window, dice.chance(0.5) ? 'keep' : 'truth')
    case 'nothing':
      return
  }
}

function chooseAction(dice: Dice, weights: UserWeights): UserAction {
  const all = USER_ACTIONS.map((action) => [action, weights[action] ?? WEIGHTS[action]] as const)
  let at = dice.next() * all.reduce((sum, [, weight]) => sum + weight, 0)
  for (const [action, weight] of all) {
    at -= weight
    if (at < 0) return action
  }
  return 'nothing'
}

/** Mostly the same few clients, so that both sides meet. */
function chooseClient(state: RunState, dice: Dice): ClientId | undefined {
  const owner = state.world.owner()
  if (owner === null) return undefined
  const heads = [...owner.store.context.book.heads.values()]
  const hot = dice.chance(0.6) ? [...heads.slice(0, 3), ...heads.slice(-2)] : heads
  const head = dice.pick(hot)
  return head === undefined ? undefined : clientOf(head.recordId)
}

export function clientOf(recordId: string): ClientId {
  // A client made of one record carries the record's own random part (shared/ids.ts).
  return `cli_${recordId.slice(4)}` as ClientId
}

const FIELDS: readonly FieldKey[] = ['phone', 'notes', 'jobTitle']

async function save(state: RunState, window: SimWindow, dice: Dice, times: number): Promise<void> {
  const { world, ledger, watch } = state
  const clientId = chooseClient(state, dice)
  if (clientId === undefined) return
  const details = await ask(world, window.page['clients.get']({ clientId }))
  if (details === null || !details.ok || details.value === null) return
  for (const field of details.value.fields) watch.see(clientId, field.field, field.value)
  if (details.value.row.deleting) return
  const field = dice.pick(FIELDS.filter((one) => details.value?.fields.some((known) => known.field === one))) ?? 'notes'
  let shown = details.value.fields.find((known) => known.field === field)?.value ?? null
  for (let i = 0; i < times; i++) {
    const value = `+${state.step}${i}${dice.below(100_000)}`
    const intent = ledger.open(value, clientId, field, false, world.time.turns())
    const call = window.page['client.save']({ clientId, changes: { [field]: value }, seen: { [field]: shown } }).then(
      (saved) => {
        if (!window.life.alive) return
        if (saved.ok) {
          ledger.saved(intent, world.time.turns(), saved.value.copies)
          world.note(`saved ${field} ${value} of ${clientId} ${saved.value.copies}`)
        } else intent.state = saved.error.code === 'disconnected' || saved.error.code === 'storage' ? 'info' : 'refused'
      },
    )
    // Sometimes nobody waits: the next thing is done while this is still under way.
    if (dice.chance(0.7)) await ask(world, call)
    else call.catch(() => undefined)
    if (intent.state === 'asked') intent.state = 'info'
    // A save that failed leaves the form as it was: what it showed at first is still what was seen.
    if (savedState(intent) !== 'ok') continue
    shown = value
    watch.see(clientId, field, value)
  }
}

/** Clients of a vendor by name; a namesake of one can be made by hand. */
function world(state: RunState, vendor: string): readonly string[] {
  const rows = state.world.vendors.find(({ id }) => id === vendor)?.vendor.table.list() ?? []
  return rows.map((row) => String(row.name)).filter((name) => !name.startsWith('New'))
}

/** Read anew: it changes while this is awaited. */
function savedState(intent: Intent): Intent['state'] {
  return intent.state
}

async function create(state: RunState, window: SimWindow, dice: Dice, twinOf: string | null): Promise<void> {
  const { world, ledger } = state
  const places = [...world.sources]
  const place = twinOf === null ? dice.pick(places) : places.find(([vendor]) => vendor === 'full-engage')
  if (place === undefined) return
  const [vendor, sourceId] = place
  const name = twinOf ?? `New${state.step}x${dice.below(100_000)}`
  const deviceOnly = twinOf === null && dice.chance(0.1)
  const fields =
    vendor === 'full-engage'
      ? { name, notes: `+n${name}` }
      : { firstName: name, email: `${name.toLowerCase()}@example.org` }
  const intent = ledger.open(name, null, vendor === 'full-engage' ? 'name' : 'firstName', true, world.time.turns())
  intent.isTwin = twinOf !== null
  const call = window.page['client.create']({ sourceId, deviceOnly, fields }).then((made) => {
    if (!window.life.alive) return
    if (made.ok) {
      intent.clientId = made.value.clientId
      ledger.saved(intent, world.time.turns(), made.value.copies)
      world.note(`created ${name} ${made.value.clientId}`)
    } else intent.state = made.error.code === 'disconnected' || made.error.code === 'storage' ? 'info' : 'refused'
  })
  if (dice.chance(0.7)) await ask(world, call)
  else call.catch(() => undefined)
  if (intent.state === 'asked') intent.state = 'info'
}

async function remove(state: RunState, window: SimWindow, dice: Dice): Promise<void> {
  const clientId = chooseClient(state, dice)
  if (clientId === undefined) return
  state.watch.deleted.add(clientId)
  state.ledger.release(clientId, 'deleted by the user')
  await taking(state, 'delete', () => ask(state.world, window.page['client.delete']({ clientId })))
}

/** A command that takes values away, as the user wishes. */
async function taking<T>(state: RunState, why: string, command: () => Promise<T>): Promise<T> {
  const texts = (): string | null => {
    const owner = state.world.owner()
    return owner === null ? null : bookText(owner.store)
  }
  return state.ledger.around(texts, state.world.oracle, why, command)
}

async function onQueue(
  state: RunState,
  window: SimWindow,
  dice: Dice,
  act: (editId: Parameters<SimWindow['page']['edit.retry']>[0]['editId']) => Promise<unknown>,
): Promise<void> {
  const queue = await ask(state.world, window.page['queue.list']({}))
  const edit = queue?.ok === true ? dice.pick(queue.value) : undefined
  if (edit === undefined) return
  state.watch.asked(state.world.time.now())
  await act(edit.editId)
}

/** Other values for an edit that waits. What it said before is taken back by that. */
async function change(state: RunState, window: SimWindow, dice: Dice): Promise<void> {
  const { world, ledger } = state
  await onQueue(state, window, dice, async (editId) => {
    const edit = world.owner()?.store.context.book.edits.get(editId)
    if (edit === undefined || edit.operation === 'delete') return
    const value = `+c${state.step}x${dice.below(100_000)}`
    const intent = ledger.open(value, clientOf(edit.recordId), 'notes', false, world.time.turns())
    const done = await taking(state, 'changed', () =>
      ask(world, window.page['edit.change']({ editId, changes: { notes: value } })),
    )
    if (done === null) intent.state = 'info'
    else if (done.ok && done.value.editId !== null) ledger.saved(intent, world.time.turns(), 'one')
    else intent.state = 'refused'
    world.note(`changed to ${value}: ${intent.state}`)
  })
}

async function discard(state: RunState, window: SimWindow, dice: Dice): Promise<void> {
  await onQueue(state, window, dice, async (editId) => {
    const edit = state.world.owner()?.store.context.book.edits.get(editId)
    if (edit?.operation === 'create') state.watch.remade.add(clientOf(edit.recordId))
    if (edit?.operation === 'create') state.ledger.release(clientOf(edit.recordId), 'discarded')
    await taking(state, 'discard', () => ask(state.world, window.page['edit.discard']({ editId })))
  })
}

async function resolve(state: RunState, window: SimWindow, dice: Dice): Promise<void> {
  const list = await ask(state.world, window.page['conflicts.list']({}))
  const conflict = list?.ok === true ? dice.pick(list.value) : undefined
  if (conflict === undefined) return
  const side = dice.chance(0.5) ? 'mine' : 'theirs'
  for (const { field, theirs } of conflict.fields) state.watch.see(conflict.clientId, field, theirs)
  if (conflict.kind === 'gone' || conflict.kind === 'duplicate') state.watch.remade.add(conflict.clientId)
  // Some look for long before they decide; what has changed meanwhile they have not seen.
  if (dice.chance(0.3)) await state.world.time.advance(dice.below(120_000))
  if (dice.chance(0.4)) await changeMeanwhile(state, window, conflict, dice)
  await taking(state, `resolved ${side}`, () => ask(state.world, decide(window, conflict, side)))
}

/** While the user looks, the other side goes on, and the app learns of it. */
async function changeMeanwhile(
  state: RunState,
  window: SimWindow,
  conflict: Conflicts[number],
  dice: Dice,
): Promise<void> {
  const { world } = state
  const head = world.owner()?.store.context.book.heads.get(conflict.recordId)
  const field = conflict.fields[0]?.field
  const table = world.vendors.find(({ id }) => id === 'full-engage')?.vendor.table
  if (head?.remoteId == null || field === undefined || table === undefined) return
  table.update(head.remoteId, { [field]: `~m${state.step}x${dice.below(100_000)}` })
  await ask(world, window.host()?.['sources.syncAll']({}) ?? Promise.resolve(null), 0)
  await world.time.advance(3_000)
}

type Conflicts = Extract<Awaited<ReturnType<SimWindow['page']['conflicts.list']>>, { ok: true }>['value']

export function decide(window: SimWindow, conflict: Conflicts[number], side: 'mine' | 'theirs') {
  const choices = Object.fromEntries([...conflict.fields.map(({ field }) => [field, side]), ['record', side]])
  const seen = Object.fromEntries(conflict.fields.map(({ field, theirs }) => [field, theirs]))
  return window.page['conflict.resolve']({ conflictId: conflict.conflictId, choices, seen })
}

async function dropLocal(state: RunState, window: SimWindow, dice: Dice): Promise<void> {
  const clientId = chooseClient(state, dice)
  if (clientId === undefined) return
  const field = dice.pick(FIELDS) ?? 'notes'
  await taking(state, 'drop local', () => ask(state.world, window.page['client.dropLocal']({ clientId, field })))
}

/** `truth`: the user looks at the source first, and believes it only where it is right. */
export async function settleRemovals(state: RunState, window: SimWindow, how: 'keep' | 'truth'): Promise<void> {
  const { world } = state
  const host = window.host()
  const owner = world.owner()
  if (host === null || owner === null) return
  for (const [sourceId, held] of owner.store.context.book.held) {
    const vendor = [...world.sources].find(([, id]) => id === sourceId)?.[0]
    const table = world.vendors.find(({ id }) => id === vendor)?.vendor.table
    const isTrue = how === 'truth' && held.remoteIds.every((id) => table?.get(id) === null)
    world.note(`held removal of ${held.missing} at ${vendor}: ${isTrue ? 'remove' : 'keep'}`)
    await ask(world, host['sources.settleRemoval']({ sourceId, decision: isTrue ? 'remove' : 'keep' }))
  }
}
