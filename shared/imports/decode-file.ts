/** More than any book exports; a film chosen by mistake is not read into memory. */
export const MAX_IMPORT_BYTES = 64_000_000

export type FileEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'

/** As `TextDecoder` has it; handed in, because `shared/` has no runtime. */
export type NewDecoder = new (
  label: string,
  options: { readonly fatal: boolean },
) => { readonly decode: (bytes: Uint8Array) => string }

/**
 * The text of a file that another program wrote. What is UTF-8 is that, with or without its mark; UTF-16 is known by
 * its mark, or by the zeros in it; anything else is what Windows writes in the west, where every byte is a character.
 */
export function decodeFile(
  bytes: Uint8Array,
  Decoder: NewDecoder,
): { readonly text: string; readonly encoding: FileEncoding } {
  const encoding = encodingOf(bytes)
  if (encoding !== 'utf-8') return { text: decodeAs(bytes, encoding, Decoder), encoding }
  try {
    return { text: new Decoder('utf-8', { fatal: true }).decode(bytes), encoding }
  } catch {
    return { text: decodeAs(bytes, 'windows-1252', Decoder), encoding: 'windows-1252' }
  }
}

function decodeAs(bytes: Uint8Array, encoding: FileEncoding, Decoder: NewDecoder): string {
  return new Decoder(encoding, { fatal: false }).decode(bytes)
}

function encodingOf(bytes: Uint8Array): FileEncoding {
  const [first, second, third, fourth] = bytes
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  // Latin letters in UTF-16 without a mark: every other byte is zero.
  if (first !== 0 && second === 0 && third !== 0 && fourth === 0 && bytes.length % 2 === 0) return 'utf-16le'
  if (first === 0 && second !== 0 && third === 0 && fourth !== 0 && bytes.length % 2 === 0) return 'utf-16be'
  return 'utf-8'
}
