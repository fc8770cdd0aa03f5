/**
 * A sum over bytes, 32 bits: tells bytes that lie on a disk from others that were torn, swapped or left out. Four lanes of
 * words, so that a part of some megabytes takes milliseconds. No protection against anybody's intent.
 */
export function checksum(bytes: Uint8Array): number {
  const whole = bytes.byteLength & ~15
  // A view must begin at a multiple of its words; copies are made where bytes lie elsewhere.
  const from = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice()
  const words = new Uint32Array(from.buffer, from.byteOffset, whole >> 2)
  let a = 0x811c9dc5
  let b = 0x9e3779b9
  let c = 0x85ebca6b
  let d = 0xc2b2ae35
  for (let i = 0; i < words.length; i += 4) {
    a = Math.imul(a ^ at(words, i), 0x01000193)
    b = Math.imul(b ^ at(words, i + 1), 0x01000193)
    c = Math.imul(c ^ at(words, i + 2), 0x01000193)
    d = Math.imul(d ^ at(words, i + 3), 0x01000193)
    a = (a << 13) | (a >>> 19)
    b = (b << 13) | (b >>> 19)
    c = (c << 13) | (c >>> 19)
    d = (d << 13) | (d >>> 19)
  }
  let sum = Math.imul(a ^ (b >>> 7), 0x01000193) ^ Math.imul(c ^ (d >>> 11), 0x01000193) ^ bytes.byteLength
  for (let i = whole; i < bytes.byteLength; i++) sum = Math.imul(sum ^ (bytes[i] ?? 0), 0x01000193)
  return (sum ^ (sum >>> 15)) >>> 0
}

function at(words: Uint32Array, i: number): number {
  return words[i] ?? 0
}
