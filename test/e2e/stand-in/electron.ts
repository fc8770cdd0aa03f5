import { StandInElectron } from '../../support/stand-in-electron.ts'

/**
 * What the built main process imports as `electron` in `electron-as-built.spec.ts`. Once the window has loaded it does
 * what the page would: asks for the page over the scheme, sends the two ports, and calls the core. What it saw goes to
 * standard output as one line of JSON; then the app is asked to quit.
 */
const standIn = new StandInElectron()

export const { app, BrowserWindow, dialog, ipcMain, Menu, nativeTheme, net, protocol, safeStorage, session, shell } =
  standIn.pieces

const PAGE_FRAME = { origin: 'app://clientele', parent: null, isDestroyed: () => false }

async function waitFor<T>(what: string, find: () => T | null | undefined): Promise<T> {
  for (let tries = 0; tries < 200; tries++) {
    const found = find()
    if (found !== null && found !== undefined) return found
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`never: ${what}; calls: ${standIn.calls.join(' ')}; errors: ${standIn.errors.join(' ')}`)
}

async function drive(): Promise<void> {
  const window = await waitFor('a loaded window', () => standIn.windows.find((w) => w.loaded.length > 0))
  const handler = await waitFor('the scheme', () => standIn.handler)
  const page = await handler(new Request('app://clientele/'))
  const html = await page.text()
  const script = /src="\.?\/?(assets\/[^"]+\.js)"/.exec(html)?.[1] ?? 'missing'
  const asset = await handler(new Request(`app://clientele/${script}`))

  const ports = standIn.sendPorts(PAGE_FRAME)
  const answers: unknown[] = []
  ports.page.on('message', (message: unknown) => answers.push(message))
  ports.page.postMessage({ t: 'call', id: 1, name: 'app.info', input: {} })
  ports.page.postMessage({ t: 'call', id: 2, name: 'connectors.list', input: {} })
  const reply = (id: number): Record<string, unknown> | undefined =>
    answers.find(
      (message): message is Record<string, unknown> =>
        typeof message === 'object' && message !== null && 'id' in message && message.id === id,
    )
  const info = await waitFor('app.info', () => reply(1))
  const connectors = await waitFor('connectors.list', () => reply(2))

  const seen = {
    calls: standIn.calls,
    loaded: window.loaded,
    options: window.options,
    html: { status: page.status, csp: page.headers.get('content-security-policy') },
    asset: { status: asset.status, type: asset.headers.get('content-type') },
    info: info.output,
    connectors: connectors.output,
  }
  process.stdout.write(`${JSON.stringify(seen)}\n`)
  ports.page.close()
  ports.store.close()
  standIn.app.emit('window-all-closed')
  // The real app ends its process when it has quit; the stand-in has none to end.
  setTimeout(() => process.exit(0), 300)
}

drive().catch((cause: unknown) => {
  process.stderr.write(`${String(cause)}\n`)
  process.exit(1)
})
