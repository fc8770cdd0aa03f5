import { FAR_ERRORS, INSIDE, NEAR_ZONE, NO_MATCH, ONE_ERROR, PREFIX, rankOf, WHOLE } from './match-kinds.ts'

/** A number without its national zero, where enough is left to be one: `020…` finds `+44 20…`. */
export function nationalPart(digits: string): string {
  return digits.length > 4 && digits.startsWith('0') ? digits.slice(1) : digits
}

const ENOUGH = 7

/** The digits that a number has to have somewhere: without the national zero only of long ones, or where nothing else helps. */
export function neededDigits(digits: string, leastKind: number): string {
  return digits.length >= ENOUGH || leastKind <= FAR_ERRORS ? nationalPart(digits) : digits
}

/** Rank of digits in one phone number's digits. The end of a number is worth less than its beginning, more than its middle. */
export function rankInPhone(phone: string, digits: string, leastKind: number = FAR_ERRORS): number {
  if (phone.startsWith(digits)) return rankOf(phone.length === digits.length ? WHOLE : PREFIX, NEAR_ZONE)
  if (phone.endsWith(digits)) return rankOf(PREFIX, 0)
  if (phone.includes(digits)) return rankOf(INSIDE, NEAR_ZONE)
  return phone.includes(neededDigits(digits, leastKind)) ? rankOf(ONE_ERROR, NEAR_ZONE) : NO_MATCH
}
