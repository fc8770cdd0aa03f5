import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { z } from 'zod'
import type { RunResult } from './run-one.ts'

/** What many runs came to. Only what was counted is in it; a file of it grows from one invocation to the next. */
export const tallySchema = z.object({
  runs: z.number(),
  steps: z.number(),
  requests: z.number(),
  /** Edits that the app said to have saved. */
  saved: z.number(),
  simulatedMs: z.number(),
  faults: z.record(z.string(), z.number()),
  /** Runs that broke an invariant, by what they broke. */
  lost: z.number(),
  duplicated: z.number(),
  wronglyDeleted: z.number(),
  leaked: z.number(),
  otherwise: z.number(),
  /** Runs that were made twice, and those of them that differed. */
  repeated: z.number(),
  nondeterministic: z.number(),
  failures: z.array(
    z.object({ seed: z.number(), step: z.number().nullable(), wrong: z.array(z.string()), commit: z.string() }),
  ),
  /** Runs by the commit of the app that they ran against. */
  commits: z.record(z.string(), z.number()),
})
export type Tally = z.infer<typeof tallySchema>

const KEPT_FAILURES = 200

export function emptyTally(): Tally {
  return {
    runs: 0,
    steps: 0,
    requests: 0,
    saved: 0,
    simulatedMs: 0,
    faults: {},
    lost: 0,
    duplicated: 0,
    wronglyDeleted: 0,
    leaked: 0,
    otherwise: 0,
    repeated: 0,
    nondeterministic: 0,
    failures: [],
    commits: {},
  }
}

export function readTally(path: string): Tally {
  return existsSync(path) ? tallySchema.parse(JSON.parse(readFileSync(path, 'utf8'))) : emptyTally()
}

export function writeTally(path: string, tally: Tally): void {
  writeFileSync(path, `${JSON.stringify(tally, null, 1)}\n`)
}

export function count(tally: Tally, result: RunResult, repeat: 'no' | 'same' | 'differs', commit: string): void {
  tally.runs++
  tally.steps += result.steps
  tally.requests += result.requests
  tally.saved += result.saved
  tally.simulatedMs += result.simulatedMs
  for (const [name, times] of Object.entries(result.faults)) tally.faults[name] = (tally.faults[name] ?? 0) + times
  tally.commits[commit] = (tally.commits[commit] ?? 0) + 1
  if (repeat !== 'no') tally.repeated++
  if (repeat === 'differs') tally.nondeterministic++
  if (result.wrong.length === 0) return
  const kind = kindOf(result.wrong[0] ?? '')
  tally[kind]++
  if (tally.failures.length < KEPT_FAILURES) {
    tally.failures.push({ seed: result.seed, step: result.wrongAt, wrong: result.wrong.slice(0, 5), commit })
  }
}

function kindOf(wrong: string): 'lost' | 'duplicated' | 'wronglyDeleted' | 'leaked' | 'otherwise' {
  const invariant = wrong.split(' ')[0]
  if (invariant === 'I1' || invariant === 'I11') return 'lost'
  if (invariant === 'I3') return 'duplicated'
  if (invariant === 'I2') return 'wronglyDeleted'
  if (invariant === 'I15' || invariant === 'I24') return 'leaked'
  return 'otherwise'
}

export function tellTally(tally: Tally): string {
  const years = tally.simulatedMs / 31_557_600_000
  const struck = Object.values(tally.faults).reduce((sum, times) => sum + times, 0)
  const failed = tally.lost + tally.duplicated + tally.wronglyDeleted + tally.leaked + tally.otherwise
  return [
    `runs ${tally.runs}, steps ${tally.steps}, edits saved ${tally.saved}, requests ${tally.requests}`,
    `faults injected ${struck}, of ${Object.keys(tally.faults).length} kinds; simulated time ${years.toFixed(2)} years`,
    `lost ${tally.lost}, duplicated ${tally.duplicated}, wrongly deleted ${tally.wronglyDeleted}, leaked ${tally.leaked}, otherwise wrong ${tally.otherwise}`,
    `repeated ${tally.repeated}, of these different ${tally.nondeterministic}; failed ${failed}`,
  ].join('\n')
}
