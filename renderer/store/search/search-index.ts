import type { ClientId } from '../../../shared/ids.ts'
import { foldDigits, foldText } from './fold-text.ts'
import type { Token } from './parse-query.ts'

/** What is searched of a client. */
export interface SearchText {
  readonly name: string
  /** Company, e-mail, tags. */
  readonly near: readonly string[]
  /** Job title, location, notes. */
  readonly far: readonly string[]
  readonly phones: readonly string[]
}

/**
 * Search, behind the smallest interface that a better engine can take over: texts in, ranks out. Every token must
 * match; a whole word beats a beginning, a beginning beats a part; a name beats company, e-mail and tag, those the rest.
 */
export interface SearchIndex {
  readonly upsert: (clientId: ClientId, text: SearchText) => void
  readonly remove: (clientId: ClientId) => void
  /** Rank of a client for these tokens; 0 where it does not match. Higher is better. */
  readonly rank: (clientId: ClientId, tokens: readonly Token[]) => number
}

interface Entry {
  /** name \n near \n far, folded; each part begins with a space so that word starts are one comparison. */
  readonly all: string
  readonly nearAt: number
  readonly farAt: number
  readonly digits: string
}

export function createSearchIndex(): SearchIndex {
  const entries = new Map<ClientId, Entry>()
  return {
    upsert: (clientId, text) => {
      const name = ` ${foldText(text.name)} `
      const near = `\n ${foldText(text.near.join(' | '))} `
      const far = `\n ${foldText(text.far.join(' | '))} `
      entries.set(clientId, {
        all: name + near + far,
        nearAt: name.length,
        farAt: name.length + near.length,
        digits: text.phones.map(foldDigits).join('|'),
      })
    },
    remove: (clientId) => {
      entries.delete(clientId)
    },
    rank: (clientId, tokens) => {
      const entry = entries.get(clientId)
      return entry === undefined ? 0 : rankEntry(entry, tokens)
    },
  }
}

const WHOLE = 3
const PREFIX = 2
const INSIDE = 1

function rankEntry(entry: Entry, tokens: readonly Token[]): number {
  let rank = 1
  for (const token of tokens) {
    const text = token.text === '' ? 0 : rankText(entry, token.text)
    const phone = token.digits === null ? 0 : rankPhone(entry.digits, token.digits)
    const best = Math.max(text, phone)
    if (best === 0) return 0
    rank += best
  }
  return rank
}

/** 9 for a whole word of the name down to 1 for a part of a word in the notes. */
function rankText(entry: Entry, token: string): number {
  const { all } = entry
  let best = 0
  for (let at = all.indexOf(token); at !== -1; at = all.indexOf(token, at + 1)) {
    const zone = at < entry.nearAt ? 2 : at < entry.farAt ? 1 : 0
    // The kind of match counts first, then where it is.
    const most = WHOLE * 3 - 2 + zone
    if (most <= best) break
    const rank = (kindAt(all, at, token.length) - 1) * 3 + zone + 1
    if (rank > best) best = rank
    if (best === WHOLE * 3) break
  }
  return best
}

function kindAt(all: string, at: number, length: number): number {
  if (isWordChar(all.charCodeAt(at - 1))) return INSIDE
  return isWordChar(all.charCodeAt(at + length)) ? PREFIX : WHOLE
}

function isWordChar(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || code > 127
}

function rankPhone(digits: string, token: string): number {
  const at = digits.indexOf(token)
  if (at === -1) {
    // `020…` in a book that has `+44 20…`: the national zero stands for the country's code.
    return token.length > 4 && token.startsWith('0') && digits.includes(token.slice(1)) ? 2 : 0
  }
  const starts = at === 0 || digits.charAt(at - 1) === '|'
  const ends = at + token.length === digits.length || digits.charAt(at + token.length) === '|'
  if (starts && ends) return 8
  return starts || ends ? 5 : 2
}
