import { randomInt } from 'node:crypto'
import { SAFETY_RULES, type SafetyRule } from '../../shared/safety/rules.ts'
import { createPool, type Pool } from './pool.ts'
import { SCENARIOS } from './scenarios.ts'

export interface Switched {
  readonly rule: SafetyRule
  /** The seed that noticed, and what it said; null: nobody missed the rule. */
  readonly seed: number | null
  readonly wrong: string | null
  readonly tried: number
  readonly tookMs: number
}

/** Switches one rule off after the other, each in weather that asks for it, until an invariant breaks. */
export async function trySwitches(
  rules: readonly SafetyRule[],
  options: { readonly seeds: number; readonly jobs: number; readonly tell: (one: Switched) => void },
): Promise<readonly Switched[]> {
  const pool = createPool(options.jobs)
  const found: Switched[] = []
  try {
    for (const rule of rules) {
      const one = await trySwitch(pool, rule, options.seeds, options.jobs)
      found.push(one)
      options.tell(one)
    }
  } finally {
    pool.end()
  }
  return found
}

async function trySwitch(pool: Pool, rule: SafetyRule, seeds: number, jobs: number): Promise<Switched> {
  const scenario = SCENARIOS[rule]
  const startedAt = Date.now()
  let tried = 0
  let noticed: { readonly seed: number; readonly wrong: string } | null = null
  const line = async (): Promise<void> => {
    while (noticed === null && tried < seeds && scenario !== undefined) {
      tried++
      // Seeds of their own each time: a rule must be missed in general, and not by one lucky run.
      const seed = randomInt(1, 2 ** 31)
      const { result } = await pool.run({ options: { ...scenario, seed, off: [rule] }, twice: false })
      const [wrong] = result.wrong
      if (wrong !== undefined) noticed ??= { seed, wrong }
    }
  }
  await Promise.all(Array.from({ length: jobs }, line))
  const { seed, wrong } = noticed ?? { seed: null, wrong: null }
  return { rule, seed, wrong, tried, tookMs: Date.now() - startedAt }
}

export const ALL_RULES: readonly SafetyRule[] = SAFETY_RULES
