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
  let start = from
  for (let end = from; end < to; end++) {
    if (phones[end] !== PHONE_END) continue
    const digit = (at: number): number => (at < end ? (phones[at] ?? 0) : PHONE_END)
    out[count++] = gramOf(PHONE_START, digit(start), digit(start + 1), digit(start + 2))
    for (let at = start; at + 1 < end || at === start; at++) {
      out[count++] = gramOf(digit(at), digit(at + 1), digit(at + 2), digit(at + 3))
    }
    start = end + 1
  }
  return count
}

/** Ranges of sequences `[from, to)`: whoever has the digits has one of these, the rarest choice is the caller's. */
export interface GramChoices {
  /** Numbers that begin with the digits (or with their first three). */
  readonly starts: readonly [number, number]
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
    return { starts, anywhere: [[from, from + (digits.length > 2 ? BASE : BASE * BASE)]] }
  }
  const anywhere: (readonly [number, number])[] = []
  for (let index = 0; index + 3 < digits.length; index++) {
    const gram = gramOf(at(index), at(index + 1), at(index + 2), at(index + 3))
    anywhere.push([gram, gram + 1])
  }
  return { starts, anywhere }
}
