import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createConnectors } from '../../../../../electron/connectors/registry.ts'
import { type KeyRing, openKeyRing } from '../../../../../electron/core/lock/key-ring.ts'
import { createKeyStoreView } from '../../../../../electron/core/lock/key-store-view.ts'
import { createRedactor } from '../../../../../electron/core/log/redact.ts'
import { openSourceRegistry, type SourceRegistry } from '../../../../../electron/core/sources/source-registry.ts'
import { createElectronHost } from '../../../../../electron/host/electron/create-electron-host.ts'
import type { SafeStorageLike } from '../../../../../electron/host/electron/safe-storage-vault.ts'
import type { SourceId } from '../../../../../shared/ids.ts'
import type { AppInfo } from '../../../../../shared/ipc/host-contract.ts'
import {
  createStandInSession,
  StandInNetRequest,
  type StandInSession,
} from '../../../../electron-stand-in/stand-in-net.ts'
import {
  createStandInSafeStorage,
  type StandInSafeStorageOptions,
} from '../../../../electron-stand-in/stand-in-safe-storage.ts'
import { testFolder } from '../../../../support/test-folder.ts'

const KEY = 'ba_key_canary_0123456789'
const SYSTEM = randomBytes(32)

/** One life of the app on a profile, with the keychain that the system has in it. */
interface Life {
  readonly keys: KeyRing
  readonly registry: SourceRegistry
  readonly view: () => Promise<AppInfo['keyStore']>
  readonly key: () => Promise<string | null>
  readonly opened: SourceId[]
}

async function live(
  folder: string,
  keychain: StandInSafeStorageOptions | SafeStorageLike,
  passphrase = false,
): Promise<Life> {
  const safeStorage =
    'encryptStringAsync' in keychain ? keychain : createStandInSafeStorage({ key: SYSTEM, ...keychain })
  const host = await createElectronHost<StandInSession>({
    request: (options) => new StandInNetRequest(options),
    session: createStandInSession,
    safeStorage,
    shell: { openExternal: async () => undefined },
    isOnline: () => true,
    platform: 'linux',
    version: '0',
    profileFolder: folder,
    tell: () => undefined,
  })
  const under = host.crypto.derive(new Uint8Array(32), 'test')
  const keys = await openKeyRing({
    host,
    box: () =>
      passphrase
        ? {
            seal: async (secret) => ({ v: 1, vault: 'passphrase', data: host.crypto.seal(under, '', secret) }),
            open: async ({ data }) => {
              const secret = host.crypto.open(under, '', data)
              return secret === null ? { secret: null, why: 'changed' } : { secret, isStale: false }
            },
          }
        : null,
  })
  const registry = await openSourceRegistry({ host, connectors: createConnectors(), redactor: createRedactor(), keys })
  const opened: SourceId[] = []
  return {
    keys,
    registry,
    opened,
    view: createKeyStoreView({
      clock: host.clock,
      registry,
      keys,
      onChange: () => undefined,
      onOpened: (sourceId) => opened.push(sourceId),
    }),
    key: async () => {
      const entry = registry.list()[0]
      if (entry === undefined) throw new Error('no source')
      return registry.openKey(entry)
    },
  }
}

async function addSource({ registry }: Life): Promise<void> {
  const draft = {
    connectorId: 'full-engage',
    name: 'Studio',
    settings: { baseUrl: 'https://vendor.example/api/v1' },
    key: KEY,
  }
  const checked = registry.check(draft, { keyNeeded: true, except: null })
  if (!checked.ok) throw new Error(JSON.stringify(checked.error))
  await registry.add(checked.value, KEY, { sample: false })
}

async function sealedIn(folder: string): Promise<string> {
  return readFile(join(folder, 'sources.json'), 'utf8')
}

async function withKey(keychain: StandInSafeStorageOptions = {}): Promise<string> {
  const folder = await testFolder()
  await addSource(await live(folder, keychain))
  return folder
}

test('a keychain that works keeps the key, over a restart', async () => {
  const folder = await withKey()
  const life = await live(folder, {})
  expect(await life.view()).toEqual({
    kind: 'os-keychain',
    detail: 'gnome_libsecret',
    trouble: 'none',
    choice: 'keychain',
    choices: ['keychain', 'session'],
  })
  expect(await life.key()).toBe(KEY)
})

test.each([
  ['no keyring on this Linux', { isAvailable: false }, 'no-keychain'],
  ['basic_text: the constant password', { mark: 'v10', backend: 'basic_text' }, 'weak-keychain'],
] as const)(
  '%s: nothing is stored, that is said, and the key is asked for after a restart',
  async (_title, keychain, trouble) => {
    const folder = await testFolder()
    const first = await live(folder, keychain)
    await addSource(first)
    expect(await first.key()).toBe(KEY)
    const seen = await first.view()
    expect(seen).toMatchObject({ kind: 'session-only', trouble, choices: ['keychain', 'session', 'key-file'] })
    const stored = await sealedIn(folder)
    expect(stored).not.toContain('canary')
    expect(stored).not.toContain(Buffer.from(KEY).toString('base64').slice(0, 16))
    const next = await live(folder, keychain)
    await next.view()
    expect(await next.key()).toBeNull()
    expect(next.registry.list().map(({ sourceId }) => next.registry.keyTrouble(sourceId))).toEqual(['session-over'])
  },
)

test('a keychain with another key, as after a password reset: found, said, and nothing is wiped before a new key is there', async () => {
  const folder = await withKey()
  const before = await sealedIn(folder)
  const life = await live(folder, { key: randomBytes(32) })
  expect(await life.view()).toMatchObject({ kind: 'os-keychain', trouble: 'keychain-changed' })
  const [entry] = life.registry.list()
  if (entry === undefined) throw new Error('the source is gone')
  expect(life.registry.keyTrouble(entry.sourceId)).toBe('keychain-changed')
  expect(await sealedIn(folder)).toBe(before)
  await life.registry.update(entry.sourceId, {}, 'ba_key_entered_again')
  expect(life.registry.keyTrouble(entry.sourceId)).toBeNull()
  expect(await life.view()).toMatchObject({ trouble: 'none' })
  expect(await life.key()).toBe('ba_key_entered_again')
})

test('a keychain that does not answer this time: called locked, and tried again without losing anything', async () => {
  const folder = await withKey()
  let isLocked = true
  const inner = createStandInSafeStorage({ key: SYSTEM })
  const keychain: SafeStorageLike = {
    ...inner,
    isAsyncEncryptionAvailable: async () => !isLocked,
    decryptStringAsync: (bytes) => (isLocked ? Promise.reject(new Error('locked')) : inner.decryptStringAsync(bytes)),
  }
  const life = await live(folder, keychain)
  expect(await life.view()).toMatchObject({ kind: 'session-only', trouble: 'keychain-locked' })
  isLocked = false
  expect(await life.view()).toMatchObject({ kind: 'os-keychain', trouble: 'none' })
  expect(life.opened).toEqual(life.registry.list().map((entry) => entry.sourceId))
  expect(await life.key()).toBe(KEY)
})

test('a keychain that asks its user and waits: nobody else waits for it', async () => {
  const folder = await withKey()
  const never = new Promise<never>(() => undefined)
  const life = await live(folder, {
    ...createStandInSafeStorage({ key: SYSTEM }),
    isAsyncEncryptionAvailable: () => never,
    decryptStringAsync: () => never,
  })
  expect(await life.view()).toMatchObject({ trouble: 'keychain-locked' })
}, 10_000)

test('another keychain than the one that sealed: said as changed where it cannot open, sealed anew where it can', async () => {
  const folder = await withKey()
  const gone = await live(folder, { key: randomBytes(32), backend: 'kwallet6' })
  expect(await gone.view()).toMatchObject({ trouble: 'keychain-changed' })
  const moved = await live(folder, { backend: 'kwallet6' })
  expect(await moved.key()).toBe(KEY)
  expect(await sealedIn(folder)).toContain('os-keychain:kwallet6')
})

test('shouldReEncrypt: sealed anew and saved, once', async () => {
  const folder = await withKey()
  const before = await sealedIn(folder)
  const inner = createStandInSafeStorage({ key: SYSTEM })
  let asked = 0
  const life = await live(folder, {
    ...inner,
    decryptStringAsync: async (bytes) => {
      asked++
      return { ...(await inner.decryptStringAsync(bytes)), shouldReEncrypt: true }
    },
  })
  expect(await life.key()).toBe(KEY)
  expect(await life.key()).toBe(KEY)
  expect(asked).toBe(1)
  expect(await sealedIn(folder)).not.toBe(before)
  expect(await (await live(folder, {})).key()).toBe(KEY)
})

test('another way is chosen: the keys that are known are sealed anew, also those of a keychain that is gone by now', async () => {
  const folder = await testFolder()
  let isThere = true
  const inner = createStandInSafeStorage({ key: SYSTEM })
  const keychain: SafeStorageLike = { ...inner, isAsyncEncryptionAvailable: async () => isThere }
  const life = await live(folder, keychain)
  await addSource(life)
  isThere = false
  expect((await life.view()).choices).toContain('key-file')
  await life.keys.choose('key-file')
  expect(await life.registry.sealAnew()).toEqual({ ok: true, value: null })
  expect(await sealedIn(folder)).toContain('"vault": "key-file"')
  const next = await live(folder, { isAvailable: false })
  expect(await next.key()).toBe(KEY)
  expect(await next.view()).toMatchObject({ kind: 'key-file', trouble: 'none', choice: 'key-file' })
})

test('the keychain is chosen while it does not answer: what it sealed stays, and opens when it is back', async () => {
  const folder = await testFolder()
  let isThere = true
  const inner = createStandInSafeStorage({ key: SYSTEM })
  const life = await live(folder, { ...inner, isAsyncEncryptionAvailable: async () => isThere })
  await addSource(life)
  const before = await sealedIn(folder)
  isThere = false
  await life.keys.choose('keychain')
  expect(await life.registry.sealAnew()).toEqual({ ok: true, value: null })
  expect(await sealedIn(folder)).toBe(before)
  expect(await (await live(folder, {})).key()).toBe(KEY)
})

test('under the passphrase: chosen only where there is one, and by itself the keychain again where there is none', async () => {
  const folder = await withKey()
  const life = await live(folder, {}, true)
  expect((await life.view()).choices).toEqual(['keychain', 'passphrase', 'session'])
  await life.keys.choose('passphrase')
  await life.registry.sealAnew()
  expect(await sealedIn(folder)).toContain('"vault": "passphrase"')
  expect(await (await live(folder, {}, true)).key()).toBe(KEY)
  const without = await live(folder, {}, false)
  expect(without.keys.choice()).toBe('keychain')
  expect(await without.key()).toBeNull()
})
