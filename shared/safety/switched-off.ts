import type { SafetyRule } from './rules.ts'

/**
 * Rules that the fault simulator has switched off in its own process, to prove that it notices. Empty everywhere else:
 * only `rules.ts` reads it, and only the simulator under `test/` may write it (test/architecture/safety-rules.test.ts).
 */
export const switchedOff = new Set<SafetyRule>()
