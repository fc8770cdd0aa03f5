import { z } from 'zod'
import type { Clock } from '../../../shared/clock.ts'
import type { Log, ProfileFiles } from '../../host/host.ts'
import { openProfileDocument } from '../profile-document.ts'

const FREE_TRIES = 3
const FIRST_PAUSE_MS = 2_000
const LONGEST_PAUSE_MS = 300_000

const triesSchema = z.object({ v: z.literal(1), failures: z.number().int().nonnegative(), at: z.number() })

/** Wrong passphrases, counted over restarts: after a few there is a pause, and each next one is twice as long. */
export interface Tries {
  /** Null: at once. Never further away than the longest pause, however the clock was set meanwhile. */
  readonly retryAt: () => number | null
  /** Counted before the passphrase is looked at: who ends the app in time gains nothing. */
  readonly begin: () => Promise<void>
  readonly succeeded: () => Promise<void>
}

export async function openTries(deps: {
  readonly files: ProfileFiles
  readonly log: Log
  readonly clock: Clock
}): Promise<Tries> {
  const { clock } = deps
  const tries = await openProfileDocument({
    ...deps,
    name: 'lock-tries.json',
    schema: triesSchema,
    initial: { v: 1, failures: 0, at: 0 },
  })
  let since = tries.get().at
  return {
    retryAt: () => {
      const now = clock.now()
      const { failures } = tries.get()
      if (failures < FREE_TRIES) return null
      // A clock that was set back makes the pause begin now, and end.
      since = Math.min(since, now)
      const until = since + Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (failures - FREE_TRIES))
      return until > now ? until : null
    },
    begin: async () => {
      since = clock.now()
      await tries.set(({ failures }) => ({ v: 1, failures: failures + 1, at: since }))
    },
    succeeded: async () => {
      if (tries.get().failures > 0) await tries.set({ v: 1, failures: 0, at: 0 })
    },
  }
}
