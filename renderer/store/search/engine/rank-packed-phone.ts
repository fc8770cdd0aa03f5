import { digitAt } from './digits.ts'
import { INSIDE, NEAR_ZONE, ONE_ERROR, PREFIX, rankOf, WHOLE } from './match-kinds.ts'

/** As `rankInPhone`, over packed digits. */
export function rankOfPhone(phones: Uint8Array, from: number, end: number, digits: string, needed: string): number {
  if (stands(phones, from, end, digits)) return rankOf(end - from === digits.length ? WHOLE : PREFIX, NEAR_ZONE)
  if (end - digits.length >= from && stands(phones, end - digits.length, end, digits)) return rankOf(PREFIX, 0)
  let found = 0
  for (let at = from; at + needed.length <= end; at++) {
    if (!stands(phones, at, end, needed)) continue
    const missing = digits.length - needed.length
    if (missing === 0 || (at > from && digitAt(phones, at - 1) === 0)) return rankOf(INSIDE, NEAR_ZONE)
    found = rankOf(ONE_ERROR, NEAR_ZONE)
  }
  return found
}

function stands(phones: Uint8Array, at: number, end: number, digits: string): boolean {
  if (at + digits.length > end) return false
  for (let index = 0; index < digits.length; index++) {
    if (digitAt(phones, at + index) + 48 !== digits.charCodeAt(index)) return false
  }
  return true
}
