import type { ElectronApplication } from '@playwright/test'
import type { Probe } from '../../electron-stand-in/probe.ts'

/** What a test sees of the desktop and does to it; answers come from the main process. */
export type NativeProbe = {
  readonly [K in keyof Probe]: (...args: Parameters<Probe[K]>) => Promise<Awaited<ReturnType<Probe[K]>>>
}

/** The part that real Electron can be asked for from outside; the rest is a stand-in's and says so. */
export function nativeOfElectron(app: () => ElectronApplication): NativeProbe {
  const known: Partial<NativeProbe> = {
    emitPower: (event) => app().evaluate(({ powerMonitor }, name) => void powerMonitor.emit(name), event),
    openUrl: (url) =>
      app().evaluate(
        (electron, address) => void electron.app.emit('open-url', { preventDefault: () => undefined }, address),
        url,
      ),
    openFile: (path) =>
      app().evaluate(
        (electron, file) => void electron.app.emit('open-file', { preventDefault: () => undefined }, file),
        path,
      ),
    startAgain: (args) =>
      app().evaluate(
        (electron, more) => void electron.app.emit('second-instance', {}, ['clientele', ...more], '/', null),
        [...args],
      ),
    activate: () => app().evaluate((electron) => void electron.app.emit('activate', {}, true)),
    setBounds: (bounds) =>
      app().evaluate(({ BrowserWindow }, to) => BrowserWindow.getAllWindows()[0]?.setBounds(to), bounds),
    windowDo: (what) => app().evaluate(({ BrowserWindow }, name) => BrowserWindow.getAllWindows()[0]?.[name](), what),
    clickMenu: (path) =>
      app().evaluate(
        ({ Menu, BrowserWindow }, labels) => {
          let menu = Menu.getApplicationMenu()
          for (const label of labels.slice(0, -1)) {
            menu = menu?.items.find((item) => item.label === label || item.id === label)?.submenu ?? null
          }
          const last = labels.at(-1)
          const item = menu?.items.find((each) => each.label === last || each.id === last)
          if (item === undefined) throw new Error(`There is no menu line ${labels.join(' > ')}`)
          item.click(undefined, BrowserWindow.getAllWindows()[0], undefined)
        },
        [...path],
      ),
    quit: () => app().evaluate((electron) => electron.app.quit()),
  }
  return new Proxy(known as NativeProbe, {
    get: (target, name) =>
      Reflect.get(target, name) ??
      (() => Promise.reject(new Error(`Real Electron cannot be asked for ${String(name)} from outside`))),
  })
}

/** Keeps what main sends over its ports from now on. */
export async function keepSent(app: ElectronApplication): Promise<() => Promise<readonly string[]>> {
  const kept = await app.evaluateHandle(({ MessageChannelMain }) => {
    const sent: string[] = []
    const ports: { postMessage: (message: unknown, transfer?: never) => void } = Object.getPrototypeOf(
      new MessageChannelMain().port1,
    )
    const { postMessage } = ports
    ports.postMessage = function (message, transfer) {
      sent.push(JSON.stringify(message))
      Reflect.apply(postMessage, this, [message, ...(transfer === undefined ? [] : [transfer])])
    }
    return sent
  })
  return () => kept.jsonValue()
}
