import { z } from 'zod'
import type { DesktopNotice } from '../../../shared/model/desktop.ts'

export type NoticeTag = DesktopNotice['tag']

/** Names of what has been told and still stood when this was written; never a word of a client. */
export const toldSchema = z.object({
  v: z.literal(1).default(1),
  told: z.record(z.string(), z.array(z.string().max(80)).max(5000)).default({}),
})
export interface Told extends z.infer<typeof toldSchema> {}

/** A source that is asked again leaves its trouble for a moment; what comes back sooner than this is the same trouble. */
const FORGET_AFTER_MS = 10 * 60_000

/** What has been told, under each tag. A fact that is over long enough is news when it comes back. */
export interface ToldFacts {
  /** What stands now; forgets what has been over for long. */
  readonly stand: (tag: NoticeTag, facts: readonly string[], now: number) => void
  readonly isTold: (tag: NoticeTag, fact: string) => boolean
  readonly tell: (tag: NoticeTag, facts: readonly string[]) => void
  readonly kept: () => Told
}

export function createToldFacts(before: Told): ToldFacts {
  /** Null while it stands, else since when it does not. */
  const byTag = new Map<string, Map<string, number | null>>()
  const of = (tag: string): Map<string, number | null> => {
    const known = byTag.get(tag) ?? new Map<string, number | null>()
    byTag.set(tag, known)
    return known
  }
  for (const [tag, facts] of Object.entries(before.told)) for (const fact of facts) of(tag).set(fact, null)
  return {
    stand: (tag, facts, now) => {
      const standing = new Set(facts)
      const known = of(tag)
      for (const [fact, overSince] of known) {
        if (standing.has(fact)) known.set(fact, null)
        else if (overSince === null) known.set(fact, now)
        else if (now - overSince >= FORGET_AFTER_MS) known.delete(fact)
      }
    },
    isTold: (tag, fact) => of(tag).has(fact),
    tell: (tag, facts) => {
      for (const fact of facts) of(tag).set(fact, null)
    },
    kept: () => ({
      v: 1,
      told: Object.fromEntries([...byTag].map(([tag, facts]) => [tag, [...facts.keys()].slice(-5000)])),
    }),
  }
}
