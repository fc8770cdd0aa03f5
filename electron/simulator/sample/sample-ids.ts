import { mix } from '../prng.ts'

const hex = (value: number, digits: number): string => (value >>> 0).toString(16).padStart(8, '0').slice(0, digits)
const ODD = 0x9e3779b1
const ODD_INVERSE = inverse(ODD)

/** A UUID (version 4 by its form) that carries the slot, scrambled, so that no table of ids is needed. */
export function uuidOfSlot(seed: number, slot: number): string {
  const code = Math.imul(slot ^ seed, ODD) >>> 0
  const check = mix(seed, code)
  const tail = mix(check, 0x5bd1)
  return `${hex(code, 8)}-${hex(check, 4)}-4${hex(tail, 3)}-a${hex(mix(tail, 7), 3)}-${hex(mix(tail, 11), 8)}${hex(mix(tail, 13), 4)}`
}

/** The slot of a UUID made with the same seed, or null. */
export function slotOfUuid(seed: number, uuid: string): number | null {
  const code = Number.parseInt(uuid.slice(0, 8), 16)
  if (Number.isNaN(code)) {
    return null
  }
  const slot = (Math.imul(code, ODD_INVERSE) ^ seed) >>> 0
  return uuidOfSlot(seed, slot) === uuid ? slot : null
}

const WORD_DIGITS = 12

/** `clnt_` and twelve word characters. */
export function clntIdOfSlot(seed: number, slot: number): string {
  const code = Math.imul(slot ^ seed, ODD) >>> 0
  const check = mix(seed, code).toString(36).padStart(7, '0').slice(-5)
  return `clnt_${check}${code.toString(36).padStart(WORD_DIGITS - 5, '0')}`
}

export function slotOfClntId(seed: number, id: string): number | null {
  const code = Number.parseInt(id.slice(10), 36)
  if (!/^clnt_\w{12}$/.test(id) || Number.isNaN(code)) {
    return null
  }
  const slot = (Math.imul(code, ODD_INVERSE) ^ seed) >>> 0
  return clntIdOfSlot(seed, slot) === id ? slot : null
}

/** The number whose product with the odd `value` is 1 in 32-bit arithmetic (Newton's method). */
function inverse(value: number): number {
  let result = value
  for (let round = 0; round < 5; round += 1) {
    result = Math.imul(result, 2 - Math.imul(value, result))
  }
  return result
}
