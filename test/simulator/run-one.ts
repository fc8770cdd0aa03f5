import { CONNECTOR_IDS, type ConnectorId } from '../../electron/simulator/divide-clients.ts'
import type { SafetyRule } from '../../shared/safety/rules.ts'
import { switchedOff } from '../../shared/safety/switched-off.ts'
import { addSources, calmDown } from './calm.ts'
import { checkAtEnd, checkProofs, checkStep, createWatch } from './checks.ts'
import {
  type ArmedFault,
  type FaultName,
  INNER_FAULTS,
  MUTANTS,
  type Mutant,
  mixFaults,
  NETWORK_FAULTS,
  type NetworkFault,
  STEP_FAULTS,
} from './fault-mix.ts'
import { Ledger } from './ledger.ts'
import { actRemotely } from './remote-writers.ts'
import { restart, strikeStep } from './step-faults.ts'
import { actAsUser, type UserWeights } from './users.ts'
import { createDice, type Dice } from './world/dice.ts'
import type { Life } from './world/time.ts'
import { createWorld, type SimWorld } from './world/world.ts'

/** Everything a run depends on. The same options give the same run, on any machine. */
export interface RunOptions {
  readonly seed: number
  readonly steps?: number
  /** Steps that are left out, and faults that do not strike: what a failing run is shrunk to. */
  readonly skip?: readonly number[]
  readonly without?: readonly string[]
  readonly off?: readonly SafetyRule[]
  /** What a directed run asks for more of. */
  readonly likely?: readonly FaultName[]
  readonly users?: UserWeights
  readonly vendors?: readonly ConnectorId[]
  readonly mutants?: readonly Mutant[]
  /** All clients have been known for long when it begins. */
  readonly aged?: boolean
  /** Clients of each vendor at the beginning. */
  readonly rows?: number
  /** Other users of the vendors. */
  readonly writers?: number
  /** How much of what happened can be read afterwards. Changes nothing of it. */
  readonly keptLines?: number
}

export interface RunResult {
  readonly seed: number
  readonly steps: number
  readonly wrong: readonly string[]
  /** The step at which the first thing went wrong. */
  readonly wrongAt: number | null
  readonly trace: number
  readonly last: readonly string[]
  readonly faults: Readonly<Record<string, number>>
  readonly mutant: string | null
  readonly saved: number
  readonly simulatedMs: number
  readonly requests: number
}

export interface RunState {
  readonly world: SimWorld
  readonly ledger: Ledger
  readonly dice: Dice
  readonly watch: ReturnType<typeof createWatch>
  /** Faults that have struck, by name. */
  readonly struck: Map<string, number>
  /** Names of the faults that may strike in this run. */
  readonly mayStrike: ReadonlySet<string>
  step: number
  calm: boolean
  /** The core is not started again before this step. */
  coreAwayUntil: number
}

const STEPS = { least: 10, most: 40 }

export async function runOne(options: RunOptions): Promise<RunResult> {
  const { seed } = options
  switchedOff.clear()
  for (const rule of options.off ?? []) switchedOff.add(rule)
  const dice = createDice(seed)
  const steps = options.steps ?? dice.stream('length').between(STEPS.least, STEPS.most)
  const setup = dice.stream('setup')
  const without = new Set(options.without ?? [])
  const armed = mixFaults(dice.stream('faults'), steps, options.likely).filter(({ name }) => !without.has(name))
  const vendors = chooseVendors(setup, options.vendors)
  const mutant = chooseMutant(setup, vendors, options.mutants, without)
  const struck = new Map<string, number>()
  const strikeDice = dice.stream('strikes')
  const at = { step: 0, calm: true }
  const isDue = (fault: ArmedFault): boolean =>
    !at.calm && at.step >= fault.from && at.step < fault.to && strikeDice.chance(fault.rate)
  const strike = <N extends FaultName>(names: readonly N[]): N | null => {
    if (at.calm) return null
    for (const fault of armed) {
      const name = names.find((one) => one === fault.name)
      if (name === undefined || !isDue(fault)) continue
      struck.set(name, (struck.get(name) ?? 0) + 1)
      return name
    }
    return null
  }
  const inner = new Map(INNER_FAULTS.map((name) => [name, armed.filter((fault) => fault.name === name)]))
  const world = await createWorld({
    dice: dice.stream('world'),
    vendors: vendors.map((id) => ({
      id,
      count: options.rows ?? (id === 'full-engage' ? setup.between(3, 16) : setup.between(2, 9)),
    })),
    pageRows: setup.between(4, 8),
    mutant,
    ...(options.keptLines === undefined ? {} : { keptLines: options.keptLines }),
    strike: (name) => {
      for (const fault of inner.get(name) ?? []) {
        if (!isDue(fault)) continue
        struck.set(name, (struck.get(name) ?? 0) + 1)
        world.note(`fault ${name}`)
        return true
      }
      return false
    },
    strikeRequest: (): NetworkFault | null => strike(NETWORK_FAULTS),
  })
  const state: RunState = {
    world,
    ledger: new Ledger(),
    dice,
    watch: createWatch(),
    struck,
    mayStrike: new Set([...armed.map(({ name }) => name), ...(mutant === null ? [] : [mutant.rule])]),
    step: 0,
    calm: false,
    coreAwayUntil: 0,
  }
  watchFence(state)
  const startedAt = world.time.now()
  let wrongAt: number | null = null
  const look = (): void => {
    if (wrongAt === null && world.wrong.length > 0) wrongAt = state.step
  }
  try {
    const windows = setup.between(1, 3)
    for (let i = 0; i < windows; i++) world.openWindow()
    await world.startCore()
    await addSources(state, setup.chance(0.25) ? 5 : 0)
    // A client is missed only after it has been known for a while; some runs begin with old friends.
    await world.time.advance((options.aged ?? setup.chance(0.3)) ? 700_000 : 5_000)
    at.calm = false
    const skipped = new Set(options.skip ?? [])
    const writers = options.writers ?? setup.between(0, 3)
    for (let step = 0; step < steps && world.wrong.length === 0; step++) {
      state.step = step
      at.step = step
      if (skipped.has(step)) continue
      const stepDice = dice.stream(`step ${step}`)
      if (world.core() === null && step >= state.coreAwayUntil) await restart(state)
      const fault = strike(STEP_FAULTS)
      if (fault !== null) await strikeStep(state, fault, stepDice.stream('fault'))
      await actAsUser(state, stepDice.stream('user'), options.users)
      if (stepDice.chance(writers * 0.2)) actRemotely(state, stepDice.stream('remote'))
      await world.time.advance(pauseOf(stepDice))
      await checkStep(state)
      look()
    }
    state.step = steps
    at.calm = true
    state.calm = true
    state.coreAwayUntil = 0
    if (world.wrong.length === 0) {
      await calmDown(state)
      look()
    }
    if (world.wrong.length === 0) await checkAtEnd(state)
    look()
  } catch (cause) {
    world.wrong.push(`threw ${cause instanceof Error ? cause.message : String(cause)}`)
    look()
  } finally {
    world.end()
    switchedOff.clear()
  }
  return {
    seed,
    steps: Math.min(steps, state.step + 1),
    wrong: world.wrong,
    wrongAt,
    trace: world.trace.sum(),
    last: world.trace.lines,
    faults: Object.fromEntries(struck),
    mutant: mutant === null ? null : `${mutant.vendor} ${mutant.rule}`,
    saved: state.ledger.intents.filter((intent) => intent.savedAt !== null).length,
    simulatedMs: world.time.now() - startedAt,
    requests: world.network.requests(),
  }
}

/** I2: what is taken for proven is looked at as it is stored. I9: once another worker has taken the database over, nothing more of the older one is stored. */
function watchFence(state: RunState): void {
  const { world } = state
  let holder: Life | null = null
  world.storage.onCommit = (life, tables) => {
    if (tables.includes('suspects')) checkProofs(state)
    if (tables.length === 1 && tables[0] === 'meta') {
      holder = life
      return
    }
    if (holder !== null && holder !== life) {
      world.wrong.push(`I9 a worker stored into ${tables.length} tables after another had taken over`)
    }
  }
}

/** Mostly moments, so that things meet; now and then long enough for what waits to come due. */
function pauseOf(dice: Dice): number {
  const kind = dice.below(20)
  if (kind < 11) return dice.below(400)
  if (kind < 17) return dice.below(20_000)
  if (kind < 19) return dice.below(150_000)
  return dice.below(900_000)
}

function chooseVendors(dice: Dice, given: readonly ConnectorId[] | undefined): readonly ConnectorId[] {
  if (given !== undefined) return given
  // The source that can be written to in every way is nearly always there; the others now and then.
  const share: Readonly<Record<ConnectorId, number>> = {
    'full-engage': 0.9,
    connect: 0.4,
    clnt: 0.2,
    spott: 0.2,
    endors: 0.2,
  }
  const chosen = CONNECTOR_IDS.filter((id) => dice.chance(share[id]))
  return chosen.length === 0 ? ['full-engage'] : chosen
}

function chooseMutant(
  dice: Dice,
  vendors: readonly ConnectorId[],
  given: readonly Mutant[] | undefined,
  without: ReadonlySet<string>,
): { readonly vendor: ConnectorId; readonly rule: Mutant } | null {
  const isOn = dice.chance(given === undefined ? 0.2 : 1)
  const vendor = dice.pick(vendors)
  const rule = dice.pick(given ?? MUTANTS)
  if (!isOn || vendor === undefined || rule === undefined || without.has(rule)) return null
  return { vendor, rule }
}
