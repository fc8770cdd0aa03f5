import { createCipheriv, createDecipheriv, createHmac, randomBytes, scrypt } from 'node:crypto'
import type { HostCrypto } from './host.ts'

const KEY_BYTES = 32
const NONCE_BYTES = 12
const TAG_BYTES = 16
/** What scrypt needs by its own account (128 · N · r), and some. */
const SPARE_BYTES = 1024 * 1024

/** node:crypto, which is OpenSSL in Node and BoringSSL in Electron; both have these three. */
export function createHostCrypto(): HostCrypto {
  const seal = (key: Uint8Array, about: string, plain: Uint8Array): string => {
    const nonce = randomBytes(NONCE_BYTES)
    const cipher = createCipheriv('aes-256-gcm', key, nonce)
    cipher.setAAD(Buffer.from(about, 'utf8'))
    const sealed = Buffer.concat([cipher.update(plain), cipher.final()])
    return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url')
  }
  const open = (key: Uint8Array, about: string, text: string): Buffer | null => {
    const bytes = Buffer.from(text, 'base64url')
    // A decoder that skips what it does not know would let a text be changed without being another one.
    if (bytes.byteLength < NONCE_BYTES + TAG_BYTES || bytes.toString('base64url') !== text) return null
    try {
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES), {
        authTagLength: TAG_BYTES,
      })
      decipher.setAAD(Buffer.from(about, 'utf8'))
      decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES))
      return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()])
    } catch {
      // Another key, another place, or changed: nobody can say which.
      return null
    }
  }
  return {
    randomKey: () => Uint8Array.from(randomBytes(KEY_BYTES)),
    randomText: (bytes) => randomBytes(bytes).toString('base64url'),
    stretch: (passphrase, salt, { N, r, p }) =>
      new Promise((resolve, reject) => {
        const maxmem = 128 * N * r + 128 * r * p + SPARE_BYTES
        // Composed and decomposed letters are one passphrase, whatever keyboard they came from.
        const word = Buffer.from(passphrase.normalize('NFKC'), 'utf8')
        scrypt(word, Buffer.from(salt, 'base64url'), KEY_BYTES, { N, r, p, maxmem }, (cause, key) => {
          word.fill(0)
          if (cause === null) resolve(Uint8Array.from(key))
          else reject(cause)
        })
      }),
    // HKDF-Expand (RFC 5869) of one block: our keys are random already, and need no extraction.
    derive: (key, purpose) =>
      Uint8Array.from(createHmac('sha256', key).update(purpose, 'utf8').update(Uint8Array.of(1)).digest()),
    seal: (key, about, text) => seal(key, about, Buffer.from(text, 'utf8')),
    open: (key, about, sealed) => open(key, about, sealed)?.toString('utf8') ?? null,
    sealKey: seal,
    openKey: (key, about, sealed) => {
      const inner = open(key, about, sealed)
      return inner === null || inner.byteLength !== KEY_BYTES ? null : Uint8Array.from(inner)
    },
  }
}
