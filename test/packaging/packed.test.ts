import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { extractAll } from '@electron/asar'
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { load } from 'js-yaml'
import plist from 'plist'
import { NtExecutable, NtExecutableResource } from 'resedit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { budgets } from './budgets.ts'
import { openAsar } from './support/asar.ts'
import { bareImports, closure } from './support/bundle-graph.ts'
import { describeLinuxPackage, type Packed, pack } from './support/pack.ts'

const ROOT = join(import.meta.dirname, '../..')
const PLATFORMS = ['linux', 'darwin', 'win32'] as const
/** What Node and Electron have built in, as the bundle may ask for it. */
const BUILT_IN = /^(node:[a-z/_]+|electron)$/

let folder = ''
const packed = new Map<(typeof PLATFORMS)[number], Packed>()

const on = (platform: (typeof PLATFORMS)[number]): Packed => {
  const found = packed.get(platform)
  if (found === undefined) throw new Error(`${platform} was not packed`)
  return found
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'clientele-packed-'))
  // One after the other: they share electron-builder's temporary files.
  for (const platform of PLATFORMS) packed.set(platform, await pack(ROOT, folder, platform))
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the archive of the app', () => {
  it('holds the three bundles, the images and a package.json, and nothing else', () => {
    const { files } = openAsar(on('linux').asar)
    const unexpected = files.filter(
      (file) =>
        !/^package\.json$|^out\/main\/main\.js$|^out\/main\/chunks\/[\w.-]+\.js$|^out\/preload\/preload\.cjs$/.test(
          file,
        ) &&
        !/^out\/renderer\/index\.html$|^out\/renderer\/assets\/[\w.-]+\.(js|css|svg|woff2)$/.test(file) &&
        !/^assets\/(icon|tray\/[\w@.]+|drag\/[\w@.]+)\.png$/.test(file),
    )
    expect(unexpected).toEqual([])
    expect(files).toEqual(
      expect.arrayContaining(['out/main/main.js', 'out/preload/preload.cjs', 'out/renderer/index.html']),
    )
  })

  it.each([
    ['source maps', /\.map$/],
    ['sources', /\.tsx?$/],
    ['packages', /node_modules/],
    ['tests', /(^|\/)(test|tests|__tests__)\/|\.(test|spec)\./],
    ['the other programs of the build', /out\/main\/(server|simulate)\.js$/],
  ])('holds no %s', (_what, pattern) => {
    expect(openAsar(on('linux').asar).files.filter((file) => pattern.test(file))).toEqual([])
  })

  it('holds no file that neither the main process nor the page can reach', () => {
    const { files, text } = openAsar(on('linux').asar)
    const main = closure('out/main/main.js', text, { lazy: true })
    expect(files.filter((file) => file.startsWith('out/main/') && !main.has(file))).toEqual([])
    const page = files.filter((file) => file.startsWith('out/renderer/'))
    const texts = page.filter((file) => /\.(js|css|html)$/.test(file)).map((file) => ({ file, text: text(file) }))
    const unnamed = page.filter((file) => {
      const name = file.split('/').at(-1) ?? ''
      return name !== 'index.html' && !texts.some((one) => one.file !== file && one.text.includes(name))
    })
    expect(unnamed).toEqual([])
  })

  it('asks for no package: Node and Electron are all it needs', () => {
    const { files, text } = openAsar(on('linux').asar)
    const asked = files
      .filter((file) => /^out\/(main|preload)\/.*\.c?js$/.test(file))
      .flatMap((file) => bareImports(text(file)).map((name) => `${file}: ${name}`))
    const names = new Set(asked.map((line) => line.split(': ')[1] ?? ''))
    expect([...names]).toEqual(expect.arrayContaining(['electron', 'node:path']))
    expect(asked.filter((line) => !isBuiltIn(line.split(': ')[1] ?? ''))).toEqual([])
  })

  it('names no folder of the machine that built it, and no source map', () => {
    const { files, bytes } = openAsar(on('linux').asar)
    const traces = [ROOT, `${homedir()}/`, `${homedir()}\\`, 'sourceMappingURL=', '/node_modules/.cache']
    const found = files.flatMap((file) => {
      const content = bytes(file)
      return traces.filter((trace) => content.includes(trace)).map((trace) => `${file}: ${trace}`)
    })
    expect(found).toEqual([])
  })

  it('has the same content on each system', () => {
    const contentOf = (platform: (typeof PLATFORMS)[number]) => openAsar(on(platform).asar).headerHash
    expect(contentOf('darwin')).toBe(contentOf('linux'))
    expect(contentOf('win32')).toBe(contentOf('linux'))
  })

  it('says who it is, and nothing of how it is made', () => {
    const { text } = openAsar(on('linux').asar)
    const described = JSON.parse(text('package.json'))
    expect(described).toMatchObject({ name: 'clientele', main: './out/main/main.js', type: 'module' })
    expect(described).not.toHaveProperty('scripts')
    expect(described).not.toHaveProperty('devDependencies')
    expect(described).not.toHaveProperty('dependencies')
  })

  it('stays within its budget', () => {
    const kib = Math.ceil(statSync(on('linux').asar).size / 1024)
    process.stdout.write(`app.asar: ${kib} KiB (budget ${budgets.asarKiB})\n`)
    expect(kib).toBeLessThanOrEqual(budgets.asarKiB)
  })

  it('starts: main opens its window from what was in it, and answers', async () => {
    const app = join(folder, 'extracted')
    extractAll(on('linux').asar, app)
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [
        '--import',
        'tsx',
        '--import',
        join(ROOT, 'test/packaging/support/register-electron.mjs'),
        join(app, 'out/main/main.js'),
        '--profile',
        join(folder, 'profile'),
      ],
      { cwd: ROOT, timeout: 100_000 },
    )
    const seen = JSON.parse(stdout.trim().split('\n').at(-1) ?? '')
    expect(seen.webPreferences).toMatchObject({ sandbox: true, contextIsolation: true, nodeIntegration: false })
    expect(seen.webPreferences.preload).toBe(join(app, 'out/preload/preload.cjs'))
    expect(seen.html.status).toBe(200)
    expect(seen.html.csp).toContain("script-src 'self'")
    expect(seen.asset).toMatchObject({ status: 200, type: expect.stringContaining('javascript') })
    expect(seen.info).toMatchObject({ host: 'electron' })
    // The updater is a part that comes later: it must find all its own parts, and must not start the app once more.
    expect(seen.found).toEqual({ version: '9.0.0', notes: '' })
    expect(seen.starts).toBe(1)
  })
})

describe.each(PLATFORMS)('the program on %s', (platform) => {
  it('has its fuses as configured', async () => {
    const wire = await getCurrentFuseWire(on(platform).program)
    const states = Object.fromEntries(
      Object.entries(wire)
        .filter(([name]) => name !== 'version')
        .map(([index, state]) => [FuseV1Options[Number(index)] ?? index, String.fromCharCode(Number(state))]),
    )
    expect(states).toEqual({
      RunAsNode: '0',
      EnableCookieEncryption: '1',
      EnableNodeOptionsEnvironmentVariable: '0',
      EnableNodeCliInspectArguments: '0',
      EnableEmbeddedAsarIntegrityValidation: '1',
      OnlyLoadAppFromAsar: '1',
      LoadBrowserProcessSpecificV8Snapshot: '0',
      GrantFileProtocolExtraPrivileges: '0',
      // WasmTrapHandlers: left as Electron ships it.
      8: '1',
    })
  })

  it('has nothing beside the archive that could be loaded in its place', () => {
    const names = readdirSync(on(platform).resources)
    expect(names).toContain('app.asar')
    expect(names).not.toContain('app')
    expect(names).not.toContain('app.asar.unpacked')
    expect(names).not.toContain('default_app.asar')
  })
})

describe('Linux', () => {
  // electron-builder writes it for `--dir` here, and on the other systems for installers only.
  it('knows where the updater keeps what it fetches', () => {
    const written: unknown = load(readFileSync(join(on('linux').resources, 'app-update.yml'), 'utf8'))
    expect(written).toEqual({
      provider: 'generic',
      url: 'https://updates.clientele.invalid/',
      updaterCacheDirName: 'clientele-updater',
    })
  })

  it.each(['deb', 'rpm', 'AppImage'] as const)(
    '%s: opens our links and files, under the name that windows have',
    async (format) => {
      const { desktop, mimeTypes, args } = await describeLinuxPackage(ROOT, on('linux'), folder, format)
      const entry = new Map(desktop.split('\n').map((line) => [line.split('=')[0], line.slice(line.indexOf('=') + 1)]))
      expect(entry.get('MimeType')?.split(';').filter(Boolean).sort()).toEqual([
        'application/x-clientele',
        'text/csv',
        'text/vcard',
        'x-scheme-handler/clientele',
      ])
      expect(entry.get('Categories')).toBe('Office;')
      // Portals and docks find the app by it; it is `desktopName` of package.json.
      expect(entry.get('StartupWMClass')).toBe('app.clientele')
      expect(entry.get('Exec')).toMatch(/ %U$/)
      expect(entry.get('Exec')).not.toContain('no-sandbox')
      if (format === 'AppImage') return
      expect(mimeTypes).toContain('<glob pattern="*.clientele"/>')
      expect(args).toEqual(
        expect.arrayContaining([expect.stringMatching(/=\/usr\/share\/applications\/app\.clientele\.desktop$/)]),
      )
      const sizes = args.flatMap((arg) => /hicolor\/(\d+)x\1\/apps\/clientele\.png$/.exec(arg)?.[1] ?? [])
      expect(sizes).toEqual(expect.arrayContaining(['16', '32', '48', '64', '128', '256', '512']))
    },
  )
})

describe('macOS', () => {
  const info = () => plist.parse(readFileSync(join(on('darwin').folder, 'Clientele.app/Contents/Info.plist'), 'utf8'))

  it('allows plain HTTP to this machine only, and asks for no device', () => {
    expect(info()).toMatchObject({
      NSAppTransportSecurity: { NSAllowsArbitraryLoads: false, NSAllowsLocalNetworking: true },
    })
    expect(Object.keys(info())).not.toEqual(expect.arrayContaining([expect.stringMatching(/UsageDescription$/)]))
  })

  it('opens our links and files, and takes over nobody else’s', () => {
    expect(info()).toMatchObject({
      LSMinimumSystemVersion: '13.0',
      CFBundleIdentifier: 'app.clientele',
      CFBundleURLTypes: [{ CFBundleURLSchemes: ['clientele'] }],
      CFBundleDocumentTypes: [
        { CFBundleTypeExtensions: ['clientele'], LSHandlerRank: 'Owner' },
        { CFBundleTypeExtensions: ['vcf'], LSHandlerRank: 'Alternate' },
        { CFBundleTypeExtensions: ['csv'], LSHandlerRank: 'Alternate' },
      ],
    })
  })

  it('carries the hash of the archive', () => {
    expect(info()).toMatchObject({
      ElectronAsarIntegrity: {
        'Resources/app.asar': { algorithm: 'SHA256', hash: openAsar(on('darwin').asar).headerHash },
      },
    })
  })

  it('runs hardened, with leave for JIT and nothing else', () => {
    expect(plist.parse(readFileSync(join(ROOT, 'build/entitlements.mac.plist'), 'utf8'))).toEqual({
      'com.apple.security.cs.allow-jit': true,
    })
    const configured: unknown = load(readFileSync(join(ROOT, 'electron-builder.yml'), 'utf8'))
    expect(configured).toMatchObject({ mac: { hardenedRuntime: true, target: ['dmg', 'zip'] } })
  })
})

describe('Windows', () => {
  it('carries the hash of the archive in the program', () => {
    const executable = NtExecutable.from(readFileSync(on('win32').program), { ignoreCert: true })
    const entry = NtExecutableResource.from(executable).entries.find(({ type }) => type === 'INTEGRITY')
    const integrity: unknown = JSON.parse(Buffer.from(entry?.bin ?? new ArrayBuffer(0)).toString('utf8'))
    expect(integrity).toEqual([
      { file: 'resources\\app.asar', alg: 'SHA256', value: openAsar(on('win32').asar).headerHash },
    ])
  })

  it('keeps one language of Chromium', () => {
    expect(readdirSync(join(on('win32').folder, 'locales'))).toEqual(['en-US.pak'])
  })
})

function isBuiltIn(name: string): boolean {
  return BUILT_IN.test(name)
}
