import { _electron, type BrowserContext, type ElectronApplication, type Page } from '@playwright/test'
import { type AppProcess, startAppProcess } from './app-process.ts'
import { findElectron, PACKED_PROGRAM } from './find-electron.ts'
import { keepSent, type NativeProbe, nativeOfElectron } from './native-probe.ts'
import { ROOT } from './root.ts'

/** The app under test, in whichever host. After `restart` the page may be another one: ask for it each time. */
export interface AppDriver {
  readonly page: () => Page
  readonly context: () => BrowserContext
  /** The desktop around the window; null in a browser, which has none. */
  readonly native: NativeProbe | null
  readonly profile: string
  readonly stdout: () => string
  readonly stderr: () => string
  /** Loads the page again and keeps every message that it gets from then on. */
  readonly keepReceived: () => Promise<() => Promise<readonly string[]>>
  /** Ends the program and starts it again with the same profile and the same local store. */
  readonly restart: () => Promise<void>
  readonly stop: () => Promise<void>
}

/** What the page is told of its user's system. */
export type Media = Pick<NonNullable<Parameters<Page['emulateMedia']>[0]>, 'colorScheme' | 'reducedMotion'>

/** The app in a browser: the Node host and a tab. */
export async function driveBrowser(
  context: BrowserContext,
  profile: string,
): Promise<AppDriver & { readonly address: () => string }> {
  let process: AppProcess = await startAppProcess({ profile, port: 0 })
  const { port } = process
  const page = await context.newPage()
  await page.goto(process.address)
  const before = { stdout: '', stderr: '' }
  return {
    page: () => page,
    context: () => context,
    native: null,
    profile,
    address: () => process.address,
    stdout: () => before.stdout + process.stdout(),
    stderr: () => before.stderr + process.stderr(),
    keepReceived: async () => {
      const received: string[] = []
      page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => received.push(String(payload))))
      await page.reload()
      return async () => received
    },
    restart: async () => {
      // The tab leaves first: a browser reports a server that went away in the console, which is not the app's doing.
      await page.goto('about:blank')
      await process.stop()
      before.stdout += process.stdout()
      before.stderr += process.stderr()
      process = await startAppProcess({ profile, port })
      await page.goto(process.address)
    },
    stop: async () => {
      for (const tab of context.pages()) await tab.close()
      await process.stop()
    },
  }
}

/** The app in Electron. */
export async function driveElectron(
  profile: string,
  media: Media,
  follow: (context: BrowserContext) => void,
): Promise<AppDriver> {
  const { program: executablePath, reason } = findElectron()
  if (executablePath === null) throw new Error(reason)
  let stdout = ''
  let stderr = ''
  const start = async (): Promise<{ app: ElectronApplication; page: Page }> => {
    const app = await _electron.launch({
      executablePath,
      args: [...(PACKED_PROGRAM === null ? [ROOT] : []), '--profile', profile],
    })
    app.process().stdout?.on('data', (chunk: Buffer) => {
      stdout += chunk.toString()
    })
    app.process().stderr?.on('data', (chunk: Buffer) => {
      stderr += chunk.toString()
    })
    follow(app.context())
    const page = await app.firstWindow()
    await page.emulateMedia(media)
    return { app, page }
  }
  let running = await start()
  return {
    page: () => running.page,
    context: () => running.app.context(),
    native: nativeOfElectron(() => running.app),
    profile,
    stdout: () => stdout,
    stderr: () => stderr,
    keepReceived: async () => {
      const { app, page } = running
      const sent = await keepSent(app)
      await page.reload()
      return sent
    },
    restart: async () => {
      await running.app.close()
      running = await start()
    },
    stop: () => running.app.close(),
  }
}
