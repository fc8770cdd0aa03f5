import { ask } from './ask.ts'
import type { StepFault } from './fault-mix.ts'
import type { RunState } from './run-one.ts'
import type { Dice } from './world/dice.ts'
import type { SimWindow } from './world/window.ts'

/** Something happens to processes, disks, lines, clocks or settings; in the middle of things where that is what counts. */
export async function strikeStep(state: RunState, fault: StepFault, dice: Dice): Promise<void> {
  const { world, ledger } = state
  const { time } = world
  world.note(`fault ${fault}`)
  const host = dice.pick(world.windows())?.host() ?? null
  switch (fault) {
    case 'kill-core':
      await inTheMiddle(state, dice, world.killCore)
      await restart(state)
      return
    case 'core-away':
      await inTheMiddle(state, dice, world.killCore)
      state.coreAwayUntil = state.step + 1 + dice.below(6)
      return
    case 'kill-worker':
      await inTheMiddle(state, dice, () => killWindow(state, world.owner()?.window))
      await restart(state)
      return
    case 'kill-both':
      await inTheMiddle(state, dice, () => stopAll(state))
      await restart(state)
      return
    case 'quit':
      await world.quitCore()
      for (const window of world.windows()) killWindow(state, window)
      await restart(state)
      return
    case 'zombie':
      if (world.windows().length < 2) world.openWindow()
      await time.settle()
      world.makeZombie(dice.between(0, 8_000))
      return
    case 'database-lost':
      stopAll(state)
      world.storage.lose()
      ledger.databaseLost()
      state.watch.databaseChanged()
      await restart(state)
      return
    case 'database-behind':
      stopAll(state)
      world.note(`${world.storage.rollBack(dice.between(1, 20), false)} commits are gone`)
      ledger.databaseLost()
      state.watch.databaseChanged()
      await restart(state)
      return
    case 'database-resurrected':
      stopAll(state)
      world.storage.rollBack(dice.between(1, 40), false)
      world.storage.forgetIdentity()
      ledger.databaseLost()
      state.watch.databaseChanged()
      await restart(state)
      return
    case 'power-cut':
      await inTheMiddle(state, dice, () => stopAll(state))
      world.note(`${world.storage.rollBack(dice.between(1, 10), true)} commits are gone`)
      state.watch.databaseChanged()
      await restart(state)
      return
    case 'journal-lost':
      stopAll(state)
      world.disk.journal.lose()
      ledger.journalLost()
      await restart(state)
      return
    case 'journal-torn':
      stopAll(state)
      if (world.disk.journal.tear()) ledger.journalLost()
      await restart(state)
      return
    case 'journal-flipped':
      stopAll(state)
      if (world.disk.journal.flip()) ledger.journalLost()
      await restart(state)
      return
    case 'clock-jump':
      state.watch.isClockOff = true
      time.setSkew(dice.pick([0, 86_400_000, -31_536_000_000, 3_600_000, -3_600_000, 400_000, -5_000]) ?? 0)
      return
    case 'offline':
      if (host !== null) await ask(world, host['settings.set']({ workOffline: dice.chance(0.5) }), 0)
      return
    case 'page-offline':
      if (host !== null) await ask(world, host['network.report']({ online: dice.chance(0.5) }), 0)
      return
    case 'key-changed': {
      const vendor = dice.pick(world.vendors)
      if (vendor === undefined) return
      const { keyPlace } = vendor.vendor
      keyPlace.key = keyPlace.key === vendor.key ? 'another_key' : vendor.key
      return
    }
    case 'source-paused': {
      const sourceId = dice.pick([...world.sources.values()])
      if (host === null || sourceId === undefined) return
      await ask(world, host[dice.chance(0.5) ? 'sources.pause' : 'sources.resume']({ sourceId }), 0)
      return
    }
    case 'review-switched': {
      const sourceId = dice.pick([...world.sources.values()])
      if (host !== null && sourceId !== undefined) {
        await ask(world, host['sources.review']({ sourceId, on: dice.chance(0.5) }), 0)
      }
      return
    }
    case 'pii-switched':
      await switchPii(state, host, dice.chance(0.5))
      return
    case 'interval-switched':
      if (host !== null)
        await ask(world, host['settings.set']({ syncIntervalMinutes: dice.pick([0, 1, 5, 60]) ?? 5 }), 0)
      return
    case 'list-shifts': {
      const table = dice.pick(world.vendors)?.vendor.table
      const first = table?.slice(0, 1)[0]
      if (table === undefined || first === undefined) return
      if (dice.chance(0.5)) table.remove(String(first.id))
      else table.insert('createdAt' in first ? { createdAt: first.createdAt ?? null } : {})
      return
    }
    case 'mass-removal': {
      const table = dice.pick(world.vendors)?.vendor.table
      for (const row of table?.list() ?? []) if (dice.chance(0.6)) table?.remove(String(row.id))
      return
    }
    case 'new-window':
      if (world.windows().length < 4) world.openWindow()
      return
    case 'close-window':
      killWindow(state, dice.pick(world.windows()))
      await restart(state)
      return
  }
}

/** Lets so many turns pass, and with them whatever is under way, before the blow falls. */
async function inTheMiddle(state: RunState, dice: Dice, blow: () => void): Promise<void> {
  const { time } = state.world
  let isStruck = false
  time.afterTurns(dice.below(60), () => {
    isStruck = true
    blow()
  })
  await time.advance(dice.below(200))
  if (!isStruck) time.dropStrikes()
  if (!isStruck) blow()
}

function killWindow(state: RunState, window: SimWindow | undefined): void {
  if (window === undefined) return
  window.kill()
  // What was asked there and not answered may have happened or not.
  for (const intent of state.ledger.intents) if (intent.state === 'asked') intent.state = 'info'
}

export function stopAll(state: RunState): void {
  state.world.killCore()
  for (const window of state.world.windows()) killWindow(state, window)
}

/** Whatever is not running is started again. */
export async function restart(state: RunState): Promise<void> {
  const { world } = state
  await world.time.settle()
  if (state.step >= state.coreAwayUntil) await world.startCore()
  if (world.windows().length === 0) world.openWindow()
  state.watch.asked(world.time.now())
  await world.time.advance(300)
}

export async function switchPii(state: RunState, host: ReturnType<SimWindow['host']>, on: boolean): Promise<void> {
  const { world } = state
  const vendor = world.vendors.find(({ id }) => id === 'clnt')
  const sourceId = world.sources.get('clnt')
  if (vendor === undefined || sourceId === undefined || host === null) return
  const draft = { connectorId: 'clnt', name: 'clnt', settings: { ...vendor.settings, includeSensitive: on } }
  const done = await ask(world, host['sources.update']({ sourceId, draft }))
  if (done?.ok === true) state.watch.pii = on
}
