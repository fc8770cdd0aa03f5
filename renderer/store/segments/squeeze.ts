import { deflateSync, Inflate, inflateSync } from 'fflate'

/**
 * Bytes made small, for what is written once and rests: magic, size before (u32, little endian), raw deflate. To look
 * into it: `new Response(new Blob([bytes.slice(8)]).stream().pipeThrough(new DecompressionStream('deflate-raw'))).text()`.
 */
const MAGIC = [0x43, 0x4c, 0x5a, 0x31] as const // "CLZ1"
const HEADER = 8
/** Deflate makes nothing smaller than this: a size beyond it is damage. */
const MOST_TIMES = 1_040
/** What is read between two looks at the damage of a piece that is not whole. */
const STEP = 64

export function squeeze(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const small = deflateSync(bytes)
  const all = new Uint8Array(HEADER + small.length)
  all.set(MAGIC)
  new DataView(all.buffer).setUint32(4, bytes.length, true)
  all.set(small, HEADER)
  return all
}

export function isSqueezed(bytes: Uint8Array): boolean {
  return bytes.length >= HEADER && MAGIC.every((byte, i) => bytes[i] === byte)
}

/** As it was before; where it is damaged, what stands before the damage, and zeros. Other bytes as they are. */
export function unsqueezed(bytes: Uint8Array): Uint8Array {
  if (!isSqueezed(bytes)) return bytes
  const size = new DataView(bytes.buffer, bytes.byteOffset).getUint32(4, true)
  const small = bytes.subarray(HEADER)
  if (size > small.length * MOST_TIMES) return new Uint8Array()
  const out = new Uint8Array(size)
  try {
    if (inflateSync(small, { out }).length === size) return out
  } catch {
    // Damaged: as far as it goes.
  }
  return beforeDamage(small, out.fill(0))
}

function beforeDamage(small: Uint8Array, out: Uint8Array): Uint8Array {
  let at = 0
  const inflate = new Inflate((part) => {
    const room = part.subarray(0, out.length - at)
    out.set(room, at)
    at += room.length
  })
  try {
    for (let from = 0; from < small.length; from += STEP) {
      inflate.push(small.subarray(from, from + STEP), from + STEP >= small.length)
    }
  } catch {
    // Here it is.
  }
  return out
}
