import { readFile } from 'node:fs/promises'
import type { BrowserWindowConstructorOptions, PrintToPDFOptions } from 'electron'
import type { Page } from '../pages.ts'
import type { StandInContents } from '../stand-in-contents.ts'
import type { StandInElectron } from '../stand-in-electron.ts'
import { originOf, toApp, toWeb } from './addresses.ts'
import { type Cdp, type CdpPipe, unlessGone } from './cdp.ts'
import { createFrames, type Frames } from './frames.ts'
import { pdfParameters } from './pdf-parameters.ts'
import { preloadScript, TO_MAIN, WORLD } from './preload-world.ts'
import { guardRequests } from './request-gate.ts'
import { linkWorld, type WorldLink } from './world-link.ts'

export interface ChromiumPageOptions {
  readonly pipe: CdpPipe
  readonly sessionId: string
  readonly targetId: string
  readonly electron: StandInElectron
  readonly contents: StandInContents
  readonly options: BrowserWindowConstructorOptions
}

export interface ChromiumPage extends Omit<Page, 'load' | 'close'> {
  readonly load: (url: string) => Promise<void>
  readonly close: () => Promise<void>
  /** Does the page answer within this time? Tells the app if it does not, and again when it does. */
  readonly watchForHang: (ms: number) => Promise<boolean>
}

/** One page of Chromium, driven as Electron drives one, and telling what Electron tells. */
export async function openChromiumPage(how: ChromiumPageOptions): Promise<ChromiumPage> {
  const { pipe, sessionId, targetId, electron, contents } = how
  const cdp = pipe.session(sessionId)
  const frames = createFrames()
  const links = new Map<number, WorldLink>()
  /** Addresses that main itself loads now. */
  const ownLoads = new Set<string>()
  const loads: { readonly resolve: () => void; readonly reject: (cause: Error) => void }[] = []

  const loseWorlds = (): void => {
    for (const link of links.values()) link.lost()
    links.clear()
  }
  cdp.on('Runtime.executionContextCreated', ({ context }) => {
    if (context.name !== WORLD) return
    const frameId: unknown = context.auxData?.frameId
    links.set(
      context.id,
      linkWorld({
        cdp,
        contextId: context.id,
        electron,
        sender: contents.guarded,
        frame: () => (typeof frameId === 'string' ? frames.get(frameId) : null),
      }),
    )
  })
  cdp.on('Runtime.executionContextDestroyed', ({ executionContextId }) => {
    links.get(executionContextId)?.lost()
    links.delete(executionContextId)
  })
  cdp.on('Runtime.executionContextsCleared', loseWorlds)
  cdp.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
    if (name === TO_MAIN) links.get(executionContextId)?.take(payload)
  })

  followFrames(cdp, frames)
  cdp.on('Page.frameNavigated', ({ frame }) => {
    if (frame.parentId !== undefined) return
    contents.url = toApp(frame.url + (frame.urlFragment ?? ''))
    contents.mainFrame = frames.get(frame.id)
    contents.emit('did-navigate', {}, contents.url, 200, 'OK')
  })
  cdp.on('Page.navigatedWithinDocument', ({ frameId, url }) => {
    const isMainFrame = frameId === targetId
    if (isMainFrame) contents.url = toApp(url)
    contents.emit('did-navigate-in-page', {}, toApp(url), isMainFrame, 0, 0)
  })
  cdp.on('Page.loadEventFired', () => {
    if (contents.url === '' || contents.url === 'about:blank') return
    ownLoads.clear()
    contents.loaded(contents.url)
    for (const { resolve } of loads.splice(0)) resolve()
  })
  cdp.on('Page.windowOpen', ({ url }) => {
    if (contents.open(toApp(url)) !== 'deny') electron.refusals.note('a window that main allows the page to open')
  })
  cdp.on('Inspector.targetCrashed', () => {
    loseWorlds()
    for (const { reject } of loads.splice(0)) reject(new Error('ERR_FAILED: the page crashed'))
    contents.gone('crashed')
  })

  const { preload } = how.options.webPreferences ?? {}
  await Promise.all([
    cdp.send('Page.enable'),
    cdp.send('Runtime.enable'),
    cdp.send('Inspector.enable'),
    cdp.send('Runtime.addBinding', { name: TO_MAIN, executionContextName: WORLD }),
    preload === undefined
      ? undefined
      : cdp.send('Page.addScriptToEvaluateOnNewDocument', {
          source: preloadScript(await readFile(preload, 'utf8')),
          worldName: WORLD,
        }),
    guardTargets(cdp, pipe, how, frames, ownLoads),
  ])
  await grantPermissions(pipe, electron, contents)
  await cdp.send('Runtime.runIfWaitingForDebugger')

  return {
    load: async (url) => {
      ownLoads.add(url)
      const loaded = new Promise<void>((resolve, reject) => loads.push({ resolve, reject }))
      loaded.catch(() => undefined)
      const { errorText } = await cdp.send('Page.navigate', { url: toWeb(url) })
      if (errorText !== undefined) {
        loads.length = 0
        contents.emit('did-fail-load', {}, -2, errorText, url, true)
        throw new Error(`${errorText} (-2) loading '${url}'`)
      }
      await loaded
    },
    reload: () => {
      ownLoads.add(contents.url.replace(/#.*$/, ''))
      unlessGone(cdp.send('Page.reload', {}))
    },
    close: async () => {
      loseWorlds()
      await pipe.session().send('Target.closeTarget', { targetId })
    },
    crash: () => unlessGone(cdp.send('Page.crash')),
    printToPDF: async (wanted: PrintToPDFOptions) => {
      const { data } = await cdp.send('Page.printToPDF', pdfParameters(wanted))
      return Buffer.from(data, 'base64')
    },
    setBackground: () => undefined,
    setZoom: () => undefined,
    send: (channel, args) => {
      for (const link of links.values()) link.send({ kind: 'ipc', channel, args })
    },
    watchForHang: async (ms) => {
      let isLate = false
      const timer = setTimeout(() => {
        isLate = true
        contents.emit('unresponsive')
        contents.owner()?.emit('unresponsive')
      }, ms)
      await cdp.send('Runtime.evaluate', { expression: '0' }).catch(() => undefined)
      clearTimeout(timer)
      if (isLate && !contents.hasCrashed) {
        contents.emit('responsive')
        contents.owner()?.emit('responsive')
      }
      return !isLate
    },
  }
}

function followFrames(cdp: Cdp, frames: Frames): void {
  cdp.on('Page.frameAttached', ({ frameId, parentFrameId }) => frames.attached(frameId, parentFrameId))
  cdp.on('Page.frameDetached', ({ frameId, reason }) => {
    // One that moves to a process of its own is still there.
    if (reason === 'remove') frames.removed(frameId)
  })
  cdp.on('Page.frameNavigated', ({ frame }) => frames.navigated(frame.id, frame.parentId ?? null, toApp(frame.url)))
}

type Guarded = Pick<ChromiumPageOptions, 'electron' | 'contents' | 'targetId'>

/** The page's requests, and those of frames that Chromium keeps in processes of their own. */
async function guardTargets(
  cdp: Cdp,
  pipe: CdpPipe,
  guarded: Guarded,
  frames: Frames,
  ownLoads: ReadonlySet<string>,
): Promise<void> {
  const { electron, contents, targetId } = guarded
  cdp.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
    const inner = pipe.session(sessionId)
    const guarding = async (): Promise<void> => {
      if (targetInfo.type !== 'iframe') return
      followFrames(inner, frames)
      await Promise.all([inner.send('Page.enable'), guardTargets(inner, pipe, guarded, frames, ownLoads)])
    }
    guarding()
      .catch((cause: unknown) => electron.refusals.note(`a frame without a guard: ${String(cause)}`))
      .finally(() => unlessGone(inner.send('Runtime.runIfWaitingForDebugger')))
  })
  await guardRequests(cdp, {
    electron,
    contents,
    frame: frames.get,
    isMain: (id) => id === targetId,
    isOwnLoad: (url) => ownLoads.has(url),
  })
  await cdp.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: true, flatten: true })
}

/** Electron's names of permissions, with Chromium's. The app's handlers decide, Chromium enforces. */
const PERMISSIONS: readonly (readonly [electron: string, chromium: string])[] = [
  ['notifications', 'notifications'],
  ['geolocation', 'geolocation'],
  ['media', 'camera'],
  ['media', 'microphone'],
  ['midi', 'midi'],
  ['clipboard-read', 'clipboard-read'],
  ['clipboard-sanitized-write', 'clipboard-write'],
  ['persistent-storage', 'persistent-storage'],
  ['idle-detection', 'idle-detection'],
  ['storage-access', 'storage-access'],
  ['window-management', 'window-management'],
  ['display-capture', 'display-capture'],
]

async function grantPermissions(pipe: CdpPipe, electron: StandInElectron, contents: StandInContents): Promise<void> {
  const origin = 'app://clientele'
  await Promise.all(
    PERMISSIONS.map(async ([name, chromium]) => {
      const isGranted = await electron.session.grants(contents.guarded, name, originOf(origin))
      await pipe.session().send('Browser.setPermission', {
        permission: { name: chromium },
        setting: isGranted ? 'granted' : 'denied',
        origin: toWeb(origin),
      })
    }),
  )
}
