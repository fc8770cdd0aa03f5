import { switchedOff } from './switched-off.ts'

/**
 * The rules that keep the three promises, by name. Each is asked for at the one place where it acts, so that the
 * simulator can switch it off and must then fail: a rule that nobody misses is not tested (SYNC.md 3.3).
 */
export const SAFETY_RULES = [
  /** Rows that matched before a create was sent are never adopted as its result. */
  'fence',
  /** Absence of an unknown create proves nothing before the longest delay of the vendor has passed. */
  'grace',
  /** What has been sent once is sent again unchanged or not at all. */
  'freeze',
  /** An edit that may have left is never folded into. */
  'coalesce-unsent-only',
  /** Edits of one record go in the order in which they were made. */
  'fifo-per-record',
  /** The record is read before it is written. */
  'read-before-write',
  /** Both sides changed the same field to different values: ask. */
  'conflict-asks',
  /** A decision about a conflict holds for what was looked at; where theirs has changed again, it is asked anew. */
  'decision-revalidated',
  /** Two page intervals prove a gapless chain only if they overlap strictly. */
  'strict-overlap',
  /** A clean sweep proves absence only once a later one contains all of it. */
  'subset',
  /** An absentee is asked for by id, twice and apart, where the vendor lets us. */
  'confirm-twice',
  /** Too many missing at once, none left, or another tenant: hold and ask. */
  'brake',
  /** A record known for a shorter time than the run took cannot be missing from it. */
  'young-record',
  /** A page asked for before a write does not undo it. */
  'stale-page',
  /** The checkpoint moves in the transaction of its page. */
  'checkpoint-with-page',
  /** A late echo of our own superseded write is no change of theirs. */
  'echo-guard',
  /** Nothing is stored under an older lease. */
  'lease-fencing',
  /** At a start, the journal and the database are compared before anything is sent. */
  'journal-handshake',
  /** What was said to be saved is in both stores. */
  'journal-before-saved',
  /** An outcome is kept until the store has taken it. */
  'outcome-until-acknowledged',
  /** A field that does not arrive is unknown, not empty. */
  'absent-is-unknown',
  /** A 2xx that cannot be read is looked up, never sent again. */
  'unusable-success-is-looked-up',
  /** A vendor's Retry-After is a floor. */
  'retry-after-floor',
  /** A record that cannot be read is set aside and counted as seen. */
  'quarantine-counts-as-seen',
  /** A client removed at its source by proof goes to the tray with its last state. */
  'tray-keeps-last-state',
] as const
export type SafetyRule = (typeof SAFETY_RULES)[number]

/** True in the app, always. See `switched-off.ts`. */
export function holds(rule: SafetyRule): boolean {
  return !switchedOff.has(rule)
}
