import { z } from 'zod'

/** Longer than any sentence that a person types, short enough to derive a key from at once. */
export const passphraseSchema = z.string().min(1).max(1024)

/** Whether a passphrase protects this profile, and whether it has been given. */
export const appLockSchema = z.object({
  /** A passphrase is set: journal, backups and exports are written encrypted. */
  encrypted: z.boolean(),
  /** Nothing is served before the passphrase is given. */
  locked: z.boolean(),
  /** Files that are still being written anew after a change, 0 when all of it is as `encrypted` says. */
  rewriting: z.number().int().min(0),
  /** Not before then is another passphrase tried: after wrong ones there is a pause that grows. Ms since 1970, or null. */
  retryAt: z.number().nullable(),
})
export interface AppLock extends z.infer<typeof appLockSchema> {}

export const NO_LOCK: AppLock = { encrypted: false, locked: false, rewriting: 0, retryAt: null }

/** What is typed to remove a profile whose passphrase is forgotten. */
export const FORGET_WORD = 'forget'

/** Fewer letters are guessed, whatever it costs to try them. */
export const SHORTEST_PASSPHRASE = 8
