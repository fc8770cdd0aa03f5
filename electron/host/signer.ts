import { createHmac, timingSafeEqual } from 'node:crypto'

/** Signs texts of this profile: HMAC-SHA-256, base64url. */
export function createSigner(secret: Uint8Array): (text: string) => string {
  return (text) => createHmac('sha256', secret).update(text, 'utf8').digest('base64url')
}

/** Compares secrets without telling by its duration where they differ. */
export function sameSecret(given: string, expected: string): boolean {
  const a = Buffer.from(given, 'utf8')
  const b = Buffer.from(expected, 'utf8')
  return a.byteLength === b.byteLength && timingSafeEqual(a, b)
}
