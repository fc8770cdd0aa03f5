import { SEARCH_FIELDS } from './engine-contract.ts'

/** How a token is met by a word, the better the higher. */
export const NO_MATCH = 0
/** Two errors, or one against a word's beginning: counts only where nothing else is found. */
export const FAR_ERRORS = 1
export const ONE_ERROR = 2
export const INSIDE = 3
export const PREFIX = 4
export const WHOLE = 5
export type MatchKind = 0 | 1 | 2 | 3 | 4 | 5

/** Zones of a document, the better the higher: notes; job and place; company, e-mail, tags, phone, owner; name. */
export const ZONES = 4
export const NEAR_ZONE = 2
/** By field, in the order of SEARCH_FIELDS. */
export const FIELD_ZONES: readonly number[] = SEARCH_FIELDS.map((field) => {
  if (field === 'name') return 3
  if (field === 'notes') return 0
  return field === 'jobTitle' || field === 'location' ? 1 : NEAR_ZONE
})

/** The kind counts first, also in a sum over five tokens. 0 is no match. */
export function rankOf(kind: number, zone: number): number {
  return kind * 16 + zone
}
export function kindOfRank(rank: number): number {
  return rank >> 4
}

const FIRST_ERROR_LENGTH = 4
const SECOND_ERROR_LENGTH = 8
/** Errors that are forgiven in a word of this length. */
export function errorsAllowed(length: number): 0 | 1 | 2 {
  return length >= SECOND_ERROR_LENGTH ? 2 : length >= FIRST_ERROR_LENGTH ? 1 : 0
}
