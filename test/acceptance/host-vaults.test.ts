import { randomBytes } from 'node:crypto'
import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createSafeStorageVault } from '../../electron/host/electron/safe-storage-vault.ts'
import type { SecretVault } from '../../electron/host/host.ts'
import { createHostCrypto } from '../../electron/host/host-crypto.ts'
import { createKeyFileVault } from '../../electron/host/key-file-vault.ts'
import { createStandInSafeStorage } from '../electron-stand-in/stand-in-safe-storage.ts'
import { testFolder } from '../support/test-folder.ts'

const SECRET = 'sk_live_canary_0123456789'
const OPENED = { secret: SECRET, isStale: false }
const CHANGED = { secret: null, why: 'changed' }

function keyFileIn(folder: string): SecretVault {
  return createKeyFileVault(folder, createHostCrypto())
}

describe('key file vault', () => {
  it('makes its key when something is first sealed: 32 random bytes that only this user can read', async () => {
    const [one, two] = [await testFolder(), await testFolder()]
    expect(await keyFileIn(one).trouble()).toBe('none')
    expect(await readdir(one)).toEqual([])
    for (const folder of [one, two]) await keyFileIn(folder).seal(SECRET)
    const key = await readFile(join(one, 'vault.key'))
    expect(key).toHaveLength(32)
    expect(key.equals(await readFile(join(two, 'vault.key')))).toBe(false)
    if (process.platform !== 'win32') expect((await stat(join(one, 'vault.key'))).mode & 0o777).toBe(0o600)
  })

  it('makes one key, however many seal at once', async () => {
    const folder = await testFolder()
    const vaults = Array.from({ length: 8 }, () => keyFileIn(folder))
    const sealed = await Promise.all(vaults.map((vault) => vault.seal(SECRET)))
    for (const one of sealed) for (const vault of vaults) expect(await vault.open(one)).toEqual(OPENED)
    expect(await readdir(folder)).toEqual(['vault.key'])
  })

  it('opens what an older Clientele has sealed', async () => {
    const folder = await testFolder()
    await writeFile(join(folder, 'vault.key'), Buffer.alloc(32, 7))
    const { createCipheriv } = await import('node:crypto')
    const nonce = Buffer.alloc(12, 3)
    const cipher = createCipheriv('aes-256-gcm', Buffer.alloc(32, 7), nonce)
    cipher.setAAD(Buffer.from('clientele/secret/v1', 'utf8'))
    const sealed = Buffer.concat([cipher.update(SECRET, 'utf8'), cipher.final()])
    const data = Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64')
    expect(await keyFileIn(folder).open({ v: 1, vault: 'key-file', data })).toEqual(OPENED)
  })

  it('opens nothing that was sealed under another key, or whose key is gone', async () => {
    const folder = await testFolder()
    const sealed = await keyFileIn(folder).seal(SECRET)
    expect(await keyFileIn(await testFolder()).open(sealed)).toEqual(CHANGED)
    await rm(join(folder, 'vault.key'))
    expect(await keyFileIn(folder).open(sealed)).toEqual(CHANGED)
    // Asking makes no key: that would hide that there was another one.
    expect(await readdir(folder)).toEqual([])
  })

  it('refuses any change of any byte', async () => {
    const vault = keyFileIn(await testFolder())
    const sealed = await vault.seal('ab')
    const bytes = Buffer.from(sealed.data, 'base64')
    for (let at = 0; at < bytes.length; at++) {
      const changed = Buffer.from(bytes)
      changed[at] = (changed[at] ?? 0) ^ 0x80
      expect(await vault.open({ ...sealed, data: changed.toString('base64') })).toEqual(CHANGED)
    }
  })

  it('says that its key is damaged, and sets it aside when the next secret comes: nothing is overwritten', async () => {
    const folder = await testFolder()
    const vault = keyFileIn(folder)
    const before = await vault.seal(SECRET)
    await writeFile(join(folder, 'vault.key'), 'short')
    expect(await vault.trouble()).toBe('damaged')
    expect(await vault.open(before)).toEqual(CHANGED)
    const after = await vault.seal(SECRET)
    expect(await vault.trouble()).toBe('none')
    expect(await vault.open(after)).toEqual(OPENED)
    expect(await readFile(join(folder, 'vault.key.damaged-1'), 'utf8')).toBe('short')
  })
})

describe('keychain vault', () => {
  it.each([
    ['darwin', 'v10', 'Keychain'],
    ['win32', 'v10', 'DPAPI'],
    ['linux', 'v11', 'gnome_libsecret'],
    ['linux', 'v12', 'gnome_libsecret'],
  ])('on %s with %s seals with %s, and writes that beside it', async (platform, mark, detail) => {
    const vault = createSafeStorageVault(createStandInSafeStorage({ mark }), platform)
    expect(vault).toMatchObject({ kind: 'os-keychain', detail })
    expect(await vault.trouble()).toBe('none')
    const sealed = await vault.seal(SECRET)
    expect(sealed.vault).toBe(`os-keychain:${detail}`)
    expect(await vault.open(sealed)).toEqual(OPENED)
  })

  it('never seals with the constant password, whatever the backend is called', async () => {
    for (const backend of ['gnome_libsecret', 'basic_text'] as const) {
      const vault = createSafeStorageVault(createStandInSafeStorage({ mark: 'v10', backend }), 'linux')
      expect(await vault.trouble()).toBe('weak-keychain')
      await expect(vault.seal(SECRET)).rejects.toThrow()
    }
    const unnamed = createStandInSafeStorage({ mark: 'v12', backend: 'basic_text' })
    expect(await createSafeStorageVault(unnamed, 'linux').trouble()).toBe('none')
  })

  it('seals nothing where there is no keychain, or asking it fails', async () => {
    const none = createStandInSafeStorage({ isAvailable: false })
    const broken = { ...none, isAsyncEncryptionAvailable: () => Promise.reject(new Error('no bus')) }
    for (const safeStorage of [none, broken]) {
      const vault = createSafeStorageVault(safeStorage, 'linux')
      expect(await vault.trouble()).toBe('no-keychain')
      await expect(vault.seal(SECRET)).rejects.toThrow()
    }
  })

  it('tells a keychain that has another key from one that does not answer', async () => {
    const key = randomBytes(32)
    const sealed = await createSafeStorageVault(createStandInSafeStorage({ key }), 'linux').seal(SECRET)
    const other = createStandInSafeStorage({ key: randomBytes(32) })
    expect(await createSafeStorageVault(other, 'linux').open(sealed)).toEqual(CHANGED)
    const gone = createStandInSafeStorage({ key: randomBytes(32), isAvailable: false })
    expect(await createSafeStorageVault(gone, 'linux').open(sealed)).toEqual({ secret: null, why: 'locked' })
    const fallen = createStandInSafeStorage({ key: randomBytes(32), mark: 'v10' })
    expect(await createSafeStorageVault(fallen, 'linux').open(sealed)).toEqual({ secret: null, why: 'locked' })
    const elsewhere = createStandInSafeStorage({ key: randomBytes(32), backend: 'kwallet6' })
    expect(await createSafeStorageVault(elsewhere, 'linux').open(sealed)).toEqual(CHANGED)
  })

  it('asks for a new seal where the system says so, or its keychain has another name by now', async () => {
    const key = randomBytes(32)
    const sealed = await createSafeStorageVault(createStandInSafeStorage({ key }), 'linux').seal(SECRET)
    const renamed = createStandInSafeStorage({ key, backend: 'kwallet6' })
    expect(await createSafeStorageVault(renamed, 'linux').open(sealed)).toEqual({ secret: SECRET, isStale: true })
    const same = createStandInSafeStorage({ key })
    const rotated = {
      ...same,
      decryptStringAsync: async (bytes: Buffer) => ({
        ...(await same.decryptStringAsync(bytes)),
        shouldReEncrypt: true,
      }),
    }
    expect(await createSafeStorageVault(rotated, 'linux').open(sealed)).toEqual({ secret: SECRET, isStale: true })
  })
})
