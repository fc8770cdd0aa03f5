/** Marks the end of each number among its digits. */
export const PHONE_END = 10
const PHONE_START = 11
const BASE = 12

/** The number of a sequence of four digits or marks. */
export function gramOf(a: number, b: number, c: number, d: number): number {
  return ((a * BASE + b) * BASE + c) * BASE + d
}

/**
 * The sequences of four that a document's numbers are found by: start and three digits, each four digits, the last three
 * and the end, the last two and the end. Repeats stay in.
 * @param phones digits, each number ended by PHONE_END.
 * @returns how many were written to `out`.
 */
export function gramsOf(phones: Uint8Array, from: number, to: number, out: Uint16Array): number {
  let count = 0
  // Backwards: what follows a digit is known when it is met.
  let second = PHONE_END
  let third = PHONE_END
  let fourth = PHONE_END
  for (let at = to - 1; at >= from; at--) {
    const first = phones[at] ?? 0
    if (first === PHONE_END) {
      second = PHONE_END
      third = PHONE_END
      fourth = PHONE_END
      continue
    }
    const starts = at === from || phones[at - 1] === PHONE_END
    // A last digit by itself is in no sequence, unless it is all there is.
    if (second !== PHONE_END || starts) out[count++] = gramOf(first, second, third, fourth)
    fourth = third
    third = second
    second = first
    if (starts) out[count++] = gramOf(PHONE_START, second, third, fourth)
  }
  return count
}

/** Ranges of sequences `[from, to)`: whoever has the digits has one of these, the rarest choice is the caller's. */
export interface GramChoices {
  /** Numbers that begin with the digits (or with their first three). */
  readonly starts: readonly [number, number]
  /** Numbers that end with the digits; null for more than three. */
  readonly ends: readonly [number, number] | null
  /** Any one of these ranges alone holds all numbers with the digits. */
  readonly anywhere: readonly (readonly [number, number])[]
}

/** @param digits two or more. */
export function gramChoices(digits: string): GramChoices {
  const at = (index: number): number => digits.charCodeAt(index) - 48
  const begin = (first: number, second: number, third: number | null): readonly [number, number] => {
    const from = gramOf(PHONE_START, first, second, third ?? 0)
    return [from, from + (third === null ? BASE : 1)]
  }
  const starts = begin(at(0), at(1), digits.length > 2 ? at(2) : null)
  if (digits.length < 4) {
    const from = gramOf(at(0), at(1), digits.length > 2 ? at(2) : 0, 0)
    const end = gramOf(at(0), at(1), digits.length > 2 ? at(2) : PHONE_END, PHONE_END)
    return { starts, ends: [end, end + 1], anywhere: [[from, from + (digits.length > 2 ? BASE : BASE * BASE)]] }
  }
  const anywhere: (readonly [number, number])[] = []
  for (let index = 0; index + 3 < digits.length; index++) {
    const gram = gramOf(at(index), at(index + 1), at(index + 2), at(index + 3))
    anywhere.push([gram, gram + 1])
  }
  return { starts, ends: null, anywhere }
}
