import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openLockDocuments } from '../../../../../electron/core/lock/lock-document.ts'
import { createProfileFiles } from '../../../../../electron/host/profile-files.ts'
import { testFolder } from '../../../../support/test-folder.ts'

const LOG = { info: () => undefined, warn: () => undefined, error: () => undefined }
const KDF = { name: 'scrypt', N: 2 ** 17, r: 8, p: 1, salt: 'a'.repeat(43) } as const
const FIRST = { keyId: 'key-of-this-test-0', state: 'on', kdf: KDF, wrapped: 'first' } as const

async function kept() {
  const folder = await testFolder()
  const files = createProfileFiles(folder)
  const documents = await openLockDocuments(files, LOG)
  await documents.set(FIRST)
  await documents.set({ ...FIRST, wrapped: 'second' })
  return { folder, again: () => openLockDocuments(createProfileFiles(folder), LOG) }
}

test('is kept twice; each copy alone is enough, and the other is made good', async () => {
  for (const name of ['lock.json', 'lock-copy.json']) {
    const { folder, again } = await kept()
    await writeFile(join(folder, name), '{"cut off')
    expect((await again()).get()?.wrapped).toBe('second')
    expect(JSON.parse(await readFile(join(folder, name), 'utf8'))).toMatchObject({ revision: 2, wrapped: 'second' })
    expect(await readFile(join(folder, `${name}.unreadable-1`), 'utf8')).toBe('{"cut off')
  }
})

test('of two that differ, as after a crash between them, the newer one counts', async () => {
  const { folder, again } = await kept()
  const copy = join(folder, 'lock-copy.json')
  const older = { ...JSON.parse(await readFile(copy, 'utf8')), revision: 1, wrapped: 'first' }
  await writeFile(copy, JSON.stringify(older))
  expect((await again()).get()?.wrapped).toBe('second')
  // The old passphrase is on the disk no more.
  expect(JSON.parse(await readFile(copy, 'utf8'))).toMatchObject({ revision: 2, wrapped: 'second' })
})

test('asks for no more memory than we ever did, whatever somebody wrote into it', async () => {
  const { folder, again } = await kept()
  for (const bad of [{ N: 2 ** 24 }, { N: 2 ** 17 + 1 }, { N: 2 ** 10 }, { r: 64 }, { p: 100 }, { salt: '' }]) {
    for (const name of ['lock.json', 'lock-copy.json']) {
      const document = { v: 1, revision: 9, ...FIRST, kdf: { ...KDF, ...bad } }
      await writeFile(join(folder, name), JSON.stringify(document))
    }
    expect((await again()).get()).toBeNull()
  }
})
