import { editDistance, prefixDistance } from './edit-distance.ts'
import type { QueryToken } from './engine-contract.ts'
import { errorsAllowed, FAR_ERRORS, INSIDE, type MatchKind, NO_MATCH, ONE_ERROR, PREFIX, WHOLE } from './match-kinds.ts'

/** How one word meets a token of one piece. Says the law that the engine's dictionary look-ups follow. */
export function matchWord(piece: string, word: string, leastKind: number): MatchKind {
  if (word.startsWith(piece)) return word.length === piece.length ? WHOLE : PREFIX
  if (word.includes(piece)) return INSIDE
  return leastKind >= INSIDE ? NO_MATCH : matchWithErrors(piece, word, leastKind)
}

/** Numbers are never forgiven: another number is another thing. */
export function takesErrors(piece: string): boolean {
  return errorsAllowed(piece.length) > 0 && !/^[0-9]+$/.test(piece)
}

function matchWithErrors(piece: string, word: string, leastKind: number): MatchKind {
  if (!takesErrors(piece)) return NO_MATCH
  const most = leastKind <= FAR_ERRORS ? errorsAllowed(piece.length) : 1
  const distance = editDistance(piece, word, most)
  if (distance === 1) return ONE_ERROR
  if (leastKind > FAR_ERRORS) return NO_MATCH
  return distance <= most || prefixDistance(piece, word, 1) <= 1 ? FAR_ERRORS : NO_MATCH
}

/** Joined like parts of an address: these stand in names only where nothing else is found. */
const ADDRESS = /[._@]/
const NAME_BIT = 1

/** Bits of the fields that a token is looked for in. */
export function searchedFields(token: QueryToken, pieces: readonly string[], leastKind: number): number {
  const isAddress = pieces.length > 1 && leastKind > FAR_ERRORS && ADDRESS.test(token.text)
  return isAddress ? token.fields & ~NAME_BIT : token.fields
}

/** The best place where the pieces of a token follow each other, as `[kind, index of the first word]`. */
export function matchPhrase(
  pieces: readonly string[],
  words: readonly string[],
): { readonly kind: MatchKind; readonly at: number } {
  const first = pieces[0] ?? ''
  const last = pieces[pieces.length - 1] ?? ''
  let kind: MatchKind = NO_MATCH
  let best = 0
  for (let at = 0; at + pieces.length <= words.length; at++) {
    const begin = words[at] ?? ''
    const end = words[at + pieces.length - 1] ?? ''
    if (!begin.endsWith(first) || !end.startsWith(last)) continue
    let between = 1
    while (between < pieces.length - 1 && words[at + between] === pieces[between]) between++
    if (between < pieces.length - 1) continue
    const found = begin !== first ? INSIDE : end === last ? WHOLE : PREFIX
    if (found > kind) {
      kind = found
      best = at
    }
  }
  return { kind, at: best }
}
