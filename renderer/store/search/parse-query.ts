import { foldDigits, foldText } from './fold-text.ts'

export interface ParsedQuery {
  readonly tokens: readonly Token[]
  readonly filters: readonly Filter[]
}

export interface Token {
  readonly text: string
  /** Digits to look for in phone numbers, where the token may be part of one. */
  readonly digits: string | null
}

export type Filter =
  | { readonly kind: 'status' | 'source' | 'tag'; readonly value: string }
  | { readonly kind: 'updated'; readonly withinMs: number }

const PART = /(status|source|tag|updated):(?:"([^"]*)"?|(\S*))|(\S+)/gi
const AGE = /^(\d{1,4})\s*([hdwmy])$/
const DAY_MS = 86_400_000
const UNIT_MS: Readonly<Record<string, number>> = {
  h: 3_600_000,
  d: DAY_MS,
  w: 7 * DAY_MS,
  m: 30 * DAY_MS,
  y: 365 * DAY_MS,
}
const MIN_PHONE_DIGITS = 2

/** Takes apart what was typed: filters (`tag:"very important"`, `updated:7d`), words, phone numbers. */
export function parseQuery(text: string): ParsedQuery {
  const filters: Filter[] = []
  const words: string[] = []
  for (const [whole, kind, quoted, plain] of text.matchAll(PART)) {
    const filter = kind === undefined ? null : readFilter(kind.toLowerCase(), quoted ?? plain ?? '')
    if (filter !== null) filters.push(filter)
    // A filter still being typed (`tag:`) filters nothing yet; a value that cannot be one is looked for as text.
    else if (kind === undefined || (quoted ?? plain ?? '') !== '') words.push(whole)
  }
  return { tokens: readTokens(words), filters }
}

function readFilter(kind: string, value: string): Filter | null {
  const folded = foldText(value).trim()
  if (folded === '') return null
  if (kind === 'status' || kind === 'source' || kind === 'tag') return { kind, value: folded }
  const age = AGE.exec(folded)
  const unit = UNIT_MS[age?.[2] ?? '']
  return age === null || unit === undefined ? null : { kind: 'updated', withinMs: Number(age[1]) * unit }
}

function readTokens(words: readonly string[]): readonly Token[] {
  const all = words.join(' ')
  // `+44 (0)20 7946-0958`: one number, however it is spaced.
  if (words.length > 1 && /^[\d\s+()./-]+$/.test(all)) {
    const digits = foldDigits(all)
    if (digits.length > MIN_PHONE_DIGITS) return [{ text: '', digits }]
  }
  return words
    .map((word): Token => {
      const digits = /^[+(]?[\p{Nd}+()./-]+$/u.test(word.normalize('NFKC')) ? foldDigits(word) : ''
      return { text: foldText(word), digits: digits.length >= MIN_PHONE_DIGITS ? digits : null }
    })
    .filter((token) => token.text !== '' || token.digits !== null)
}
