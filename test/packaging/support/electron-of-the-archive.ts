import { generateKeyPairSync } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { createElectronUpdaterEngine } from '../../../electron/host/electron/updates/electron-updater-engine.ts'
import { signMetadata, writePublicKey } from '../../../electron/host/electron/updates/update-signature.ts'
import { StandInElectron } from '../../electron-stand-in/stand-in-electron.ts'

/**
 * What `main.js` out of the archive imports as `electron`. Once its window has loaded it does what the page would: asks
 * for the page over the scheme, sends the two ports, calls the core. What it saw goes to standard output as one line of
 * JSON; then the app is asked to quit, and must end by itself.
 */
const TRIES = 200
const TRY_MS = 50
const PAGE_FRAME = { origin: 'app://clientele', parent: null, isDestroyed: () => false }

const standIn = new StandInElectron({ onEnd: (code) => process.exit(code) })

export const {
  app,
  BrowserWindow,
  clipboard,
  dialog,
  globalShortcut,
  ipcMain,
  Menu,
  MenuItem,
  nativeImage,
  nativeTheme,
  net,
  Notification,
  powerMonitor,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
  systemPreferences,
  Tray,
  webContents,
} = standIn.pieces

async function waitFor<T>(what: string, find: () => T | null | undefined): Promise<T> {
  for (let tries = 0; tries < TRIES; tries++) {
    const found = find()
    if (found !== null && found !== undefined) return found
    await new Promise((resolve) => setTimeout(resolve, TRY_MS))
  }
  throw new Error(`never: ${what}; calls: ${standIn.calls.join(' ')}; errors: ${standIn.errors.join(' ')}`)
}

async function drive(): Promise<void> {
  const handler = await waitFor('the scheme', () => standIn.handler)
  const window = await waitFor('a window', () => standIn.windows[0])
  const page = await handler(new Request('app://clientele/'))
  const html = await page.text()
  const script = /src="\.?\/?(assets\/[^"]+\.js)"/.exec(html)?.[1] ?? 'missing'
  const asset = await handler(new Request(`app://clientele/${script}`))

  const ports = standIn.sendPorts(PAGE_FRAME)
  const answers: unknown[] = []
  ports.page.on('message', (message: unknown) => answers.push(message))
  ports.page.postMessage({ t: 'call', id: 1, name: 'app.info', input: {} })
  const info = await waitFor('app.info', () => answers.find(isReply))
  const seen = {
    calls: standIn.calls,
    webPreferences: window.options.webPreferences,
    html: { status: page.status, csp: page.headers.get('content-security-policy') },
    asset: { status: asset.status, type: asset.headers.get('content-type') },
    info: info.output,
    found: await lookForUpdate(),
    starts: standIn.calls.filter((call) => call === 'scheme').length,
  }
  process.stdout.write(`${JSON.stringify(seen)}\n`)
  standIn.pieces.app.quit()
}

/** The updater as it is bundled, asked for a release that is signed: nothing of it may be missing from the archive. */
async function lookForUpdate(): Promise<unknown> {
  const chunks = join(dirname(process.argv[1] ?? ''), 'chunks')
  const name = readdirSync(chunks).find((file) => file.startsWith('electron-updater-engine-'))
  const bundled: { createElectronUpdaterEngine: typeof createElectronUpdaterEngine } = await import(
    pathToFileURL(join(chunks, name ?? 'missing')).href
  )
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const sha512 = Buffer.alloc(64).toString('base64')
  const metadata = Buffer.from(
    `version: 9.0.0\nfiles:\n  - url: app.AppImage\n    sha512: ${sha512}\n    size: 1\npath: app.AppImage\nsha512: ${sha512}\n`,
  )
  process.env.APPIMAGE = '/nowhere/app.AppImage'
  const engine = bundled.createElectronUpdaterEngine({
    fetch: async ({ url }) => {
      const file = new URL(url).pathname.slice(1)
      const bytes = file.endsWith('.sig')
        ? Buffer.from(signMetadata(file.slice(0, -4), metadata, privateKey))
        : metadata
      return {
        status: 200,
        header: () => null,
        body: (async function* () {
          yield bytes
        })(),
      }
    },
    clock: { now: Date.now, schedule: () => () => undefined },
    source: { feed: 'https://updates.example/', keys: [writePublicKey(publicKey)] },
    platform: 'linux',
    appImage: null,
    version: '1.0.0',
    profileFolder: process.argv.at(-1) ?? '',
    resourcesFolder: '/nowhere',
    cacheFolder: '/nowhere',
  })
  return engine.check()
}

function isReply(message: unknown): message is { readonly output: unknown } {
  return typeof message === 'object' && message !== null && 'id' in message && message.id === 1 && 'output' in message
}

drive().catch((cause: unknown) => {
  process.stderr.write(`${String(cause)}\n`)
  process.exit(1)
})
