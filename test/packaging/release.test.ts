import { createHash, generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { readUpdateMetadata } from '../../electron/host/electron/updates/update-metadata.ts'
import { isSigned, writePublicKey } from '../../electron/host/electron/updates/update-signature.ts'
import { signRelease, writeChecksums } from '../../tools/release/release-files.ts'

const INSTALLER = Buffer.from('an installer')
const SHA512 = createHash('sha512').update(INSTALLER).digest('base64')
const keys = generateKeyPairSync('ed25519')
const publicKeys = [writePublicKey(keys.publicKey)]
const privateKey = keys.privateKey.export({ format: 'pem', type: 'pkcs8' }).toString()
let folder = ''

/** As electron-builder writes it. */
function writeRelease(name: string, size = INSTALLER.length): void {
  writeFileSync(join(folder, 'Clientele-1.2.3-linux-x86_64.AppImage'), INSTALLER)
  writeFileSync(
    join(folder, name),
    `version: 1.2.3
files:
  - url: Clientele-1.2.3-linux-x86_64.AppImage
    sha512: ${SHA512}
    size: ${size}
    blockMapSize: 11
path: Clientele-1.2.3-linux-x86_64.AppImage
sha512: ${SHA512}
releaseDate: '2026-11-21T18:00:00.000Z'
releaseNotes: |
  Faster search.
`,
  )
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'clientele-release-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

it('signs each metadata file as the app will check it', () => {
  writeRelease('latest-linux.yml')
  writeRelease('latest-mac.yml')
  expect(signRelease(folder, { privateKey, publicKeys, staging: null })).toEqual(['latest-linux.yml', 'latest-mac.yml'])
  const bytes = readFileSync(join(folder, 'latest-mac.yml'))
  const signature = readFileSync(join(folder, 'latest-mac.yml.sig'), 'utf8')
  expect(isSigned('latest-mac.yml', bytes, signature, publicKeys)).toBe(true)
  expect(isSigned('latest-linux.yml', bytes, signature, publicKeys)).toBe(false)
})

it('offers it to a part of the installations, and later to all', () => {
  writeRelease('latest.yml')
  const staged = (): number | undefined =>
    readUpdateMetadata(readFileSync(join(folder, 'latest.yml'), 'utf8')).stagingPercentage
  signRelease(folder, { privateKey, publicKeys, staging: 10 })
  expect(staged()).toBe(10)
  signRelease(folder, { privateKey, publicKeys, staging: 50 })
  expect(staged()).toBe(50)
  signRelease(folder, { privateKey, publicKeys, staging: null })
  expect(staged()).toBeUndefined()
})

it('refuses to sign what the app would not take', () => {
  writeRelease('latest.yml', 5)
  expect(() => signRelease(folder, { privateKey, publicKeys, staging: null })).toThrow('another file')
  writeRelease('latest.yml')
  const others = [writePublicKey(generateKeyPairSync('ed25519').publicKey)]
  expect(() => signRelease(folder, { privateKey, publicKeys: others, staging: null })).toThrow('none of the keys')
  expect(() => signRelease(folder, { privateKey, publicKeys, staging: 101 })).toThrow('whole number')
  rmSync(join(folder, 'latest.yml'))
  expect(() => signRelease(folder, { privateKey, publicKeys, staging: null })).toThrow('no update metadata')
})

it('writes checksums as sha256sum reads them', () => {
  writeRelease('latest.yml')
  writeChecksums(folder)
  const lines = readFileSync(join(folder, 'SHA256SUMS'), 'utf8').trimEnd().split('\n')
  expect(lines).toEqual([
    `${createHash('sha256').update(INSTALLER).digest('hex')}  Clientele-1.2.3-linux-x86_64.AppImage`,
    expect.stringMatching(/^[0-9a-f]{64} {2}latest\.yml$/),
  ])
})
