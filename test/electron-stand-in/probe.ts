import { setTimeout as wait } from 'node:timers/promises'
import type { ContextMenuParams, MessageBoxOptions, PrintToPDFOptions, Rectangle } from 'electron'
import type { ChromiumPages } from './chromium/chromium-pages.ts'
import type { Keyring } from './keyring.ts'
import {
  contextParams,
  type DesktopFacts,
  factsOf,
  type NotificationFacts,
  type TrayFacts,
  type WindowFacts,
} from './probe-facts.ts'
import type { StandInElectron } from './stand-in-electron.ts'
import { standInEvent } from './stand-in-event.ts'
import { displayAt } from './stand-in-machine.ts'
import type { MenuFacts, StandInMenu } from './stand-in-menu.ts'
import type { StandInWindow } from './stand-in-window.ts'

/** What a test sees of the desktop and does to it. Plain values both ways: the test is another process. */
export interface Probe {
  readonly menu: () => readonly MenuFacts[]
  /** By labels from the top, or ids. */
  readonly clickMenu: (path: readonly string[]) => void
  readonly tray: () => TrayFacts | null
  readonly clickTray: (path: readonly string[]) => void
  readonly notifications: () => readonly NotificationFacts[]
  /** The last one with this title. */
  readonly clickNotification: (title: string) => void
  /** From now on the system shows none, as on a macOS app without a signature. */
  readonly failNotifications: (why: string | null) => void
  /** Opens the context menu at a place that Chromium describes so. */
  readonly contextMenu: (params: Partial<ContextMenuParams>) => readonly MenuFacts[]
  readonly clickContextMenu: (path: readonly string[]) => void
  readonly shortcuts: () => readonly string[]
  readonly pressShortcut: (keys: string) => void
  readonly takeShortcut: (keys: string) => void
  readonly emitPower: (event: 'suspend' | 'resume' | 'lock-screen' | 'unlock-screen' | 'on-ac' | 'on-battery') => void
  readonly setIdle: (seconds: number) => void
  readonly setOnline: (isOnline: boolean) => void
  readonly setTheme: (theme: { readonly dark: boolean; readonly highContrast: boolean }) => void
  readonly openUrl: (url: string) => void
  readonly openFile: (path: string) => void
  /** Another start of the app with the same profile. */
  readonly startAgain: (args: readonly string[]) => void
  readonly activate: () => void
  readonly windows: () => readonly WindowFacts[]
  readonly setBounds: (bounds: Rectangle) => void
  /** What the window manager's buttons do. */
  readonly windowDo: (what: 'close' | 'minimize' | 'restore' | 'maximize' | 'unmaximize' | 'focus' | 'blur') => void
  readonly setDisplays: (displays: readonly Rectangle[]) => void
  readonly endSession: () => void
  readonly desktop: () => DesktopFacts
  readonly dialogs: () => { readonly errors: readonly string[]; readonly messages: readonly MessageBoxOptions[] }
  /** Which buttons the user presses in the boxes to come. */
  readonly answerDialogs: (buttons: readonly number[]) => void
  readonly saveTo: (path: string | null) => void
  readonly openFrom: (paths: readonly string[]) => void
  readonly printed: () => { readonly pdfs: readonly PrintToPDFOptions[]; readonly papers: readonly unknown[] }
  readonly drags: () => readonly { readonly file: string }[]
  /** The system's keyring from the next start on. */
  readonly setKeyring: (keyring: Keyring) => void
  readonly quit: () => void
  /** Ends the page's process, and resolves when the app has brought its page back. */
  readonly crash: () => Promise<void>
  /** Does the page answer within this time? The app is told where it does not. */
  readonly watchForHang: (ms: number) => Promise<boolean>
  /** The same, of a page that hangs; resolves when the app has brought its page back. */
  readonly endHang: (ms: number) => Promise<void>
  readonly calls: () => readonly string[]
  /** Keeps what the page is sent from now on. */
  readonly keepSent: () => void
  readonly sent: () => readonly string[]
}

export interface ProbeDeps {
  readonly electron: StandInElectron
  readonly chromium: ChromiumPages | null
  readonly setKeyring: (keyring: Keyring) => void
}

const BACK_TIMEOUT_MS = 30_000

export function createProbe({ electron, chromium, setKeyring }: ProbeDeps): Probe {
  const { app, machine } = electron
  const window = (): StandInWindow => {
    const [found] = electron.openWindows()
    if (found === undefined) throw new Error('There is no window')
    return found
  }
  const tray = (): StandInMenu => {
    const menu = electron.trays.find((each) => !each.isGone)?.menu
    if (menu === undefined || menu === null) throw new Error('There is no tray with a menu')
    return menu
  }
  const context = (): StandInMenu => {
    const menu = electron.contextMenu()
    if (menu === null) throw new Error('No context menu was opened')
    return menu
  }
  const loadedAgain = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('The page did not come back')), BACK_TIMEOUT_MS)
      app.once('stand-in-loaded', () => {
        clearTimeout(timer)
        resolve()
      })
    })
  const watchForHang = async (ms: number): Promise<boolean> => {
    if (chromium === null) throw new Error('There are no pages')
    return (await chromium.pageOf(window().webContents.id)).watchForHang(ms)
  }
  const shownNow = (): StandInWindow | undefined => electron.openWindows()[0]
  return {
    menu: () => electron.menu?.describe() ?? [],
    clickMenu: (path) => {
      if (electron.menu === null) throw new Error('There is no menu')
      electron.choose(electron.menu.find(path))
    },
    tray: () => {
      const found = electron.trays.find((each) => !each.isGone)
      if (found === undefined) return null
      return { toolTip: found.toolTip, title: found.title, menu: found.menu?.describe() ?? [] }
    },
    clickTray: (path) => {
      if (path.length === 0) electron.trays.find((each) => !each.isGone)?.emit('click', standInEvent({}))
      else electron.choose(tray().find(path))
    },
    notifications: () =>
      electron.notifications.map(({ id, groupId, title, body, silent, isClosed }) => ({
        id,
        groupId,
        title,
        body,
        silent,
        isClosed,
      })),
    clickNotification: (title) => {
      const found = electron.notifications.filter((each) => each.title === title).at(-1)
      if (found === undefined) throw new Error(`There is no notification "${title}"`)
      found.click()
    },
    failNotifications: (why) => {
      electron.notificationsFail = why
    },
    contextMenu: (params) => {
      const { webContents } = window()
      webContents.emit('context-menu', standInEvent({}), { ...contextParams(webContents.mainFrame), ...params })
      return context().describe()
    },
    clickContextMenu: (path) => electron.choose(context().find(path)),
    shortcuts: () => [...machine.shortcuts.keys()],
    pressShortcut: (keys) => {
      const run = machine.shortcuts.get(keys)
      if (run === undefined) throw new Error(`Nothing listens to ${keys}`)
      run()
    },
    takeShortcut: (keys) => {
      machine.takenKeys.add(keys)
    },
    emitPower: (event) => {
      machine.powerMonitor.emit(event)
    },
    setIdle: (seconds) => {
      machine.idleSeconds = seconds
    },
    setOnline: (isOnline) => {
      machine.isOnline = isOnline
    },
    setTheme: ({ dark, highContrast }) => {
      machine.nativeTheme.shouldUseDarkColors = dark
      machine.nativeTheme.shouldUseHighContrastColors = highContrast
      machine.nativeTheme.emit('updated')
    },
    openUrl: (url) => {
      app.emit('open-url', standInEvent({}), url)
    },
    openFile: (path) => {
      app.emit('open-file', standInEvent({}), path)
    },
    startAgain: (args) => {
      app.emit('second-instance', standInEvent({}), [process.execPath, ...args], process.cwd(), null)
    },
    activate: () => {
      app.emit('activate', standInEvent({}), shownNow() !== undefined)
    },
    windows: () => electron.openWindows().map(factsOf),
    setBounds: (bounds) => window().setBounds(bounds),
    windowDo: (what) => window()[what](),
    setDisplays: (displays) => {
      machine.displays = displays.map((bounds, index) => displayAt(index + 1, bounds))
      machine.screen.emit('display-metrics-changed', standInEvent({}), machine.displays[0], ['bounds', 'workArea'])
    },
    endSession: () => {
      window().emit('query-session-end', standInEvent({}))
      window().emit('session-end', standInEvent({}))
    },
    desktop: () => ({
      badge: app.badgeCount,
      dockBadge: app.dockBadge.text,
      recents: app.recent,
      jumpList: app.jumpList,
      protocols: app.protocols,
      loginItem: app.loginItem,
      opened: machine.opened,
      shown: machine.shown,
      saves: machine.saves,
      clipboard: machine.clipboardText,
      spellcheck: {
        isOn: electron.session.hasSpellChecker,
        languages: electron.session.spellLanguages,
        words: electron.session.words,
      },
    }),
    dialogs: () => ({ errors: machine.errors, messages: machine.messages }),
    answerDialogs: (buttons) => {
      machine.answers.push(...buttons)
    },
    saveTo: (path) => {
      machine.saveTo = path
    },
    openFrom: (paths) => {
      machine.openFrom = paths
    },
    printed: () => {
      const contents = electron.windows.map(({ webContents }) => webContents)
      return { pdfs: contents.flatMap(({ pdfs }) => pdfs), papers: contents.flatMap(({ prints }) => prints) }
    },
    drags: () => electron.windows.flatMap(({ webContents }) => webContents.drags),
    setKeyring,
    quit: () => app.quit(),
    crash: async () => {
      const back = loadedAgain()
      window().webContents.page?.crash()
      await back
    },
    watchForHang,
    endHang: async (ms) => {
      const back = loadedAgain()
      // The page may not have begun to hang yet.
      for (let tries = 0; tries < 20 && (await watchForHang(ms)); tries++) await wait(100)
      await back
    },
    calls: () => electron.calls,
    keepSent: () => {
      electron.sent = []
    },
    sent: () => electron.sent ?? [],
  }
}

interface Asked {
  readonly id: number
  readonly ask: keyof Probe
  readonly args: readonly never[]
}

/** Answers over the process's own channel, which alone does not keep the process. */
export function answerProbe(probe: Probe, say: (message: object) => void): void {
  process.on('message', ({ id, ask, args }: Asked) => {
    Promise.resolve()
      .then((): unknown => Reflect.apply(probe[ask], probe, args))
      .then(
        (answer) => say({ kind: 'answer', id, answer: answer ?? null }),
        (cause: unknown) => say({ kind: 'answer', id, error: String(cause) }),
      )
  })
  process.channel?.unref()
}
