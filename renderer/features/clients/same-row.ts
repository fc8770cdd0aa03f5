import type { ClientRow } from '../../store/store-contract.ts'

/**
 * The row that is shown already where the newer one says the same, so that a page that is read again repaints only what
 * has changed.
 */
export function keepSame(shown: ClientRow | undefined, newer: ClientRow): ClientRow {
  return shown !== undefined && sameValue(shown, newer) ? shown : newer
}

/** Rows are plain: texts, numbers, booleans, null, lists and records of these. */
function sameValue(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return Object.is(a, b)
  const left = Object.entries(a)
  const right = new Map<string, unknown>(Object.entries(b))
  return left.length === right.size && left.every(([key, value]) => right.has(key) && sameValue(value, right.get(key)))
}
