/** Bytes that a number below 2^32 takes, seven bits in each. */
export function varintLength(value: number): number {
  return value < 128 ? 1 : value < 16_384 ? 2 : value < 2_097_152 ? 3 : value < 268_435_456 ? 4 : 5
}

/** @returns the place behind it. */
export function writeVarint(bytes: Uint8Array, at: number, value: number): number {
  let place = at
  let left = value
  while (left > 127) {
    bytes[place++] = (left & 127) | 128
    left >>>= 7
  }
  bytes[place] = left
  return place + 1
}

/** Falling or rising by little: the distances of a rising list, as varints. */
export function packRising(values: Uint32Array): Uint8Array {
  let length = 0
  let before = 0
  for (const value of values) {
    length += varintLength(value - before)
    before = value
  }
  const bytes = new Uint8Array(length)
  let at = 0
  before = 0
  for (const value of values) {
    at = writeVarint(bytes, at, value - before)
    before = value
  }
  return bytes
}

export function unpackRising(bytes: Uint8Array, values: Uint32Array): void {
  let at = 0
  let before = 0
  for (let index = 0; index < values.length; index++) {
    let byte = bytes[at++] ?? 0
    let value = byte & 127
    for (let shift = 7; byte > 127; shift += 7) {
      byte = bytes[at++] ?? 0
      value |= (byte & 127) << shift
    }
    before += value >>> 0
    values[index] = before
  }
}
