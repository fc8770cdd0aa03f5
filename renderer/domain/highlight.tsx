import type { ReactNode } from 'react'
import type { Mark } from '../store/store-contract.ts'

/** A text with what the search found in it marked. Places that do not fit, as after a change of the text, are left out. */
export function markText(text: string, marks: readonly Mark[] | undefined): ReactNode {
  if (marks === undefined || marks.length === 0) return text
  const parts: ReactNode[] = []
  let at = 0
  for (const [from, to] of marks) {
    if (from < at || to <= from || to > text.length) continue
    if (from > at) parts.push(text.slice(at, from))
    parts.push(<mark key={from}>{text.slice(from, to)}</mark>)
    at = to
  }
  if (at < text.length) parts.push(text.slice(at))
  return parts
}

/** Words of a query that are looked for in cells: filters are left out, accents and case folded. */
export function searchWords(text: string): readonly string[] {
  return text
    .split(/\s+/)
    .filter((word) => word !== '' && !/^[a-z]+:/i.test(word))
    .map(fold)
    .filter((word) => word !== '')
}

const FOLDED: Readonly<Record<string, string>> = { ø: 'o', ł: 'l', đ: 'd', ß: 'ss', æ: 'ae', œ: 'oe', ı: 'i' }

function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[øłđßæœı]/g, (letter) => FOLDED[letter] ?? letter)
}

/** `text` with the beginnings of words that match marked. */
export function highlight(text: string, words: readonly string[]): ReactNode {
  if (words.length === 0) return text
  const starts: { from: number; to: number }[] = []
  // Each source character with its folded form, so that marks land on the text as written.
  const characters = [...text]
  const folded = characters.map(fold)
  for (const word of words) {
    for (let i = 0; i < characters.length; i++) {
      const before = i === 0 ? '' : (folded[i - 1] ?? '')
      if (/[\p{L}\p{N}]/u.test(before) && /[\p{L}\p{N}]/u.test(word.charAt(0)) && /[a-z\d]/.test(before)) continue
      let length = 0
      let joined = ''
      while (joined.length < word.length && i + length < characters.length) {
        joined += folded[i + length]
        length++
      }
      if (joined.startsWith(word)) starts.push({ from: i, to: i + length })
    }
  }
  if (starts.length === 0) return text
  starts.sort((a, b) => a.from - b.from)
  const parts: ReactNode[] = []
  let at = 0
  for (const { from, to } of starts) {
    if (from < at) continue
    if (from > at) parts.push(characters.slice(at, from).join(''))
    parts.push(<mark key={from}>{characters.slice(from, to).join('')}</mark>)
    at = to
  }
  if (at < characters.length) parts.push(characters.slice(at).join(''))
  return parts
}
