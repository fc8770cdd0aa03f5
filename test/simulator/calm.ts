import { ask } from './ask.ts'
import type { RunState } from './run-one.ts'
import { restart, stopAll } from './step-faults.ts'
import { decide, settleRemovals } from './users.ts'
import type { SimWindow } from './world/window.ts'

/** `syncMinutes` 0: sources are read when somebody asks, so that the run is not spent on reading what has not changed. */
export async function addSources(state: RunState, syncMinutes: number): Promise<void> {
  const { world } = state
  const host = world.windows()[0]?.host()
  if (host === null || host === undefined) throw new Error('no core to add sources to')
  await ask(world, host['settings.set']({ syncIntervalMinutes: syncMinutes }))
  for (const vendor of world.vendors) {
    const draft = { connectorId: vendor.id, name: vendor.id, key: vendor.key, settings: vendor.settings }
    const added = await ask(world, host['sources.add']({ draft, check: false }))
    if (added?.ok !== true) throw new Error(`source: ${JSON.stringify(added)}`)
    world.sources.set(vendor.id, added.value.sourceId)
  }
}

const ROUNDS = 14
/** Longer than the grace of a create. */
const ROUND_MS = 130_000
const SOON_MS = 15_000

/** No more faults, and a user who answers what is asked: within these rounds everything must have come to rest (I10). */
export async function calmDown(state: RunState): Promise<void> {
  const { world, struck } = state
  // What hangs, hangs until the app is started anew; and a start is a test of its own.
  if (struck.has('tx-hang') || struck.has('zombie') || struck.has('line-cut') || state.dice.stream('calm').chance(0.4))
    stopAll(state)
  await restart(state)
  for (const vendor of world.vendors) vendor.vendor.keyPlace.key = vendor.key
  await world.time.advance(10_000)
  // A wait that a vendor asked for in odd words, or that was noted by a clock that has been set back since, is kept, up to
  // the hour at which it is cut off.
  if (struck.has('rate-limit-odd') || struck.has('clock-jump')) await world.time.advance(3_700_000)
  const setUp = async (): Promise<SimWindow> => {
    const window = world.windows()[0] ?? world.openWindow()
    window.reachCore()
    const host = window.host()
    if (host === null) throw new Error('no core in calm weather')
    await ask(world, host['settings.set']({ workOffline: false, syncIntervalMinutes: 0 }))
    await ask(world, host['network.report']({ online: true }))
    for (const sourceId of world.sources.values()) {
      await ask(world, host['sources.review']({ sourceId, on: false }))
      await ask(world, host['sources.resume']({ sourceId }))
    }
    return window
  }
  const window = await setUp()
  for (let round = 0; round < ROUNDS; round++) {
    const host = window.host()
    if (host === null) throw new Error('the core went away in calm weather')
    // What a vendor applies late must have been applied before it can be read, and what spoils its lists must be over.
    const isSettled = !world.network.isUnsettled()
    state.watch.asked(world.time.now())
    await ask(world, host['sources.syncAll']({}))
    await world.time.advance(SOON_MS)
    // Only what waits is waited for: simulated hours in which nothing happens cost as much as others.
    if (!isSettled || !(await isAtRest(state, window))) await world.time.advance(ROUND_MS - SOON_MS)
    await ask(world, window.page['edits.releaseAll']({ sourceId: null }))
    const isQuiet = await answerQuestions(state, window)
    await settleRemovals(state, window, 'truth')
    if (isQuiet && isSettled && (await isAtRest(state, window))) break
  }
  // Removals are believed only after several readings apart from each other.
  for (const pause of PAUSES_MS) {
    for (const sourceId of world.sources.values()) {
      await ask(world, window.host()?.['sources.sync']({ sourceId, full: true }) ?? Promise.resolve(null))
    }
    await world.time.advance(pause)
    await settleRemovals(state, window, 'truth')
    if (isSame(state)) break
  }
  await world.time.advance(10_000)
}

const PAUSES_MS = [15_000, 70_000, 600_000, 70_000, 3_700_000, 70_000, 3_700_000, 70_000, 70_000] as const

/** Whether nothing is to be sent or decided, and every source has been read. */
async function isAtRest({ world }: RunState, window: SimWindow): Promise<boolean> {
  const book = world.owner()?.store.context.book
  const sources = await ask(world, window.host()?.['sources.list']({}) ?? Promise.resolve(null))
  if (book === undefined || sources?.ok !== true || book.edits.size > 0) return false
  const isRead = sources.value.every(({ state, heldRemoval }) => state === 'up-to-date' && heldRemoval === null)
  return isRead && [...book.conflicts.values()].every(({ resolvedAt }) => resolvedAt !== null)
}

/** Whether the book names the clients that are at the vendors, and no others. */
function isSame(state: RunState): boolean {
  const { world } = state
  const book = world.owner()?.store.context.book
  if (book === undefined) return false
  return world.vendors.every(({ id, vendor }) => {
    const sourceId = world.sources.get(id)
    const here = [...book.heads.values()].filter((head) => head.sourceId === sourceId && head.remoteId !== null)
    return (
      here.length === vendor.table.count() && here.every(({ remoteId }) => vendor.table.get(String(remoteId)) !== null)
    )
  })
}

/** Decides every conflict for the source, and asks for a retry of what needs attention. True where nothing was open. */
async function answerQuestions(state: RunState, window: SimWindow): Promise<boolean> {
  const { world, ledger, watch } = state
  const conflicts = await ask(world, window.page['conflicts.list']({}))
  const open = conflicts?.ok === true ? conflicts.value : []
  for (const conflict of open) {
    for (const { field, theirs } of conflict.fields) watch.see(conflict.clientId, field, theirs)
    if (conflict.kind === 'gone' || conflict.kind === 'duplicate') watch.remade.add(conflict.clientId)
    ledger.release(conflict.clientId, 'decided for the source')
    const done = await ask(world, decide(window, conflict, 'theirs'))
    if (done?.ok !== true) world.note(`resolving ${conflict.kind} answered ${JSON.stringify(done)}`)
  }
  const queue = await ask(world, window.page['queue.list']({}))
  const waiting = queue?.ok === true ? queue.value : []
  for (const edit of waiting) {
    if (edit.state !== 'needs-attention' && edit.state !== 'unknown-outcome') continue
    // Refused for good, or of unknown fate for good: in the end the user gives it up.
    const asked = watch.retried.get(edit.editId) ?? 0
    watch.retried.set(edit.editId, asked + 1)
    if (asked < 3 || !edit.canDiscard) await ask(world, window.page['edit.retry']({ editId: edit.editId }))
    else {
      watch.remade.add(edit.clientId)
      ledger.release(edit.clientId, 'given up')
      await ask(world, window.page['edit.discard']({ editId: edit.editId }))
    }
  }
  return open.length === 0 && waiting.length === 0
}
