import type { Pool } from './pool.ts'
import type { RunOptions, RunResult } from './run-one.ts'

/** The shortest run found that still breaks the same invariant: fewer steps, then fewer faults, then an earlier end. */
export async function shrink(pool: Pool, options: RunOptions, failed: RunResult, tries = 120): Promise<RunOptions> {
  const invariant = failed.wrong[0]?.split(' ')[0]
  let left = tries
  const stillFails = async (candidate: RunOptions): Promise<boolean> => {
    if (left-- <= 0) return false
    const { result } = await pool.run({ options: candidate, twice: false })
    return result.wrong[0]?.split(' ')[0] === invariant
  }
  let best: RunOptions = { ...options }
  const last = failed.wrongAt ?? failed.steps
  const cut = { ...best, steps: Math.min(options.steps ?? failed.steps, last + 1) }
  // What comes after the failure has no part in it; where it is found in calm weather, steps are left out from the end.
  if (await stillFails(cut)) best = cut
  for (const name of Object.keys(failed.faults)) {
    const candidate = { ...best, without: [...(best.without ?? []), name] }
    if (await stillFails(candidate)) best = candidate
  }
  const steps = best.steps ?? failed.steps
  for (let size = Math.max(1, Math.floor(steps / 2)); size >= 1 && left > 0; size = Math.floor(size / 2)) {
    for (let from = steps - size; from >= 0 && left > 0; from -= size) {
      const skip = new Set(best.skip ?? [])
      const part = Array.from({ length: size }, (_, i) => from + i).filter((step) => !skip.has(step))
      if (part.length === 0) continue
      const candidate = { ...best, skip: [...skip, ...part].sort((a, b) => a - b) }
      if (await stillFails(candidate)) best = candidate
    }
  }
  return best
}
