import type { BenchClient } from '../corpus/bench-client.ts'

/**
 * What a search ought to find, as plain as it can be said and with nothing of the engine in it. Every token must match.
 * Whole word > beginning > inside a word > one typing error; within one kind a name > company, e-mail, tag, phone > job,
 * place > notes. Over tokens the scores are added up.
 */
export const KINDS = { whole: 4, beginning: 3, inside: 2, oneError: 1 } as const
export const ZONES = { name: 4, work: 3, place: 2, notes: 1 } as const

export interface OracleToken {
  readonly text: string
  /** Digits to look for in the phone number, or empty. */
  readonly digits: string
}

const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  ø: 'o',
  ł: 'l',
  æ: 'ae',
  œ: 'oe',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
}
const MIN_DIGITS = 3
const MIN_LETTERS_FOR_ERRORS = 4

export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\p{M}'’‘`]+/gu, '')
    .replace(/[ßøłæœđðþı]/g, (letter) => LETTERS[letter] ?? letter)
}

export function tokensOf(query: string): readonly OracleToken[] {
  if (/^[\d\s+()./-]+$/.test(query)) {
    const digits = query.replace(/\D/g, '')
    if (digits.length >= MIN_DIGITS) return [{ text: /^\d+$/.test(query.trim()) ? digits : '', digits }]
  }
  return fold(query)
    .split(/[\s,;&]+/)
    .map((word) => word.replace(/^[^\p{L}\p{N}@]+|[^\p{L}\p{N}@]+$/gu, ''))
    .filter((word) => word !== '')
    .map((text) => ({ text, digits: /^\d+$/.test(text) && text.length >= MIN_DIGITS ? text : '' }))
}

export interface Folded {
  /** The texts of a zone, each folded; by the zone's weight. */
  readonly zones: readonly (readonly [zone: number, text: string])[]
  readonly digits: string
}

export function foldClient(client: BenchClient): Folded {
  return {
    zones: [
      [ZONES.name, fold(`${client.firstName} ${client.lastName}`)],
      [ZONES.work, fold(`${client.company}\n${client.email}\n${client.tags.join('\n')}`)],
      [ZONES.place, fold(`${client.jobTitle}\n${client.location}`)],
      [ZONES.notes, fold(client.notes)],
    ],
    digits: client.phone.replace(/\D/g, ''),
  }
}

/** 0 where a token does not match. */
export function scoreClient(client: Folded, tokens: readonly OracleToken[]): number {
  let sum = 0
  for (const token of tokens) {
    let best = token.digits !== '' && client.digits.includes(token.digits) ? PHONE_SCORE : 0
    if (token.text !== '') {
      for (const [zone, text] of client.zones) {
        const kind = kindIn(text, token.text)
        if (kind > 0) best = Math.max(best, scoreOf(kind, zone))
      }
    }
    if (best === 0) return 0
    sum += best
  }
  return sum
}

export function scoreOf(kind: number, zone: number): number {
  return kind * 10 + zone
}

/** Digits may come from any place of a number: all of them count alike. */
export const PHONE_SCORE = scoreOf(KINDS.beginning, ZONES.work)

/** How `token` stands in `text`, at best. */
export function kindIn(text: string, token: string): number {
  let best = 0
  for (let at = text.indexOf(token); at >= 0; at = text.indexOf(token, at + 1)) {
    const starts = at === 0 || !isWordBefore(text, at)
    const ends = !isWordAt(text, at + token.length)
    best = Math.max(best, starts ? (ends ? KINDS.whole : KINDS.beginning) : KINDS.inside)
    if (best === KINDS.whole) return best
  }
  if (best > 0 || !mayErr(token)) return best
  return (text.match(WORDS) ?? []).some((word) => isOneErrorAway(word, token)) ? KINDS.oneError : 0
}

export const WORDS = /[\p{L}\p{N}]+/gu
const WORD = /[\p{L}\p{N}]/u

export function mayErr(token: string): boolean {
  return token.length >= MIN_LETTERS_FOR_ERRORS && /^[\p{L}\p{N}]+$/u.test(token)
}

function isWordAt(text: string, at: number): boolean {
  return at < text.length && WORD.test(String.fromCodePoint(text.codePointAt(at) ?? 0))
}

function isWordBefore(text: string, at: number): boolean {
  return WORD.test(text.charAt(at - 1))
}

/** One letter changed, left out or put in, or two neighbours swapped. */
export function isOneErrorAway(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1 || a === b) return false
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) start++
  const restA = a.slice(start)
  const restB = b.slice(start)
  if (restA.length === restB.length) {
    if (restA.slice(1) === restB.slice(1)) return true
    return restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2)
  }
  return restA.length > restB.length ? restA.slice(1) === restB : restA === restB.slice(1)
}
