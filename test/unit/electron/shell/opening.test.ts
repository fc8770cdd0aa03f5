import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { readOpenedFile } from '../../../../electron/host/electron/opening/read-opened-file.ts'
import { readStartArguments } from '../../../../electron/host/electron/opening/read-start-arguments.ts'
import { isAtLogin, profileFlag } from '../../../../electron/host/electron/parse-app-flags.ts'
import { testFolder } from '../../../support/test-folder.ts'

const LINK = 'clientele://client/cli_0123456789abcdef'

describe('a command line', () => {
  it('asks for files of our kinds, from where it was typed', () => {
    expect(
      readStartArguments(
        ['.', '--profile=/p', 'people.vcf', '/abs/Book.CSV', 'work.clientele', 'notes.txt', '--file=x.vcf'],
        '/home/anna',
      ),
    ).toEqual({ links: [], files: ['/home/anna/people.vcf', '/abs/Book.CSV', '/home/anna/work.clientele'] })
  })

  it('asks for one link, and for nothing that stands behind it', () => {
    expect(readStartArguments(['people.vcf', LINK, '/etc/passwd.csv', 'clientele://x'], '/')).toEqual({
      links: [LINK],
      files: [],
    })
  })

  it('is heeded for flags up to a link only', () => {
    expect(profileFlag(['--profile=/mine', LINK])).toBe('/mine')
    expect(profileFlag([LINK, '--profile=/theirs'])).toBeNull()
    expect(profileFlag(['CLIENTELE:x', '--profile', '/theirs'])).toBeNull()
    expect(isAtLogin(['--at-login'])).toBe(true)
    expect(isAtLogin([LINK, '--at-login'])).toBe(false)
  })
})

describe('a file that the system asks to open', () => {
  it('is read as what it was written in', async () => {
    const folder = await testFolder()
    const path = join(folder, 'Zażółć.csv')
    await writeFile(path, 'name\nJürgen\n')
    expect(await readOpenedFile(path)).toEqual({
      ok: true,
      file: { name: 'Zażółć.csv', kind: 'csv', text: 'name\nJürgen\n' },
    })
    await writeFile(path, Buffer.from('name\nJ\xfcrgen\n', 'latin1'))
    expect(await readOpenedFile(path)).toMatchObject({ file: { text: 'name\nJürgen\n' } })
    await writeFile(path, Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('Jürgen', 'utf16le')]))
    expect(await readOpenedFile(path)).toMatchObject({ file: { text: 'Jürgen' } })
  })

  it('is refused when it is too large, not there, no file, or of another kind', async () => {
    const folder = await testFolder()
    const large = join(folder, 'large.vcf')
    await writeFile(large, 'x'.repeat(101))
    expect(await readOpenedFile(large, 100)).toEqual({ ok: false, why: 'file-too-large' })
    expect(await readOpenedFile(large, 101)).toMatchObject({ ok: true })
    expect(await readOpenedFile(join(folder, 'gone.csv'))).toEqual({ ok: false, why: 'file-unreadable' })
    expect(await readOpenedFile(join(folder, 'x.exe'))).toEqual({ ok: false, why: 'file-kind' })
    expect(await readOpenedFile(folder.replace(/$/, '.vcf'))).toEqual({ ok: false, why: 'file-unreadable' })
  })

  it('is not waited for when it is a pipe', async () => {
    const pipe = join(await testFolder(), 'pipe.vcf')
    await promisify(execFile)('mkfifo', [pipe])
    expect(await readOpenedFile(pipe)).toEqual({ ok: false, why: 'file-unreadable' })
  })
})
