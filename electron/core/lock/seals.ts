import type { HostCrypto, JournalFiles, SecretVault } from '../../host/host.ts'
import type { LineSeal } from '../journal/line-codec.ts'

/** All that is sealed under the key of the data, each kind under a key of its own. */
export interface Seals {
  readonly lines: LineSeal
  /** Whole files, bound to their names. */
  readonly files: FileSeal
  /** Keys of sources. */
  readonly box: Pick<SecretVault, 'seal' | 'open'>
}

export interface FileSeal {
  readonly seal: (name: string, bytes: Uint8Array) => Uint8Array
  /** Null where it does not open: changed, renamed, or of another profile. */
  readonly open: (name: string, bytes: Uint8Array) => Uint8Array | null
}

/** First words of a sealed file; nothing that we write in plain begins like this. */
const MARK = 'clientele-sealed-file 1\n'

export function createSeals(crypto: HostCrypto, dataKey: Uint8Array, keyId: string): Seals {
  /**
   * Each segment has a key of its own. Nonces are drawn at random: a segment is closed at some megabytes, so a key seals
   * far fewer than 2^20 lines, and the chance that two of them share a nonce is below 2^-57.
   */
  const segmentKeys = new Map<string, Uint8Array>()
  const segmentKey = (segment: string): Uint8Array => {
    const known = segmentKeys.get(segment)
    if (known !== undefined) return known
    const key = crypto.derive(dataKey, `clientele journal 1 ${segment}`)
    segmentKeys.set(segment, key)
    return key
  }
  const fileKey = crypto.derive(dataKey, 'clientele files 1')
  const boxKey = crypto.derive(dataKey, 'clientele keys 1')
  return {
    lines: {
      seal: (json, { segment, index }) => crypto.seal(segmentKey(segment), placeText(keyId, segment, index), json),
      open: (sealed, { segment, index }) => crypto.open(segmentKey(segment), placeText(keyId, segment, index), sealed),
    },
    files: {
      seal: (name, bytes) => asBytes(`${MARK}${crypto.seal(fileKey, fileText(keyId, name), asText(bytes))}\n`),
      open: (name, bytes) => {
        const text = asText(bytes)
        const opened = crypto.open(fileKey, fileText(keyId, name), text.slice(MARK.length).trimEnd())
        return opened === null ? null : asBytes(opened)
      },
    },
    box: {
      seal: async (secret) => ({ v: 1, vault: 'passphrase', data: crypto.seal(boxKey, 'clientele key 1', secret) }),
      open: async ({ data }) => {
        const secret = crypto.open(boxKey, 'clientele key 1', data)
        return secret === null ? { secret: null, why: 'changed' } : { secret, isStale: false }
      },
    },
  }
}

/** Profile, segment and position: a line that is moved, or whose neighbour was cut out, opens no more. */
function placeText(keyId: string, segment: string, index: number): string {
  return `clientele line 1 ${keyId} ${segment} ${index}`
}

function fileText(keyId: string, name: string): string {
  return `clientele file 1 ${keyId} ${name}`
}

export function isSealedFile(bytes: Uint8Array): boolean {
  return asText(bytes.subarray(0, MARK.length)) === MARK
}

/** Files of a folder, sealed and opened on the way. What is in plain is believed only while that is said. */
export function sealingFiles(
  files: JournalFiles,
  rules: () => { readonly writes: FileSeal | null; readonly reads: FileSeal | null; readonly believesPlain: boolean },
): JournalFiles {
  return {
    ...files,
    read: async (name) => {
      const bytes = await files.read(name)
      const { reads, believesPlain } = rules()
      if (!isSealedFile(bytes)) {
        if (!believesPlain) throw new Error('In plain, where all is sealed')
        return bytes
      }
      const opened = reads?.open(name, bytes) ?? null
      if (opened === null) throw new Error('Does not open')
      return opened
    },
    replace: (name, bytes) => {
      const { writes } = rules()
      return files.replace(name, writes === null ? bytes : writes.seal(name, bytes))
    },
  }
}

const latin1 = new TextDecoder('latin1')

/** Byte for byte, so that damaged bytes come back as they were. (`latin1` of the standard is windows-1252.) */
function asText(bytes: Uint8Array): string {
  let isAscii = true
  for (const byte of bytes) if (byte > 0x7f) isAscii = false
  if (isAscii) return latin1.decode(bytes)
  const parts: string[] = []
  for (let at = 0; at < bytes.length; at += 8192) parts.push(String.fromCharCode(...bytes.subarray(at, at + 8192)))
  return parts.join('')
}

function asBytes(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length)
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i)
  return bytes
}
