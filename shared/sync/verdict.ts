import { z } from 'zod'
import { holds } from '../safety/rules.ts'

/**
 * What a sweep that was read to its end can prove by itself (SYNC.md 1.5):
 * `chain`     intervals of an immutable key that overlap strictly: nothing that was there throughout was missed
 * `snapshot`  one answer held the whole list: one look at one moment
 * `clean`     as many different ids as the list had entries at the end: missed nothing, if a later sweep has all of them
 * `traverse`  a list without a total, read to its end and followed up: as `clean`, but further apart
 * `none`      nothing; what it contains is there, what it lacks may be there, too
 */
export const sweepProofSchema = z.enum(['chain', 'snapshot', 'clean', 'traverse', 'none'])
export type SweepProof = z.infer<typeof sweepProofSchema>

/** Answers of one vendor go back in time by no more than this: a copy that lags, a stamp that is late. */
export const YOUNG_MS = 600_000
/** More than this many missing at once are not believed, unless they are less than a tenth of the clients. */
const BRAKE_MIN = 5
const BRAKE_SHARE = 0.1
/** Two looks closer together than this are one look: what flickers would be missing from both. */
const APART_MS: Readonly<Record<SweepProof, number>> = {
  chain: 60_000,
  // One answer is one moment; a list that flickers does so for seconds.
  snapshot: 10_000,
  clean: 60_000,
  traverse: 3_600_000,
  none: 60_000,
}
/** After so many extra looks that decided nothing, the regular ones have to do. */
const MAX_LOOKS = 8

export interface Sweep {
  readonly startedAt: number
  /** The same moment by the vendor's clock, where it tells. */
  readonly serverStartedAt: number | null
  readonly endedAt: number
  readonly proof: SweepProof
  /** Entries that the list had at its end, where the proof is to be `clean`. */
  readonly size: number | null
  /** Every id that it contained, those of unreadable records too. */
  readonly seen: ReadonlySet<string>
}

export interface LiveRecord {
  readonly remoteId: string
  readonly firstKnownAt: number
  /** When its vendor made it, in the vendor's own time; null where nobody says. */
  readonly madeAt: number | null
  /** Something is being written to it, or it may be what an unknown create has made. */
  readonly busy: boolean
  /** We wrote it: not every copy of the vendor's data may have it yet. */
  readonly own: boolean
}

/** A sweep that lacked something and could not decide alone; a later one that has all of it lets it decide. */
export interface BaseSweep {
  readonly startedAt: number
  readonly endedAt: number
  readonly proof: SweepProof
  readonly seen: ReadonlySet<string>
  readonly looks: number
}

/** A record that was missing. `proven`: no list can say more; where the vendor can be asked for it, that comes next. */
export interface Absence {
  readonly since: number
  readonly proven: boolean
  /** Too young to be missed when it was: that look does not count. */
  readonly young: boolean
}

export type HeldBecause = 'too-many' | 'empty' | 'other-tenant' | 'other-parameters' | 'trouble'

export interface VerdictInput {
  readonly sweep: Sweep
  /** Those that the sweep lacks; more do no harm. */
  readonly live: readonly LiveRecord[]
  /** Live records in all, where `live` is not all of them. */
  readonly clients?: number
  readonly base: BaseSweep | null
  readonly absent: ReadonlyMap<string, Absence>
  readonly doubts: {
    /** Another address or key than the last sweep that was believed. */
    readonly otherTenant: boolean
    readonly otherParameters: boolean
    /** The key was refused, or the answers were not as documented, in the course of this run. */
    readonly trouble: boolean
  }
  /** The vendor can be asked for one record. */
  readonly canAsk: boolean
  /** When this machine's clock was found to have been set back: what is stamped later than now was known before that. */
  readonly clockSetBackAt: number | null
}

export interface Verdict {
  /** Missing and not excused. */
  readonly missing: readonly string[]
  readonly held: HeldBecause | null
  /** All that is missing from now on: of those that were absent before, only these still are. */
  readonly absent: ReadonlyMap<string, Absence>
  readonly base: 'this' | 'keep' | 'drop'
  readonly looks: number
  /** When another sweep could decide what this one could not. */
  readonly lookAgainAt: number | null
}

/**
 * What to make of what a sweep lacks. Absence is never a delete, only a proof is: a chain; one of two snapshots apart;
 * or a clean sweep all of whose ids are in a later one, for if it had missed a client that was there, it must have
 * contained another one that was gone by its end, and that one never comes back.
 */
export function verdict(input: VerdictInput): Verdict {
  const { sweep, canAsk } = input
  const proof = provenBy(sweep)
  const missing = missingFrom(input)
  if (missing.length === 0) return { ...NOTHING, missing }
  const because = proof === 'none' ? null : brake(input, missing.length)
  if (because !== null && holds('brake')) return { ...NOTHING, missing, held: because }

  const { base, absent } = timely(input)
  const missed = new Set(missing)
  const left = new Map([...absent].filter(([id]) => missed.has(id)))
  const oldEnough = new Set(input.live.filter((one) => isOlder(one, sweep.startedAt, input)).map((one) => one.remoteId))
  let grownUpAt = Number.POSITIVE_INFINITY
  for (const one of input.live) {
    const isYoung = missed.has(one.remoteId) && !oldEnough.has(one.remoteId)
    if (isYoung) grownUpAt = Math.min(grownUpAt, grownAt(one, input))
  }
  if (proof === 'chain' || proof === 'snapshot') {
    let lookAgainAt = grownUpAt
    for (const id of missing) {
      const before = left.get(id)?.young === false ? left.get(id) : undefined
      if (!oldEnough.has(id)) left.set(id, { since: sweep.endedAt, proven: false, young: true })
      else {
        const since = before?.since ?? sweep.endedAt
        const proven = canAsk || before?.proven === true || since <= sweep.startedAt - APART_MS[proof]
        left.set(id, { since, proven, young: false })
        if (!proven) lookAgainAt = Math.min(lookAgainAt, since + APART_MS[proof])
      }
    }
    return { missing, held: null, absent: left, base: 'drop', looks: 0, lookAgainAt: finite(lookAgainAt) }
  }

  const canBeBase = proof !== 'none'
  if (canBeBase) {
    const alone = !holds('subset')
    for (const id of missing) {
      const young = !oldEnough.has(id)
      if (left.get(id)?.young !== false) left.set(id, { since: sweep.endedAt, proven: alone && !young, young })
    }
  }
  const isApart = base !== null && sweep.startedAt - base.endedAt >= APART_MS[base.proof]
  const hasAll = base !== null && containsAll(sweep.seen, base.seen)
  if (base !== null && isApart && hasAll) {
    const old = new Set(input.live.filter((record) => isOlder(record, base.startedAt, input)).map((r) => r.remoteId))
    for (const [id, before] of left) {
      if (!base.seen.has(id) && old.has(id)) left.set(id, { ...before, proven: true })
    }
  }
  const decided: Verdict = { missing, held: null, absent: left, base: 'drop', looks: 0, lookAgainAt: finite(grownUpAt) }
  if (![...left.values()].some((one) => !one.proven && !one.young)) return decided
  // The older one is the better one, as long as it may still decide.
  const keeps = base !== null && (!canBeBase || (hasAll && !isApart))
  if (!keeps && !canBeBase) return decided
  const looks = base === null ? 0 : base.looks + (isApart ? 1 : 0)
  const [endedAt, by] = keeps ? [base.endedAt, base.proof] : [sweep.endedAt, proof]
  const nextLook = Math.max(endedAt, isApart ? sweep.endedAt : 0) + APART_MS[by]
  const lookAgainAt = finite(Math.min(grownUpAt, looks >= MAX_LOOKS ? Number.POSITIVE_INFINITY : nextLook))
  return { missing, held: null, absent: left, base: keeps ? 'keep' : 'this', looks, lookAgainAt }
}

const NOTHING: Verdict = { missing: [], held: null, absent: new Map(), base: 'drop', looks: 0, lookAgainAt: null }

/** What the sweep says of itself, and for `clean` also its ids: it cannot have been clean with fewer than it should have. */
export function provenBy({ proof, size, seen }: Pick<Sweep, 'proof' | 'size' | 'seen'>): SweepProof {
  return proof === 'clean' && size !== seen.size ? 'none' : proof
}

/** Live records that the sweep did not contain, without those we are writing to, or have written to a moment ago. */
function missingFrom(input: VerdictInput): readonly string[] {
  const { sweep, live } = input
  return live
    .filter((record) => !sweep.seen.has(record.remoteId) && !record.busy)
    .filter((record) => !record.own || isOlder(record, sweep.startedAt, input))
    .map((record) => record.remoteId)
}

/** Known for long enough before the sweep began that it was not too young to be in it. */
function isOlder(record: LiveRecord, startedAt: number, input: VerdictInput): boolean {
  return !holds('young-record') || grownAt(record, input) < startedAt
}

/**
 * From when on it can be missed: we have known it for long enough, or its vendor says, in its own time on both sides,
 * that it was made long enough ago for every copy to have it. Of what we made ourselves only the first counts.
 */
function grownAt(record: LiveRecord, input: VerdictInput): number {
  const { startedAt, serverStartedAt } = input.sweep
  const known = knownAt(record, input) + YOUNG_MS
  if (record.own || record.madeAt === null || serverStartedAt === null) return known
  // A second is the resolution of a vendor's time.
  const existedMs = serverStartedAt - record.madeAt - 1_000
  return Math.min(known, startedAt + YOUNG_MS - existedMs)
}

function knownAt({ firstKnownAt }: LiveRecord, { sweep, clockSetBackAt }: VerdictInput): number {
  // Stamped in the future: by a clock that has been set back since.
  return firstKnownAt > sweep.endedAt ? (clockSetBackAt ?? sweep.endedAt) : firstKnownAt
}

function finite(at: number): number | null {
  return Number.isFinite(at) ? at + 1_000 : null
}

function brake({ sweep, live, clients = live.length, doubts }: VerdictInput, missing: number): HeldBecause | null {
  if (doubts.otherTenant) return 'other-tenant'
  if (doubts.otherParameters) return 'other-parameters'
  if (sweep.seen.size === 0) return 'empty'
  if (doubts.trouble) return 'trouble'
  return missing > Math.max(BRAKE_MIN, clients * BRAKE_SHARE) ? 'too-many' : null
}

/** What was found before this sweep, as far as the clock lets us believe that it was before. */
function timely({ sweep, base, absent, doubts }: VerdictInput): Pick<VerdictInput, 'base' | 'absent'> {
  if (doubts.otherTenant || doubts.otherParameters) return { base: null, absent: new Map() }
  return {
    base: base !== null && base.startedAt > sweep.startedAt ? null : base,
    absent: new Map(
      [...absent].map(([id, one]) => [id, one.since > sweep.startedAt ? { ...one, since: sweep.endedAt } : one]),
    ),
  }
}

function containsAll(all: ReadonlySet<string>, some: ReadonlySet<string>): boolean {
  for (const id of some) if (!all.has(id)) return false
  return true
}
