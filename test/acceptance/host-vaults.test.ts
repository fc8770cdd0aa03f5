import { randomBytes } from 'node:crypto'
import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createSafeStorageVault } from '../../electron/host/electron/safe-storage-vault.ts'
import { createKeyFileVault } from '../../electron/host/node/key-file-vault.ts'
import { createStandInSafeStorage } from '../electron-stand-in/stand-in-safe-storage.ts'
import { testFolder } from '../support/test-folder.ts'

const SECRET = 'sk_live_canary_0123456789'

describe('key file vault', () => {
  it('keeps 32 random bytes that only this user can read', async () => {
    const [one, two] = [await testFolder(), await testFolder()]
    await createKeyFileVault(one)
    await createKeyFileVault(two)
    const key = await readFile(join(one, 'vault.key'))
    expect(key).toHaveLength(32)
    expect(key.equals(await readFile(join(two, 'vault.key')))).toBe(false)
    if (process.platform !== 'win32') expect((await stat(join(one, 'vault.key'))).mode & 0o777).toBe(0o600)
  })

  it('makes one key, however many start at once', async () => {
    const folder = await testFolder()
    const vaults = await Promise.all(Array.from({ length: 8 }, () => createKeyFileVault(folder)))
    const sealed = await vaults[0]?.seal(SECRET)
    for (const vault of vaults) expect(sealed && (await vault.open(sealed))).toBe(SECRET)
    expect(await readdir(folder)).toEqual(['vault.key'])
  })

  it('opens nothing that was sealed under another key', async () => {
    const sealed = await (await createKeyFileVault(await testFolder())).seal(SECRET)
    expect(await (await createKeyFileVault(await testFolder())).open(sealed)).toBeNull()
  })

  it('refuses any change of any byte', async () => {
    const vault = await createKeyFileVault(await testFolder())
    const sealed = await vault.seal('ab')
    const bytes = Buffer.from(sealed.data, 'base64')
    for (let at = 0; at < bytes.length; at++) {
      const changed = Buffer.from(bytes)
      changed[at] = (changed[at] ?? 0) ^ 0x80
      expect(await vault.open({ ...sealed, data: changed.toString('base64') })).toBeNull()
    }
  })

  it('stops rather than replace a damaged key: what it sealed would be lost', async () => {
    const folder = await testFolder()
    await writeFile(join(folder, 'vault.key'), 'short')
    await expect(createKeyFileVault(folder)).rejects.toThrow(/damaged/)
    expect(await readFile(join(folder, 'vault.key'), 'utf8')).toBe('short')
  })
})

describe('keychain vault', () => {
  it.each([
    ['darwin', 'v10', 'os-keychain', 'Keychain'],
    ['win32', 'v10', 'os-keychain', 'DPAPI'],
    ['linux', 'v11', 'os-keychain', 'gnome_libsecret'],
    ['linux', 'v12', 'os-keychain', 'gnome_libsecret'],
    ['linux', 'v10', 'session-only', 'No keychain'],
  ])('on %s with %s is %s', async (platform, mark, kind, detail) => {
    const vault = await createSafeStorageVault(createStandInSafeStorage({ mark }), platform)
    expect(vault.kind).toBe(kind)
    expect(vault.detail).toContain(detail)
    expect(await vault.open(await vault.seal(SECRET))).toBe(SECRET)
  })

  it('is not fooled by the name of the backend', async () => {
    const named = createStandInSafeStorage({ mark: 'v10', backend: 'gnome_libsecret' })
    expect((await createSafeStorageVault(named, 'linux')).kind).toBe('session-only')
    const unnamed = createStandInSafeStorage({ mark: 'v12', backend: 'basic_text' })
    expect((await createSafeStorageVault(unnamed, 'linux')).kind).toBe('os-keychain')
  })

  it('keeps secrets in memory where there is no keychain, and nothing of them in what is stored', async () => {
    const vault = await createSafeStorageVault(createStandInSafeStorage({ isAvailable: false }), 'linux')
    expect(vault.kind).toBe('session-only')
    const sealed = await vault.seal(SECRET)
    expect(JSON.stringify(sealed)).not.toContain('canary')
    expect(Buffer.from(sealed.data, 'base64').toString('latin1')).not.toContain('canary')
    const afterRestart = await createSafeStorageVault(createStandInSafeStorage({ isAvailable: false }), 'linux')
    expect(await afterRestart.open(sealed)).toBeNull()
  })

  it('works where asking the keychain fails', async () => {
    const broken = {
      ...createStandInSafeStorage(),
      isAsyncEncryptionAvailable: () => Promise.reject(new Error('no bus')),
    }
    expect((await createSafeStorageVault(broken, 'linux')).kind).toBe('session-only')
  })

  it('answers null under another system key', async () => {
    const sealed = await (
      await createSafeStorageVault(createStandInSafeStorage({ key: randomBytes(32) }), 'darwin')
    ).seal(SECRET)
    const other = await createSafeStorageVault(createStandInSafeStorage({ key: randomBytes(32) }), 'darwin')
    expect(await other.open(sealed)).toBeNull()
  })
})
