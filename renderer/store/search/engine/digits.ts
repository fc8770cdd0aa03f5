/** Digits and marks below 16, two to a byte. */
export function packDigits(digits: Uint8Array): Uint8Array {
  const packed = new Uint8Array((digits.length + 1) >> 1)
  for (let at = 0; at < digits.length; at += 2) packed[at >> 1] = (digits[at] ?? 0) | ((digits[at + 1] ?? 0) << 4)
  return packed
}

export function digitAt(packed: Uint8Array, at: number): number {
  return ((packed[at >> 1] ?? 0) >> ((at & 1) << 2)) & 15
}

export function unpackDigits(packed: Uint8Array, length: number): Uint8Array {
  const digits = new Uint8Array(length)
  for (let at = 0; at < length; at++) digits[at] = digitAt(packed, at)
  return digits
}
