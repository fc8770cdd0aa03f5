import { randomInt } from 'node:crypto'
import { SAFETY_RULES, type SafetyRule } from '../../shared/safety/rules.ts'
import { createPool, type Pool } from './pool.ts'
import type { RunOptions } from './run-one.ts'
import { SCENARIOS } from './scenarios.ts'

export interface Switched {
  readonly rule: SafetyRule
  /** The seed that noticed, and what it said; null: nobody missed the rule. */
  readonly seed: number | null
  readonly wrong: string | null
  readonly tried: number
  /** Runs that went wrong with all rules on, too: they prove nothing of this one, and are bugs. */
  readonly wrongAnyway: readonly { readonly seed: number; readonly wrong: string }[]
  readonly tookMs: number
}

/** Switches one rule off after the other, each in weather that asks for it, until an invariant breaks. */
export async function trySwitches(
  rules: readonly SafetyRule[],
  options: { readonly seeds: number; readonly jobs: number; readonly tell: (one: Switched) => void },
): Promise<readonly Switched[]> {
  const pool = await createPool(options.jobs)
  try {
    // One rule per process: each has its own weather, and the longest sets the time.
    const left = [...rules]
    const found: Switched[] = []
    const line = async (): Promise<void> => {
      for (let rule = left.shift(); rule !== undefined; rule = left.shift()) {
        const one = await trySwitch(pool, rule, options.seeds)
        found.push(one)
        options.tell(one)
      }
    }
    await Promise.all(Array.from({ length: options.jobs }, line))
    return found
  } finally {
    pool.end()
  }
}

async function trySwitch(pool: Pool, rule: SafetyRule, seeds: number): Promise<Switched> {
  const startedAt = Date.now()
  const wrongAnyway: { seed: number; wrong: string }[] = []
  for (let tried = 1; tried <= seeds; tried++) {
    // Seeds of their own each time: a rule must be missed in general, and not by one lucky run.
    const options: RunOptions = { steps: 40, ...SCENARIOS[rule], seed: randomInt(1, 2 ** 31) }
    const { result } = await pool.run({ options: { ...options, off: [rule] }, twice: false })
    const [wrong] = result.wrong
    if (wrong === undefined) continue
    const [anyway] = (await pool.run({ options, twice: false })).result.wrong
    if (anyway === undefined) {
      return { rule, seed: options.seed, wrong, tried, wrongAnyway, tookMs: Date.now() - startedAt }
    }
    wrongAnyway.push({ seed: options.seed, wrong: anyway })
  }
  return { rule, seed: null, wrong: null, tried: seeds, wrongAnyway, tookMs: Date.now() - startedAt }
}

export const ALL_RULES: readonly SafetyRule[] = SAFETY_RULES
