import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'
import { EXPORTED, SUPPORTED } from '../electron-stand-in/supported.ts'
import { onlySupported, readDeclarations, supportedOf } from './electron-declarations.ts'
import { sourceFiles } from './read-imports.ts'

/**
 * Every use of Electron in our code against the declarations of the version that ships, less what is deprecated there
 * and less what the stand-in does not know: the compiler finds the rest, by type and not by spelling.
 */
const ROOT = resolve(import.meta.dirname, '../..')
const FOLDER = join(ROOT, 'node_modules/.cache/electron-api')
const LINES = readFileSync(join(ROOT, 'node_modules/electron/electron.d.ts'), 'utf8').split('\n')
const DECLARED = readDeclarations(LINES)

/** Each line must be found: one that is not would mean that nothing is. */
const WRONG = [
  "import { app, safeStorage, protocol, powerMonitor, BrowserWindow, webContents } from 'electron'",
  "import { desktopCapturer } from 'electron' // wrong: a module that the stand-in has not",
  'app.setProxy({}) // wrong: a call that it has not',
  "app.on('gpu-info-update', () => undefined) // wrong: an event that it has not",
  'app.quit()',
  "safeStorage.encryptString('x') // wrong: deprecated",
  "protocol.registerFileProtocol('x', () => undefined) // wrong: deprecated",
  'BrowserWindow.fromId(1) // wrong: a static call',
  "BrowserWindow.getAllWindows()[0]?.on('swipe', () => undefined) // wrong: an event of a window",
  'webContents.getAllWebContents()[0]?.goBack() // wrong: deprecated',
  'webContents.getAllWebContents()[0]?.openDevTools() // wrong',
  "powerMonitor.on('resume', () => undefined)",
]

it('our code uses of Electron what ships, what is not deprecated and what the stand-in knows', () => {
  mkdirSync(FOLDER, { recursive: true })
  writeFileSync(join(FOLDER, 'electron.d.ts'), onlySupported(LINES, DECLARED))
  writeFileSync(join(FOLDER, 'wrong.ts'), WRONG.join('\n'))
  writeFileSync(
    join(FOLDER, 'tsconfig.json'),
    JSON.stringify({
      extends: join(ROOT, 'electron/tsconfig.json'),
      compilerOptions: {
        composite: false,
        incremental: false,
        tsBuildInfoFile: null,
        noEmit: true,
        emitDeclarationOnly: false,
        rootDir: ROOT,
        paths: { electron: ['./electron.d.ts'] },
        typeRoots: [join(ROOT, 'node_modules/@types')],
      },
      include: [
        join(ROOT, 'electron/main.ts'),
        join(ROOT, 'electron/preload.ts'),
        join(ROOT, 'electron/host/electron/**/*.ts'),
        './wrong.ts',
      ],
      exclude: [],
      references: [],
    }),
  )
  const { stdout } = spawnSync(
    process.execPath,
    [join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', FOLDER, '--pretty', 'false'],
    { cwd: ROOT, encoding: 'utf8' },
  )
  const errors = stdout.split('\n').filter((line) => /error TS/.test(line))
  const inProbe = errors.flatMap((line) => /wrong\.ts\((\d+),/.exec(line)?.[1] ?? []).map(Number)
  const meant = WRONG.flatMap((line, index) => (line.includes('// wrong') ? [index + 1] : []))
  expect([...new Set(inProbe)].sort((a, b) => a - b)).toEqual(meant)
  expect(errors.filter((line) => /^electron\/(main|preload|host\/electron\/)/.test(line))).toEqual([])
}, 120_000)

it('the table of the stand-in names what Electron declares, and nothing that is deprecated', () => {
  const owners = [...new Set(DECLARED.map(({ owner }) => owner))].filter((owner) => supportedOf(owner) !== null)
  const wrong: string[] = []
  const seen = new Set<unknown>()
  for (const owner of owners) {
    const entry = supportedOf(owner)
    seen.add(entry)
    if (entry === null || owner === 'BaseWindow' || owner === 'IpcMain') continue
    const of = DECLARED.filter(
      (each) => each.owner === owner || (owner === 'BrowserWindow' && each.owner === 'BaseWindow'),
    )
    for (const name of entry.members) {
      const declared = of.filter((each) => each.name === name && !each.isStatic)
      if (declared.length === 0 || declared.every(({ isDeprecated }) => isDeprecated)) wrong.push(`${owner}.${name}`)
    }
    for (const event of entry.events) {
      const declared = of.filter((each) => each.event === event && each.name === 'on')
      if (declared.length === 0 || declared.every(({ isDeprecated }) => isDeprecated)) wrong.push(`${owner} '${event}'`)
    }
  }
  expect(wrong).toEqual([])
  expect(seen.size, 'every entry of the table was looked at').toBe(Object.keys(SUPPORTED).length - 1)
})

it('only the two roots import Electron; all else takes its types, or the pieces that it is given', () => {
  const importing = sourceFiles(ROOT, ['electron', 'shared', 'renderer']).filter((file) =>
    /^import (?!type )[^'"]*['"]electron(\/\w+)?['"]|\b(require|await import)\(['"]electron/m.test(
      readFileSync(join(ROOT, file), 'utf8'),
    ),
  )
  expect(importing).toEqual(['electron/main.ts', 'electron/preload.ts'])
})

it('the stand-in exports modules that Electron has', () => {
  const modules = DECLARED.filter(({ owner }) => owner === 'CrossProcessExports').map(({ name }) => name)
  expect(EXPORTED.filter((name) => !modules.includes(name))).toEqual([])
})
