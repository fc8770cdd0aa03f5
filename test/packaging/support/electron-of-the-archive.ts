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
  }
  process.stdout.write(`${JSON.stringify(seen)}\n`)
  standIn.pieces.app.quit()
}

function isReply(message: unknown): message is { readonly output: unknown } {
  return typeof message === 'object' && message !== null && 'id' in message && message.id === 1 && 'output' in message
}

drive().catch((cause: unknown) => {
  process.stderr.write(`${String(cause)}\n`)
  process.exit(1)
})
