import type { JsonValue } from '../../../shared/json.ts'
import type { StatusOption } from '../../../shared/model/status-option.ts'

/** Collects the values of `status` that records bring along; hands out each only when it is new or has changed. */
export function createStatusVocabulary(
  optionOf: (item: JsonValue) => StatusOption | null,
  known: readonly StatusOption[] = [],
): (items: readonly JsonValue[]) => readonly StatusOption[] {
  const given = new Map<string, string>()
  // The vendor's own list says more than a record does: what is in it is not given again.
  const listed = new Set(known.map((option) => option.id))
  return (items) => {
    const fresh = new Map<string, StatusOption>()
    for (const item of items) {
      const option = optionOf(item)
      if (option === null || listed.has(option.id)) continue
      const text = JSON.stringify(option)
      if (given.get(option.id) === text) continue
      given.set(option.id, text)
      fresh.set(option.id, option)
    }
    return [...fresh.values()].slice(0, 500)
  }
}

/** A vendor's colour as `#rrggbb`: with or without `#`, three digits or six. Null where it is none. */
export function readColor(value: string | null | undefined): string | null {
  const digits = /^#?([0-9a-f]{6}|[0-9a-f]{3})$/i.exec((value ?? '').trim())?.[1]
  if (digits === undefined) return null
  return `#${digits.length === 3 ? digits.replace(/./g, '$&$&') : digits}`
}
