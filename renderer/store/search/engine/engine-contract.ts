import type { SavedPart } from '../../saved/saved-part.ts'

/** The fields that are searched, in the order of their bits in `QueryToken.fields`. */
export const SEARCH_FIELDS = ['name', 'company', 'email', 'tags', 'jobTitle', 'location', 'notes', 'owner'] as const
export type SearchField = (typeof SEARCH_FIELDS)[number]
/** `fields` of a token that may stand anywhere, phone numbers included. */
export const ANY_FIELD = 0x1ff
/** The bit of phone numbers, which are looked for by their digits. */
export const PHONE_BIT = 0x100

/** What is searched of one client, as its fields stand: the engine folds. A name is one text: parts joined by a space. */
export interface SearchText extends Readonly<Partial<Record<Exclude<SearchField, 'tags'>, string | null>>> {
  readonly tags?: readonly string[]
  readonly phones?: readonly string[]
}

/** A word that must be found: whole, as a beginning, inside a word, or with typing errors (one from 4 letters, two from 8). */
export interface QueryToken {
  /** Folded by `foldText`; may hold punctuation, as in `ann@fjord`. Empty where only `digits` count. */
  readonly text: string
  /** Digits to look for in phone numbers, where the token may be part of one. */
  readonly digits: string | null
  /** Bits of the fields that it may stand in. */
  readonly fields: number
}

/** Best first: rank falling, then recency falling, then number rising. `ranks` beside `docs`, higher is better. */
export interface Hits {
  readonly docs: Uint32Array
  readonly ranks: Uint32Array
}

export interface SearchHow {
  /** Whether words with typing errors count, below all others. The list asks for them where nothing is found without. */
  readonly errors: boolean
  /** Filters: asked only of what matches. */
  readonly accept?: (doc: number) => boolean
}

/**
 * Full-text search over numbered documents, in typed arrays, with all of its state in pieces that can be saved. Numbers
 * are the book's slots (records/record-contract.ts): dense, below 2^31. Every token must match. Per token a whole word
 * beats a beginning beats a part beats typing errors; within one kind a name beats company, e-mail and tags, these job
 * and place, these notes; a number of phone digits counts like company. Over tokens the ranks are added up.
 */
export interface SearchEngine {
  readonly size: () => number
  /** In or anew. `recency`: ms since the epoch or 0; the newer of two equals comes first. */
  readonly upsert: (doc: number, text: SearchText, recency: number) => void
  readonly remove: (doc: number) => void
  readonly has: (doc: number) => boolean
  /** The best `limit`. Exact: the same as the head of `all`. */
  readonly top: (tokens: readonly QueryToken[], limit: number, how: SearchHow) => Hits
  /** Everything that matches, best first. */
  readonly all: (tokens: readonly QueryToken[], how: SearchHow) => Hits
  /** How many match: the length of `all`, for less. */
  readonly count: (tokens: readonly QueryToken[], how: SearchHow) => number
  /** Work that may wait: merges what was written. True while some is left. At most about `budgetMs` at a time. */
  readonly maintain: (budgetMs: number) => boolean
  /** What was taken out so far may not stay behind in any piece: `maintain` sees to that, until it has nothing to do. */
  readonly forget: () => void
  /** The state as pieces; `loadSearchEngine` takes them back. Changed documents since the last merge are among them. */
  readonly parts: () => readonly SavedPart[]
  /** Bytes held, typed arrays and estimates of the rest. */
  readonly bytes: () => number
}
