import type { JsonValue } from '../../../shared/json.ts'

/**
 * Whether an object of this text names a member twice. `JSON.parse` keeps the last one and says nothing (SYNC.md F044).
 * Nearly always it is enough to count: as many names in the text as members in the value.
 */
export function hasDuplicateKeys(text: string, value: JsonValue): boolean {
  return countNames(text) !== countMembers(value) && namesTwice(text)
}

/** At least as many as there are: a quote before a colon may also stand within a string. */
function countNames(text: string): number {
  let count = 0
  for (let at = text.indexOf(':'); at !== -1; at = text.indexOf(':', at + 1)) {
    let before = at - 1
    while (isSpace(text.charCodeAt(before))) before--
    if (text.charCodeAt(before) === QUOTE) count++
  }
  return count
}

function countMembers(value: JsonValue): number {
  if (value === null || typeof value !== 'object') return 0
  let count = 0
  if (Array.isArray(value)) {
    for (const item of value) if (typeof item === 'object') count += countMembers(item)
    return count
  }
  for (const item of Object.values(value)) {
    count++
    if (item !== null && typeof item === 'object') count += countMembers(item)
  }
  return count
}

/** Walks a text that is known to be JSON. */
function namesTwice(text: string): boolean {
  const open: (Set<string> | null)[] = []
  let at = 0
  while (at < text.length) {
    const code = text.charCodeAt(at)
    if (code === QUOTE) {
      const end = endOfString(text, at)
      let after = end
      while (isSpace(text.charCodeAt(after))) after++
      const names = open.at(-1)
      if (text.charCodeAt(after) === COLON && names !== null && names !== undefined) {
        const name: unknown = JSON.parse(text.slice(at, end))
        if (names.has(String(name))) return true
        names.add(String(name))
      }
      at = end
      continue
    }
    if (code === OPEN_BRACE) open.push(new Set())
    else if (code === OPEN_BRACKET) open.push(null)
    else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) open.pop()
    at++
  }
  return false
}

function endOfString(text: string, start: number): number {
  let at = start + 1
  while (at < text.length && text.charCodeAt(at) !== QUOTE) at += text.charCodeAt(at) === BACKSLASH ? 2 : 1
  return at + 1
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09
}

const QUOTE = 0x22
const COLON = 0x3a
const OPEN_BRACKET = 0x5b
const BACKSLASH = 0x5c
const CLOSE_BRACKET = 0x5d
const OPEN_BRACE = 0x7b
const CLOSE_BRACE = 0x7d
