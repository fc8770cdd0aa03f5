import type { Dice } from './world/dice.ts'

/** Faults of the network and of vendors: asked for at each request. */
export const NETWORK_FAULTS = [
  'dns',
  'refused',
  'reset-before',
  'reset-after',
  'silence',
  'slow',
  'slow-answer',
  'lagging-list',
  'late-write',
  'very-late-write',
  'replayed-post',
  'status-500',
  'status-500-after',
  'status-502-after',
  'status-503-wait',
  'status-408',
  'rate-limit',
  'rate-limit-date',
  'rate-limit-odd',
  'status-401',
  'status-403',
  'status-404',
  'status-409',
  'status-400',
  'status-405',
  'redirect',
  'redirect-away',
  'html',
  'empty-body',
  'cut-json',
  'cut-body',
  'wrong-envelope',
  'empty-list',
  'page-shift',
  'row-missing',
  'row-twice',
  'row-bad',
  'field-missing',
  'write-garbled',
  'write-without-entity',
  'write-other-entity',
  'key-echo',
] as const
/** Faults of processes, lines, storage, clock and users: asked for at each step. */
export const STEP_FAULTS = [
  'kill-core',
  'core-away',
  'kill-worker',
  'kill-both',
  'quit',
  'zombie',
  'database-lost',
  'database-behind',
  'database-resurrected',
  'power-cut',
  'journal-lost',
  'journal-torn',
  'journal-flipped',
  'clock-jump',
  'offline',
  'page-offline',
  'key-changed',
  'source-paused',
  'review-switched',
  'pii-switched',
  'interval-switched',
  'list-shifts',
  'mass-removal',
  'new-window',
  'close-window',
] as const
/** Faults of the database and the lines: asked for at each transaction, append or message. */
export const INNER_FAULTS = [
  'tx-abort',
  'tx-quota',
  'tx-hang',
  'tx-slow',
  'journal-refuses',
  'message-twice',
  'message-late',
  'line-cut',
] as const
/** One documented rule that one vendor breaks for the whole run. */
export const MUTANTS = [
  'ignores-sort',
  'smaller-pages',
  'created-at-equal',
  'created-at-moves',
  'total-wrong',
  'ids-as-numbers',
  'extra-fields',
  'patch-normalises-phone',
  'patch-ignores-notes',
  'patch-without-entity',
  'create-without-entity',
  'delete-without-success',
  'keeps-deleted-readable',
] as const

export type NetworkFault = (typeof NETWORK_FAULTS)[number]
export type StepFault = (typeof STEP_FAULTS)[number]
export type InnerFault = (typeof INNER_FAULTS)[number]
export type Mutant = (typeof MUTANTS)[number]
export type FaultName = NetworkFault | StepFault | InnerFault

export interface ArmedFault {
  readonly name: FaultName
  readonly rate: number
  /** Only in these steps: a burst. */
  readonly from: number
  readonly to: number
}

const ALL: readonly FaultName[] = [...NETWORK_FAULTS, ...STEP_FAULTS, ...INNER_FAULTS]

/** Rates between 0.1 % and 30 %, small ones as likely as large ones. */
function rateOf(dice: Dice): number {
  return 0.001 * 300 ** dice.next()
}

/** 0 to 6 faults of a run. A directed run weighs some of them, and asks for more of these. */
export function mixFaults(dice: Dice, steps: number, likely: readonly FaultName[] = []): readonly ArmedFault[] {
  const count = dice.below(7)
  const names = new Set<FaultName>()
  for (const name of likely) if (likely.length === 1 || dice.chance(0.7)) names.add(name)
  while (names.size < count) {
    const name = dice.pick(ALL)
    if (name !== undefined) names.add(name)
  }
  return [...names].map((name) => {
    const isBurst = !likely.includes(name) && dice.chance(0.4)
    const from = isBurst ? dice.below(steps) : 0
    const rate = likely.includes(name) ? Math.max(0.15, rateOf(dice)) : rateOf(dice)
    return {
      name,
      // A burst is short and hard.
      rate: isBurst ? Math.min(0.9, rate * 6) : rate,
      from,
      to: isBurst ? from + 1 + dice.below(8) : steps,
    }
  })
}
