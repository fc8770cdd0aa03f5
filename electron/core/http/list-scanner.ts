import type { VendorFailure } from '../../../shared/app-error.ts'
import type { JsonValue } from '../../../shared/json.ts'
import { hasDuplicateKeys } from './duplicate-keys.ts'
import { parseExactJson } from './parse-exact-json.ts'
import { MAX_DEPTH, tooDeep } from './read-json-body.ts'

/**
 * Reads one long array out of JSON bytes as they arrive: finds where each element ends and has only that piece parsed.
 * Several times faster than an event parser, because every value is still made by JSON.parse, and memory holds one
 * element and not the list.
 *
 * ```
 *   before ──'['──▶ list ──']'──▶ after          a bare array (listKey null)
 *   before ──'{'──▶ envelope ──"data":[──▶ list ──']'──▶ envelope ──'}'──▶ after
 * ```
 */
export interface ListScanner {
  /** Elements completed by these bytes. Throws `ScanFailure`. */
  readonly write: (bytes: Uint8Array) => readonly JsonValue[]
  /** Everything of the envelope but the list. Throws `ScanFailure` where the text is not complete. */
  readonly end: () => { readonly envelope: Readonly<Record<string, JsonValue>>; readonly listFound: boolean }
}

export class ScanFailure extends Error {
  override readonly name = 'ScanFailure'
  constructor(readonly failure: VendorFailure) {
    super(failure.code)
  }
}

/** One element larger than this is not a client. */
const MAX_PIECE_BYTES = 8 * 1024 * 1024

export function createListScanner(
  listKey: string | null,
  status: number,
  onDuplicateKeys: () => void = () => undefined,
): ListScanner {
  const decoder = new TextDecoder()
  let phase: 'before' | 'envelope' | 'list' | 'after' = 'before'
  let depth = 0
  let inString = false
  let escaped = false
  let bomAllowed = true
  let elements = 0
  let listFound = false
  /** Text of the envelope up to now, the list replaced by nothing between its brackets. */
  let envelopeText = ''
  /** Bytes of the element or envelope piece that began in an earlier chunk. */
  let carried: Uint8Array[] = []
  let carriedLength = 0

  const notJson = (got: 'html' | 'empty' | 'text' | 'cut-short'): ScanFailure =>
    new ScanFailure({ code: 'not-json', got, status })

  const carry = (bytes: Uint8Array): void => {
    if (bytes.length === 0) return
    carriedLength += bytes.length
    if (carriedLength > MAX_PIECE_BYTES) throw new ScanFailure({ code: 'too-large', limitBytes: MAX_PIECE_BYTES })
    // Copied, because a transport may reuse its buffer.
    carried.push(bytes.slice())
  }
  const takeText = (rest: Uint8Array): string => {
    if (carried.length === 0) return decoder.decode(rest)
    const all = new Uint8Array(carriedLength + rest.length)
    let at = 0
    for (const part of carried) {
      all.set(part, at)
      at += part.length
    }
    all.set(rest, at)
    carried = []
    carriedLength = 0
    return decoder.decode(all)
  }
  const parse = (text: string): JsonValue => {
    let value: JsonValue
    try {
      value = parseExactJson(text)
    } catch {
      throw notJson('text')
    }
    if (hasDuplicateKeys(text, value)) onDuplicateKeys()
    return value
  }

  const write = (bytes: Uint8Array): readonly JsonValue[] => {
    const items: JsonValue[] = []
    let start = 0
    const finishElement = (end: number): void => {
      const text = takeText(bytes.subarray(start, end))
      if (text.trim() === '') {
        // `[]` and `[ ]` hold nothing; `[1,]` and `[,1]` are not JSON.
        if (elements > 0 || bytes[end] !== CLOSE_BRACKET) throw notJson('text')
        return
      }
      items.push(parse(text))
      elements++
    }
    for (let at = 0; at < bytes.length; at++) {
      const byte = bytes[at]
      if (inString) {
        if (escaped) escaped = false
        else if (byte === BACKSLASH) escaped = true
        else if (byte === QUOTE) inString = false
        continue
      }
      switch (byte) {
        case QUOTE:
          inString = true
          if (phase === 'before' || phase === 'after') throw phase === 'before' ? notABegin(byte) : notJson('text')
          continue
        case OPEN_BRACE:
        case OPEN_BRACKET:
          if (phase === 'after') throw notJson('text')
          if (phase === 'before') {
            const wanted = listKey === null ? OPEN_BRACKET : OPEN_BRACE
            phase = byte === OPEN_BRACKET && wanted === OPEN_BRACKET ? 'list' : 'envelope'
            if (phase === 'list') listFound = true
            start = phase === 'list' ? at + 1 : at
            depth = 1
            continue
          }
          if (phase === 'envelope' && depth === 1 && byte === OPEN_BRACKET && listKey !== null) {
            envelopeText += takeText(bytes.subarray(start, at))
            start = at
            if (endsWithName(envelopeText, listKey)) {
              if (listFound)
                throw new ScanFailure({ code: 'bad-shape', path: listKey, expected: 'once', found: 'twice' })
              listFound = true
              phase = 'list'
              envelopeText += '['
              start = at + 1
              depth = 2
              continue
            }
          }
          depth++
          if (depth > MAX_DEPTH + 2) throw new ScanFailure(tooDeep(`${listKey ?? ''}[${elements}]`))
          continue
        case CLOSE_BRACE:
        case CLOSE_BRACKET: {
          if (phase === 'before' || phase === 'after') throw notJson('text')
          depth--
          const listDepth = listKey === null ? 0 : 1
          if (phase === 'list' && depth === listDepth) {
            if (byte !== CLOSE_BRACKET) throw notJson('text')
            finishElement(at)
            phase = listKey === null ? 'after' : 'envelope'
            start = at
            if (phase === 'after') start = at + 1
            continue
          }
          if (phase === 'envelope' && depth === 0) {
            envelopeText += takeText(bytes.subarray(start, at + 1))
            phase = 'after'
            start = at + 1
          }
          continue
        }
        case COMMA:
          if (phase === 'list' && depth === (listKey === null ? 1 : 2)) {
            finishElement(at)
            start = at + 1
          }
          continue
        default:
          if (phase === 'before' && byte !== undefined) {
            if (isSpace(byte) || (bomAllowed && isBomByte(byte))) continue
            bomAllowed = false
            throw notABegin(byte)
          }
          if (phase === 'after' && byte !== undefined && !isSpace(byte)) throw notJson('text')
      }
    }
    if (phase === 'list' || phase === 'envelope') carry(bytes.subarray(start))
    return items
  }

  const notABegin = (byte: number): ScanFailure => notJson(byte === LESS_THAN ? 'html' : 'text')

  const end = (): ReturnType<ListScanner['end']> => {
    if (phase === 'before') throw notJson('empty')
    if (phase !== 'after') throw notJson('cut-short')
    if (envelopeText === '') return { envelope: {}, listFound }
    const value = parse(envelopeText)
    if (value === null || typeof value !== 'object' || Array.isArray(value)) {
      throw new ScanFailure({
        code: 'bad-shape',
        path: '',
        expected: listKey === null ? 'array' : 'object',
        found: 'array',
      })
    }
    const entries = Object.entries(value)
    if (!listFound) return { envelope: Object.fromEntries(entries), listFound }
    return { envelope: Object.fromEntries(entries.filter(([name]) => name !== listKey)), listFound }
  }

  return { write, end }
}

/** Whether the text, which ends where a value begins, names it `name`. */
function endsWithName(text: string, name: string): boolean {
  const beforeColon = text.trimEnd()
  if (!beforeColon.endsWith(':')) return false
  const withName = beforeColon.slice(0, -1).trimEnd()
  const quoted = JSON.stringify(name)
  return withName.endsWith(quoted) && /[{,]\s*$/.test(withName.slice(0, -quoted.length).slice(-64))
}

function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09
}

function isBomByte(byte: number): boolean {
  return byte === 0xef || byte === 0xbb || byte === 0xbf
}

const QUOTE = 0x22
const COMMA = 0x2c
const LESS_THAN = 0x3c
const OPEN_BRACKET = 0x5b
const BACKSLASH = 0x5c
const CLOSE_BRACKET = 0x5d
const OPEN_BRACE = 0x7b
const CLOSE_BRACE = 0x7d
