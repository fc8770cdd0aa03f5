import type { JsonValue } from '../json.ts'
import { labelOfKey, readableText } from './readable-text.ts'
import type { ExtraField } from './record.ts'

/** Of a value under "Other fields", in letters. */
export const MAX_EXTRA_CHARS = 4000

/**
 * What is read only when a client is opened, as it travels and as it is stored: `[extra, raw]`. An entry of `extra` that
 * says no more than a member of `raw` does is that member's name alone: it would be two thirds of a page otherwise.
 */
export function bodyTextOf(extra: readonly ExtraField[], raw: JsonValue): string {
  return JSON.stringify([extra.map((field) => (isOfMember(field, raw) ? field.key : field)), raw])
}

/** Entries as they were. A name of no member says nothing. */
export function extraOf(stored: readonly (string | ExtraField)[], raw: JsonValue): readonly ExtraField[] {
  return stored.flatMap((entry) => {
    if (typeof entry !== 'string') return [entry]
    const value = memberOf(raw, entry)
    return value === undefined ? [] : [extraOfMember(entry, value)]
  })
}

function extraOfMember(key: string, value: JsonValue): ExtraField {
  return { key, label: labelOfKey(key).slice(0, 200), value: cutExtra(readableText(value)), filledBy: null }
}

export function cutExtra(text: string | null): string | null {
  return text !== null && text.length > MAX_EXTRA_CHARS ? `${text.slice(0, MAX_EXTRA_CHARS - 1)}…` : text
}

function isOfMember({ key, label, value, filledBy }: ExtraField, raw: JsonValue): boolean {
  const member = memberOf(raw, key)
  if (member === undefined || filledBy !== null) return false
  return label === labelOfKey(key).slice(0, 200) && value === cutExtra(readableText(member))
}

function memberOf(raw: JsonValue, key: string): JsonValue | undefined {
  if (raw === null || typeof raw !== 'object' || Array.isArray(raw) || !Object.hasOwn(raw, key)) return undefined
  // A list has been ruled out, which its own type guard does not tell of a readonly one.
  return (raw as Readonly<Record<string, JsonValue>>)[key]
}
