import type { ContentLine } from './content-lines.ts'
import { base64Bytes, type DecodeBytes, quotedPrintableBytes } from './encoded-value.ts'
import { unescapeOldText, unescapeText } from './vcard-text.ts'

export interface Property {
  readonly line: number
  /** `item1` of `item1.TEL`: what ties a label to it. */
  readonly group: string | null
  /** In capitals. */
  readonly name: string
  /** `home`, `cell`, …: in small letters, without `pref`. */
  readonly types: readonly string[]
  /** 1 is the best; none said is after all that are. */
  readonly preference: number
  /** Still escaped, because its parts are split first. Decoded otherwise. */
  readonly value: string
  /** Bytes that are no text: a picture, a sound, a key. */
  readonly binary: boolean
  readonly unescape: (text: string) => string
}

export const NO_PREFERENCE = 101

/** Null where the line is none: no colon, or no name before it. */
export function readProperty(content: ContentLine, old: boolean, decode: DecodeBytes): Property | null {
  const colon = valueStart(content.text)
  if (colon === null) return null
  const [head = '', ...given] = splitOutsideQuotes(content.text.slice(0, colon), ';')
  const dot = head.lastIndexOf('.')
  const name = head
    .slice(dot + 1)
    .trim()
    .toUpperCase()
  if (!/^[A-Z0-9-]+$/.test(name)) return null
  const params = given.map(readParameter)
  const saying = (wanted: string): readonly string[] =>
    params.filter((param) => param.name === wanted).flatMap((param) => param.values)
  // vCard 2.1 says types and encodings without their names.
  const bare = params.filter((param) => param.name === '').flatMap((param) => param.values)
  const types = [...saying('TYPE'), ...bare].map((type) => type.trim().toLowerCase())
  const encoding = [...saying('ENCODING'), ...bare].map((each) => each.toLowerCase())
  const raw = content.text.slice(colon + 1)
  const charset = saying('CHARSET')[0] ?? 'utf-8'
  let value = raw
  let binary = false
  if (encoding.includes('quoted-printable')) {
    const bytes = quotedPrintableBytes(raw)
    value = decode(bytes, charset) ?? decode(bytes, 'utf-8') ?? raw
  } else if (encoding.includes('base64') || encoding.includes('b')) {
    const bytes = base64Bytes(raw)
    const text = bytes === null || isBinary(name) ? null : decode(bytes, charset)
    binary = text === null || text.includes('\u0000')
    value = binary ? '' : (text ?? '')
  } else if (isBinary(name) && (/^data:/i.test(raw) || raw.length > 2048)) {
    binary = true
    value = ''
  }
  return {
    line: content.line,
    group: dot > 0 ? head.slice(0, dot).toLowerCase() : null,
    name,
    types: types.filter((type) => type !== 'pref' && !ENCODINGS.has(type) && type !== ''),
    preference: preferenceOf(saying('PREF')[0], types),
    value,
    binary,
    unescape: old ? unescapeOldText : unescapeText,
  }
}

const ENCODINGS: ReadonlySet<string> = new Set(['quoted-printable', 'base64', 'b', '8bit', '7bit'])
const BINARY: ReadonlySet<string> = new Set(['PHOTO', 'LOGO', 'SOUND', 'KEY'])

function isBinary(name: string): boolean {
  return BINARY.has(name)
}

function preferenceOf(said: string | undefined, types: readonly string[]): number {
  const number = Number.parseInt(said ?? '', 10)
  if (Number.isInteger(number) && number >= 1 && number <= 100) return number
  return types.includes('pref') ? 1 : NO_PREFERENCE
}

function readParameter(text: string): { readonly name: string; readonly values: readonly string[] } {
  const equals = text.indexOf('=')
  if (equals === -1) return { name: '', values: [text] }
  const name = text.slice(0, equals).trim().toUpperCase()
  // `TYPE="home,voice"` is one quoted value in RFC 6350, and several in what is written.
  const values = splitOutsideQuotes(text.slice(equals + 1), ',').flatMap((part) => {
    const value = withoutCarets(part.trim().replace(/^"(.*)"$/s, '$1'))
    return name === 'TYPE' ? value.split(',') : [value]
  })
  return { name, values }
}

/** RFC 6868: what a parameter cannot hold otherwise. */
function withoutCarets(text: string): string {
  return text.replace(/\^([n^'])/g, (_, mark: string) => (mark === 'n' ? '\n' : mark === '^' ? '^' : '"'))
}

/** Place of the colon that ends the head; where quotes are not closed, of the first one. */
function valueStart(text: string): number | null {
  let quoted = false
  for (let at = 0; at < text.length; at++) {
    const character = text[at]
    if (character === '"') quoted = !quoted
    else if (character === ':' && !quoted) return at
  }
  const first = text.indexOf(':')
  return first === -1 ? null : first
}

function splitOutsideQuotes(text: string, separator: string): readonly string[] {
  const parts: string[] = []
  let quoted = false
  let from = 0
  for (let at = 0; at < text.length; at++) {
    const character = text[at]
    if (character === '"') quoted = !quoted
    else if (character === separator && !quoted) {
      parts.push(text.slice(from, at))
      from = at + 1
    }
  }
  parts.push(text.slice(from))
  return parts
}
