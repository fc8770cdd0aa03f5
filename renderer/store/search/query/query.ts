import type { QueryToken } from '../engine/engine-contract.ts'

/** What may stand before the colon of a filter; other spellings are in field-names.ts. */
export const TEXT_FIELDS = ['name', 'company', 'email', 'phone', 'title', 'location', 'notes', 'owner'] as const
export type TextField = (typeof TEXT_FIELDS)[number]
export type FilterField = TextField | 'status' | 'source' | 'tag' | 'has' | 'is' | 'created' | 'updated'

/** `has:`: the client has one at all. `video` is a video testimonial, `local` a value kept on this device only. */
export const HAS = [
  'testimonial',
  'video',
  'email',
  'phone',
  'company',
  'title',
  'location',
  'notes',
  'tags',
  'status',
  'owner',
  'website',
  'photo',
  'local',
] as const
export type Has = (typeof HAS)[number]

/**
 * `is:`: an edit waits (`waiting`: any that is not in conflict; `failed`: needs attention; `held`: not sent until released;
 * `unknown`: its outcome is not known), `conflict`: a decision is open, `new`: made here and not at its source yet,
 * `deleting`: a delete waits, `local`: lives on this device only, `read-only`: its source takes no edits.
 */
export const IS = ['waiting', 'conflict', 'failed', 'held', 'unknown', 'new', 'deleting', 'local', 'read-only'] as const
export type Is = (typeof IS)[number]

/** `2026`, `2026-03`, `2026-03-31`, `today` or `yesterday`: a stretch of the user's own calendar. */
export type Day = string
/** Where such a stretch begins, or the instant after its last. */
export interface Bound {
  readonly day: Day
  readonly edge: 'start' | 'end'
}
/** An age (`7d`), or from `since` on and before `until`. Instants come from `resolveSpan`: they depend on the clock. */
export type Span =
  | { readonly kind: 'age'; readonly withinMs: number }
  | { readonly kind: 'days'; readonly since: Bound | null; readonly until: Bound | null }

/** One of `any` must hold. */
export type FilterTest =
  /** All tokens of one of `any`. Only for several values or `not`: one value stands among `ParsedQuery.tokens`. */
  | { readonly kind: 'text'; readonly field: TextField; readonly any: readonly (readonly QueryToken[])[] }
  /** Folded. A status by its label or id, a tag by its whole text, a source by the beginning of its name, label or connector. */
  | { readonly kind: 'status' | 'source' | 'tag'; readonly any: readonly string[] }
  | { readonly kind: 'has'; readonly any: readonly Has[] }
  | { readonly kind: 'is'; readonly any: readonly Is[] }
  | { readonly kind: 'created' | 'updated'; readonly any: readonly Span[] }

export type QueryFilter = FilterTest & {
  /** Written with a `-`: only who does not pass. */
  readonly not: boolean
  /**
   * The last thing typed, and perhaps not to its end. A status, source or tag that is open and that nobody has filters
   * nothing; one that is not open and that nobody has finds nothing (or, with `not`, everybody).
   */
  readonly open: boolean
}

/** What is wrong; a sentence is made of it where it is shown. */
export type ProblemCode =
  /** `foo:bar`: not a filter; searched as text. */
  | 'unknown-field'
  /** `-acme`: searched as a word; only filters are left out by a minus. */
  | 'minus-word'
  /** `is:` or `has:` of something that there is not. */
  | 'unknown-value'
  /** `company: acme`: the value does not follow the colon. */
  | 'no-value'
  /** Not a day, an age, a comparison or a range. */
  | 'bad-date'
  /** A day that the calendar does not have. */
  | 'no-such-day'
  | 'range-backwards'
  /** `>7d`: a comparison asks for a day. */
  | 'compared-age'
  /** `phone:` of something with fewer than two digits. */
  | 'no-digits'
  /** `status:a status:b`: nobody has two. */
  | 'two-of-one'
  /** A status, source or tag that no client has: known only where the values in use are (`unusedValues`). */
  | 'nobody-has'

export interface QueryProblem {
  /** Place in the text that was typed. */
  readonly from: number
  readonly to: number
  readonly code: ProblemCode
  /** As typed, without the `-`. */
  readonly field: string
  readonly value: string
  /** What could be written in its place, where one thing comes to mind; a whole part of a query. */
  readonly instead: string | null
  /** The search goes on as it is: to be mentioned, not to be called an error. */
  readonly quiet: boolean
}

export interface PartValue {
  /** As typed, without its quotes. */
  readonly text: string
  readonly quoted: boolean
}

/** What was typed, piece by piece, in its order: nothing that was typed is missing. */
export interface QueryPart {
  readonly kind: 'text' | 'filter' | 'unfinished' | 'problem'
  readonly from: number
  readonly to: number
  readonly not: boolean
  /** Null for text. */
  readonly field: FilterField | null
  /** Of text, one. */
  readonly values: readonly PartValue[]
  /** The last of all, without a space or a closing quote after it. */
  readonly open: boolean
}

export interface ParsedQuery {
  readonly parts: readonly QueryPart[]
  /** All must be found; those of one field carry its mask. */
  readonly tokens: readonly QueryToken[]
  /** All must hold. */
  readonly filters: readonly QueryFilter[]
  readonly problems: readonly QueryProblem[]
}
