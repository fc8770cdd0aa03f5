import { createPublicKey, type KeyObject, sign, verify } from 'node:crypto'

/**
 * Update metadata (`latest.yml` and its sisters) is believed only with an Ed25519 signature beside it, made by the
 * release workflow and checked against keys built into the app. The metadata names the SHA-512 of every installer, so
 * that the signature covers those too. The name of the file is signed with it: metadata of one system or processor
 * cannot be handed to another.
 */
const CONTEXT = 'clientele update metadata 1'
/** What comes before the 32 bytes of an Ed25519 key in its usual encoding. */
const SPKI_HEAD = Buffer.from('302a300506032b6570032100', 'hex')
const KEY_BYTES = 32
const SIGNATURE_BYTES = 64

export function signMetadata(name: string, bytes: Uint8Array, privateKey: KeyObject): string {
  return `${sign(null, message(name, bytes), privateKey).toString('base64')}\n`
}

/** True where one of the keys signed exactly these bytes under this name. Never throws. */
export function isSigned(name: string, bytes: Uint8Array, signature: string, keys: readonly string[]): boolean {
  const raw = Buffer.from(signature.trim(), 'base64')
  if (raw.length !== SIGNATURE_BYTES) return false
  return keys.some((key) => {
    const publicKey = readPublicKey(key)
    return publicKey !== null && verify(null, message(name, bytes), publicKey, raw)
  })
}

/** A key as it is built in: its 32 bytes in base64. Null where it is none. */
export function readPublicKey(text: string): KeyObject | null {
  const raw = Buffer.from(text.trim(), 'base64')
  if (raw.length !== KEY_BYTES) return null
  try {
    return createPublicKey({ key: Buffer.concat([SPKI_HEAD, raw]), format: 'der', type: 'spki' })
  } catch {
    return null
  }
}

export function writePublicKey(key: KeyObject): string {
  return key.export({ format: 'der', type: 'spki' }).subarray(SPKI_HEAD.length).toString('base64')
}

function message(name: string, bytes: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from(`${CONTEXT}\n${name}\n`, 'utf8'), bytes])
}
