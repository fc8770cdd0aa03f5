import type { VendorFailure } from '../../../shared/app-error.ts'
import type { JsonValue } from '../../../shared/json.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { hasDuplicateKeys } from './duplicate-keys.ts'
import { parseExactJson } from './parse-exact-json.ts'

/** Decoded bytes of one read. More is cut off: a bomb must not reach memory. */
export const READ_LIMIT_BYTES = 32 * 1024 * 1024
/** Deeper values cannot be cloned to another process safely. */
export const MAX_DEPTH = 64

/** Parses a whole body, telling apart what is not JSON: a login page, nothing at all, prose, or a text cut short. */
export function readJsonBody(
  text: string,
  status: number,
  onDuplicateKeys: () => void = () => undefined,
): Result<JsonValue, VendorFailure> {
  const body = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text
  const first = /\S/.exec(body)?.[0]
  if (first === undefined) return err({ code: 'not-json', got: 'empty', status })
  if (first === '<') return err({ code: 'not-json', got: 'html', status })
  let value: JsonValue
  try {
    value = parseExactJson(body)
  } catch {
    return err({ code: 'not-json', got: looksCutShort(body, first) ? 'cut-short' : 'text', status })
  }
  if (isDeeperThan(value, MAX_DEPTH)) return err(tooDeep(''))
  if (hasDuplicateKeys(body, value)) onDuplicateKeys()
  return ok(value)
}

export function tooDeep(path: string): VendorFailure {
  return { code: 'bad-shape', path, expected: `at most ${MAX_DEPTH} levels`, found: 'deeper' }
}

/** Opened like JSON, and not closed like it. */
function looksCutShort(body: string, first: string): boolean {
  const close = first === '{' ? '}' : first === '[' ? ']' : null
  return close !== null && !body.trimEnd().endsWith(close)
}

/** Level by level and not by recursion: the value may be deep enough to exhaust the stack. */
function isDeeperThan(value: JsonValue, limit: number): boolean {
  let level: readonly JsonValue[] = [value]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > limit) return true
    const next: JsonValue[] = []
    for (const item of level) {
      if (item === null || typeof item !== 'object') continue
      for (const child of Object.values(item)) {
        if (child !== null && typeof child === 'object') next.push(child)
      }
    }
    level = next
  }
  return false
}
