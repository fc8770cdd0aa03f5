import type { QueryToken, SearchText } from '../../renderer/store/search/engine/engine-contract.ts'

/** The law of the search engine once more, written for being read: every word of every document is looked at. */
export interface OracleDocument {
  readonly doc: number
  readonly text: SearchText
  readonly recency: number
}

const FIELDS = ['name', 'company', 'email', 'tags', 'jobTitle', 'location', 'notes', 'owner'] as const
const ZONES = [3, 2, 2, 2, 1, 1, 0, 2]

/** Texts of the test are of lower case ASCII words, spaces, dots, dashes and `@`. */
function wordsOf(text: string): readonly string[] {
  return text.split(/([ .-]+|(?=@)|(?<=@))/).filter((word) => /[a-z0-9@]/.test(word))
}

export function searchAll(
  documents: readonly OracleDocument[],
  tokens: readonly QueryToken[],
  errors: boolean,
  accept: (doc: number) => boolean,
): readonly { readonly doc: number; readonly rank: number }[] {
  for (const least of errors ? [2, 1] : [3]) {
    const hits = []
    for (const { doc, text, recency } of documents) {
      const ranks = tokens.map((token) => rank(text, token, least))
      if (ranks.every((own) => own > 0) && accept(doc)) {
        hits.push({ doc, recency, rank: ranks.reduce((sum, own) => sum + own, 0) })
      }
    }
    hits.sort((a, b) => b.rank - a.rank || b.recency - a.recency || a.doc - b.doc)
    if (hits.length > 0) return hits.map(({ doc, rank: own }) => ({ doc, rank: own }))
  }
  return []
}

function rank(text: SearchText, token: QueryToken, least: number): number {
  const found = [0]
  const pieces = wordsOf(token.text)
  const isAddress = pieces.length > 1 && /[.@]/.test(token.text) && least > 1
  for (const [index, field] of FIELDS.entries()) {
    if ((token.fields & (1 << index)) === 0 || pieces.length === 0) continue
    if (isAddress && field === 'name') continue
    const words = field === 'tags' ? (text.tags ?? []).flatMap(wordsOf) : wordsOf(text[field] ?? '')
    for (let at = 0; at + pieces.length <= words.length; at++) {
      const kind =
        pieces.length === 1 ? kindOf(pieces[0] ?? '', words[at] ?? '', least) : rowKind(pieces, words.slice(at))
      if (kind > 0) found.push(kind * 16 + (ZONES[index] ?? 0))
    }
  }
  if (token.digits !== null && (token.fields & 0x100) !== 0) {
    for (const phone of text.phones ?? []) found.push(phoneRank(phone.replace(/[^0-9]/g, ''), token.digits, least))
  }
  return Math.max(...found)
}

function kindOf(piece: string, word: string, least: number): number {
  if (word === piece) return 5
  if (word.startsWith(piece)) return 4
  if (word.includes(piece)) return 3
  if (least > 2 || piece.length < 4 || /^[0-9]+$/.test(piece)) return 0
  if (distance(piece, word) <= 1) return 2
  if (least > 1) return 0
  if (piece.length >= 8 && distance(piece, word) <= 2) return 1
  for (let length = 0; length <= word.length; length++) if (distance(piece, word.slice(0, length)) <= 1) return 1
  return 0
}

function rowKind(pieces: readonly string[], words: readonly string[]): number {
  const last = pieces.length - 1
  const fits = pieces.every((piece, at) => {
    const word = words[at] ?? ''
    if (at === 0) return word.endsWith(piece)
    return at === last ? word.startsWith(piece) : word === piece
  })
  if (!fits) return 0
  if (words[0] !== pieces[0]) return 3
  return words[last] === pieces[last] ? 5 : 4
}

function phoneRank(phone: string, digits: string, least: number): number {
  if (phone === '') return 0
  if (phone === digits) return 82
  if (phone.startsWith(digits)) return 66
  if (phone.endsWith(digits)) return 64
  if (phone.includes(digits)) return 50
  const isNational = digits.startsWith('0') && digits.length >= (least === 1 ? 5 : 7)
  return isNational && phone.includes(digits.slice(1)) ? 34 : 0
}

/** Optimal string alignment, as its definition says. */
function distance(a: string, b: string): number {
  const table: number[][] = []
  for (let i = 0; i <= a.length; i++) {
    const row: number[] = []
    table.push(row)
    for (let j = 0; j <= b.length; j++) {
      if (i === 0 || j === 0) {
        row.push(i + j)
        continue
      }
      const of = (up: number, left: number): number => table[i - up]?.[j - left] ?? Number.POSITIVE_INFINITY
      let best = Math.min(of(1, 0) + 1, of(0, 1) + 1, of(1, 1) + (a[i - 1] === b[j - 1] ? 0 : 1))
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) best = Math.min(best, of(2, 2) + 1)
      row.push(best)
    }
  }
  return table[a.length]?.[b.length] ?? 0
}
