import { createHash, createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readUpdateMetadata } from '../../electron/host/electron/updates/update-metadata.ts'
import { isSigned, signMetadata, writePublicKey } from '../../electron/host/electron/updates/update-signature.ts'

/** What is published: metadata signed for the updater of the app, and checksums for people. */

const METADATA = /^latest[\w-]*\.yml$/
const CHECKSUMS = 'SHA256SUMS'

export interface SignOptions {
  /** PKCS#8, PEM. */
  readonly privateKey: string
  /** Of 100 installations so many are offered it; null: all. */
  readonly staging: number | null
  /** As they are built into the app: the signature must hold under one of them. */
  readonly publicKeys: readonly string[]
}

/** Signs each metadata file after checking it as the app will, against the installers that lie beside it. */
export function signRelease(folder: string, options: SignOptions): readonly string[] {
  const key = createPrivateKey(options.privateKey)
  if (!options.publicKeys.includes(writePublicKey(createPublicKey(key))))
    throw new Error('UPDATE_SIGNING_KEY belongs to none of the keys in UPDATE_KEYS: no app would believe it')
  const names = readdirSync(folder)
    .filter((name) => METADATA.test(name))
    .sort()
  if (names.length === 0) throw new Error(`there is no update metadata in ${folder}`)
  for (const name of names) signOne(folder, name, key, options)
  return names
}

/** Checksums of everything in the folder, in the format of `sha256sum`. */
export function writeChecksums(folder: string): void {
  const lines = readdirSync(folder)
    .filter((name) => name !== CHECKSUMS)
    .sort()
    .map((name) => `${hashOf('sha256', 'hex', join(folder, name))}  ${name}\n`)
  writeFileSync(join(folder, CHECKSUMS), lines.join(''))
}

function signOne(folder: string, name: string, key: KeyObject, { staging, publicKeys }: SignOptions): void {
  const file = join(folder, name)
  const text = withStaging(readFileSync(file, 'utf8'), staging)
  const metadata = readUpdateMetadata(text)
  for (const { url, sha512, size } of metadata.files) {
    const bytes = readFileSync(join(folder, url))
    if (bytes.length !== size || createHash('sha512').update(bytes).digest('base64') !== sha512)
      throw new Error(`${name} names ${url}, but it is another file`)
  }
  const bytes = Buffer.from(text, 'utf8')
  const signature = signMetadata(name, bytes, key)
  if (!isSigned(name, bytes, signature, publicKeys)) throw new Error(`${name}: the signature does not hold`)
  writeFileSync(file, bytes)
  writeFileSync(`${file}.sig`, signature)
}

/** electron-builder does not know it; its updater does. */
function withStaging(text: string, staging: number | null): string {
  const without = text.replace(/^stagingPercentage:.*\n/m, '')
  if (staging === null || staging === 100) return without
  if (!Number.isInteger(staging) || staging < 0 || staging > 100) throw new Error('staging is a whole number up to 100')
  return `${without.replace(/\n?$/, '\n')}stagingPercentage: ${staging}\n`
}

function hashOf(algorithm: string, encoding: 'hex' | 'base64', file: string): string {
  return createHash(algorithm).update(readFileSync(file)).digest(encoding)
}
