import type { DecodeBytes } from '../../shared/vcard/encoded-value.ts'

/** As the page and the worker decode. */
export const testDecodeBytes: DecodeBytes = (bytes, charset) => {
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}
