/** Bytes in a named encoding as text; null where the name is not known. */
export type DecodeBytes = (bytes: Uint8Array, charset: string) => string | null

/** `=E9=20` and soft breaks, as vCard 2.1 writes what is not ASCII. What is no such code stands as it is. */
export function quotedPrintableBytes(text: string): Uint8Array {
  const bytes: number[] = []
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    const hex = text.slice(at + 1, at + 3)
    if (code === 0x3d && /^[0-9a-f]{2}$/i.test(hex)) {
      bytes.push(Number.parseInt(hex, 16))
      at += 2
    } else if (code < 0x80) {
      bytes.push(code)
    } else {
      const point = text.codePointAt(at) ?? code
      bytes.push(...utf8Of(point))
      if (point > 0xffff) at++
    }
  }
  return Uint8Array.from(bytes)
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** Null where it is none. */
export function base64Bytes(text: string): Uint8Array | null {
  const packed = text.replace(/[\s=]+/g, '')
  if (packed === '' || !/^[A-Za-z0-9+/]+$/.test(packed)) return null
  const bytes: number[] = []
  let bits = 0
  let held = 0
  for (const character of packed) {
    held = (held << 6) | BASE64.indexOf(character)
    bits += 6
    if (bits >= 8) {
      bits -= 8
      bytes.push((held >> bits) & 0xff)
      held &= (1 << bits) - 1
    }
  }
  return Uint8Array.from(bytes)
}

function utf8Of(point: number): readonly number[] {
  if (point < 0x80) return [point]
  if (point < 0x800) return [0xc0 | (point >> 6), 0x80 | (point & 0x3f)]
  if (point < 0x10000) return [0xe0 | (point >> 12), 0x80 | ((point >> 6) & 0x3f), 0x80 | (point & 0x3f)]
  return [0xf0 | (point >> 18), 0x80 | ((point >> 12) & 0x3f), 0x80 | ((point >> 6) & 0x3f), 0x80 | (point & 0x3f)]
}
