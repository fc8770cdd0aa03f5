import { spawn } from 'node:child_process'
import { access, constants } from 'node:fs/promises'
import { delimiter, join } from 'node:path'

/** How an address is opened: a program and its arguments. */
export interface BrowserCommand {
  readonly program: string
  readonly args: readonly string[]
}

/** Opens an address in a window of its own where a Chromium is found, else in the default browser. */
export async function openBrowser(url: string): Promise<void> {
  const chromium = await findChromium()
  const command = chromium === null ? defaultBrowser(url) : { program: chromium, args: appWindowArgs(url) }
  await start(command)
}

/** Opens a link outside the app, in whatever the user prefers for it. */
export async function openLink(url: string): Promise<void> {
  await start(defaultBrowser(url))
}

function appWindowArgs(url: string): string[] {
  // Root has no sandbox in Chromium, which then refuses to start at all.
  const isRoot = process.platform === 'linux' && process.getuid?.() === 0
  return [...(isRoot ? ['--no-sandbox'] : []), '--no-first-run', '--no-default-browser-check', `--app=${url}`]
}

export function defaultBrowser(url: string, platform: string = process.platform): BrowserCommand {
  switch (platform) {
    case 'darwin':
      return { program: 'open', args: [url] }
    case 'win32':
      // Not `cmd /c start`: it would read `&` of the address as the end of a command.
      return { program: 'rundll32', args: ['url.dll,FileProtocolHandler', url] }
    default:
      return { program: 'xdg-open', args: [url] }
  }
}

async function findChromium(): Promise<string | null> {
  for (const path of candidates()) {
    try {
      await access(path, constants.X_OK)
      return path
    } catch {
      // The next one.
    }
  }
  return null
}

function candidates(): readonly string[] {
  const { env, platform } = process
  if (platform === 'darwin') {
    return ['Google Chrome', 'Chromium', 'Microsoft Edge', 'Brave Browser'].map(
      (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
    )
  }
  if (platform === 'win32') {
    return [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA]
      .filter((folder) => folder !== undefined)
      .flatMap((folder) => [
        join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe'),
        join(folder, 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
      ])
  }
  const names = [
    'chromium',
    'chromium-browser',
    'google-chrome',
    'google-chrome-stable',
    'microsoft-edge',
    'brave-browser',
  ]
  const folders = (env.PATH ?? '').split(delimiter).filter((folder) => folder !== '')
  return names.flatMap((name) => folders.map((folder) => join(folder, name)))
}

/** Rejects where the program cannot be started; does not wait for its end. */
function start({ program, args }: BrowserCommand): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: 'ignore', detached: true })
    child.once('error', reject)
    child.once('spawn', () => {
      child.unref()
      resolve()
    })
  })
}
