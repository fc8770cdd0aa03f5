import type { ClientId } from '../../../shared/ids.ts'
import type { QueryToken as Token } from './engine/engine-contract.ts'
import { foldDigits, foldText } from './fold-text.ts'

/** What is searched of a client. */
export interface SearchText {
  readonly name: string
  /** Company, e-mail, tags. */
  readonly near: readonly string[]
  /** Job title, location, notes. */
  readonly far: readonly string[]
  readonly phones: readonly string[]
}

export interface Hit<T> {
  /** What was handed in with the texts. */
  readonly of: T
  /** The folded name and what follows it: hits of one rank stand in this order. */
  readonly key: string
  /** Higher is better; 1 is the least. */
  readonly rank: number
}

/**
 * Search, behind the smallest interface that a better engine can take over: texts in, ranked hits out. Every token must
 * match; a whole word beats a beginning, a beginning beats a part; a name beats company, e-mail and tag, those the rest.
 */
export interface SearchIndex<T> {
  readonly upsert: (clientId: ClientId, text: SearchText, of: T) => void
  readonly remove: (clientId: ClientId) => void
  /** All that match, in no particular order. */
  readonly query: (tokens: readonly Token[]) => readonly Hit<T>[]
}

interface Entry<T> {
  readonly of: T
  /** name \n near \n far, folded; each part begins with a space so that word starts are one comparison. */
  readonly all: string
  readonly nearAt: number
  readonly farAt: number
  readonly digits: string
}

/**
 * Texts of many clients lie end to end in blocks: one search of the engine runs over a block and skips all clients
 * that do not have the rarest token, instead of asking each.
 */
interface Block<T> {
  readonly entries: (Entry<T> | null)[]
  /** Null after a change: joined again when next searched. */
  text: string | null
  /** Where each entry begins in the text. */
  starts: readonly number[]
}

const BLOCK_ENTRIES = 256

export function createSearchIndex<T>(): SearchIndex<T> {
  const blocks: Block<T>[] = []
  const places = new Map<ClientId, { readonly block: Block<T>; readonly at: number }>()
  const free: { readonly block: Block<T>; readonly at: number }[] = []

  const newPlace = (): { readonly block: Block<T>; readonly at: number } => {
    const freed = free.pop()
    if (freed !== undefined) return freed
    const last = blocks.at(-1)
    if (last !== undefined && last.entries.length < BLOCK_ENTRIES) return { block: last, at: last.entries.length }
    const block: Block<T> = { entries: [], text: null, starts: [] }
    blocks.push(block)
    return { block, at: 0 }
  }

  return {
    upsert: (clientId, text, of) => {
      const place = places.get(clientId) ?? newPlace()
      places.set(clientId, place)
      const entry = createEntry(text, of)
      const before = place.block.entries[place.at]
      place.block.entries[place.at] = entry
      if (before?.all !== entry.all || before.digits !== entry.digits) place.block.text = null
    },
    remove: (clientId) => {
      const place = places.get(clientId)
      if (place === undefined) return
      places.delete(clientId)
      place.block.entries[place.at] = null
      place.block.text = null
      free.push(place)
    },
    query: (tokens) => {
      const needle = needleOf(tokens)
      const hits: Hit<T>[] = []
      for (const block of blocks) {
        for (const entry of needle === null ? block.entries : withNeedle(block, needle)) {
          const rank = entry === null ? 0 : rankEntry(entry, tokens)
          if (entry !== null && rank > 0) hits.push({ of: entry.of, key: entry.all, rank })
        }
      }
      return hits
    },
  }
}

function createEntry<T>(text: SearchText, of: T): Entry<T> {
  const name = ` ${foldText(text.name)} `
  const near = `\n ${foldText(text.near.join(' | '))} `
  const far = `\n ${foldText(text.far.join(' | '))} `
  return {
    of,
    all: name + near + far,
    nearAt: name.length,
    farAt: name.length + near.length,
    digits: text.phones.map(foldDigits).join('|'),
  }
}

/** A text that every match contains, as long as there is one; null where only asking each client helps. */
function needleOf(tokens: readonly Token[]): string | null {
  let needle: string | null = null
  for (const token of tokens) {
    const own = token.digits === null ? token.text : digitNeedle(token)
    if (own !== null && own.length > (needle?.length ?? 0)) needle = own
  }
  return needle
}

function digitNeedle({ text, digits }: Token): string | null {
  // `(0)20` may stand in a note as it was typed, and in a number without its brackets: two different texts.
  if (digits === null || (text !== '' && text !== digits)) return null
  return nationalPart(digits)
}

function withNeedle<T>(block: Block<T>, needle: string): (Entry<T> | null)[] {
  if (block.text === null) joinBlock(block)
  const { entries, starts, text } = block
  const found: (Entry<T> | null)[] = []
  if (text === null) return found
  let index = 0
  for (let at = text.indexOf(needle); at !== -1; ) {
    while (index + 1 < starts.length && (starts[index + 1] ?? 0) <= at) index++
    found.push(entries[index] ?? null)
    const next = starts[index + 1]
    if (next === undefined) break
    at = text.indexOf(needle, next)
  }
  return found
}

function joinBlock(block: Block<unknown>): void {
  let length = 0
  const parts: string[] = []
  const starts: number[] = []
  for (const entry of block.entries) {
    // The end mark is in no token, so that nothing is found across two clients.
    const part = entry === null ? '\u0000' : `${entry.all}\n${entry.digits}\u0000`
    starts.push(length)
    parts.push(part)
    length += part.length
  }
  block.text = parts.join('')
  block.starts = starts
}

const WHOLE = 3
const PREFIX = 2
const INSIDE = 1

function rankEntry(entry: Entry<unknown>, tokens: readonly Token[]): number {
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
function rankText(entry: Entry<unknown>, token: string): number {
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
    const national = nationalPart(token)
    return national !== token && digits.includes(national) ? 2 : 0
  }
  const starts = at === 0 || digits.charAt(at - 1) === '|'
  const ends = at + token.length === digits.length || digits.charAt(at + token.length) === '|'
  if (starts && ends) return 8
  return starts || ends ? 5 : 2
}

/** A number without its national zero, where enough is left to be one. */
function nationalPart(digits: string): string {
  return digits.length > 4 && digits.startsWith('0') ? digits.slice(1) : digits
}
