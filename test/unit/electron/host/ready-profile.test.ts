import { mkdir, readdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type ProfileDisk, ProfileUnusable, readyProfile } from '../../../../electron/host/ready-profile.ts'
import { testFolder } from '../../../support/test-folder.ts'

const disk = (change: Partial<ProfileDisk>): ProfileDisk => ({
  openFolder: async (folder) => folder,
  tryWriting: async () => undefined,
  kindOf: async () => 0xef53,
  freeRoom: async () => undefined,
  ...change,
})
const refusing = (code: string) => () => Promise.reject(Object.assign(new Error(code), { code }))
const said = (change: Partial<ProfileDisk>, folder = '/profile') =>
  readyProfile(folder, disk(change)).then(
    () => 'used',
    (cause: unknown) => (cause instanceof ProfileUnusable ? cause.message : `not one line: ${String(cause)}`),
  )

test('F131 a profile on a read-only, full, foreign, broken or network disk is refused at the start, in one line that says why', async () => {
  expect(await said({})).toBe('used')
  const lines = {
    EROFS: /its disk can only be read\. Make it writable, or choose another folder with --profile\.$/,
    EACCES: /this user may not write there/,
    EPERM: /this user may not write there/,
    ENOSPC: /its disk is full/,
    ENOTDIR: /it is a file, not a folder/,
    EIO: /its disk reports errors/,
  }
  for (const [code, line] of Object.entries(lines)) {
    expect(await said({ tryWriting: refusing(code) }), code).toMatch(line)
    expect(await said({ openFolder: refusing(code) }), code).toMatch(line)
  }
  // NFS, SMB, CIFS; and a share under Windows.
  for (const kind of [0x6969, 0x517b, 0xff534d42]) {
    expect(await said({ kindOf: async () => kind })).toMatch(/is on a network disk/)
  }
  for (const code of Object.keys(lines)) expect(await said({ tryWriting: refusing(code) })).not.toMatch(/\n/)
  // What nobody has a sentence for is not dressed up as one.
  expect(await said({ openFolder: refusing('EWHATEVER') })).toMatch(/^not one line/)
  // A system that does not say what kind of disk it is.
  expect(await said({ kindOf: refusing('ENOSYS') })).toBe('used')
})

test('F114 a disk that is full at the start: the reserve is given free, and the start goes on', async () => {
  let freed = 0
  const folder = await readyProfile(
    '/profile',
    disk({
      tryWriting: () => (freed === 0 ? refusing('ENOSPC')() : Promise.resolve()),
      freeRoom: async () => {
        freed++
      },
    }),
  )
  expect([folder, freed]).toEqual(['/profile', 1])
})

test('a profile is tried out without a trace, and a file in its place is named', async () => {
  const folder = await testFolder()
  const profile = join(folder, 'profile')
  expect(await readyProfile(profile)).toBe(profile)
  expect(await readdir(profile)).toEqual([])
  if (process.platform !== 'win32') expect((await stat(profile)).mode & 0o777).toBe(0o700)
  await mkdir(join(profile, 'backups'))
  await writeFile(join(folder, 'file'), '')
  await expect(readyProfile(join(folder, 'file'))).rejects.toThrow(/it is a file, not a folder/)
})
