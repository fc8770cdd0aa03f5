/** The name of the isolated world in which the preload runs; its binding is there and nowhere else. */
export const WORLD = 'Electron Isolated Context'
export const TO_MAIN = 'standInToMain'
export const FROM_MAIN = 'standInFromMain'

/** What the preload's world says to the stand-in. */
export type FromWorld =
  | {
      readonly kind: 'ipc'
      readonly channel: string
      readonly args: readonly unknown[]
      readonly ports: readonly number[]
    }
  | { readonly kind: 'port'; readonly id: number; readonly message: unknown }
  | { readonly kind: 'port-closed'; readonly id: number }
  | { readonly kind: 'fault'; readonly what: string }

/** What the stand-in says to it. */
export type ToWorld =
  | { readonly kind: 'port'; readonly id: number; readonly message: unknown }
  | { readonly kind: 'close-port'; readonly id: number }
  | { readonly kind: 'ipc'; readonly channel: string; readonly args: readonly unknown[] }

/** The script of the world: the preload as it was built, with what a sandboxed preload has of Electron. */
export function preloadScript(preload: string): string {
  // The transformer that runs these tests marks functions with a helper of this name.
  return `const __name = (named) => named;
    (${surroundings.toString()})(${JSON.stringify(TO_MAIN)}, ${JSON.stringify(FROM_MAIN)},
    (require, module, exports) => {\n${preload}\n})`
}

/** Runs in Chromium, as text: nothing from outside of it is there. */
function surroundings(
  toMainName: string,
  fromMainName: string,
  preload: (require: (name: string) => unknown, module: object, exports: object) => void,
): void {
  // `nodeIntegrationInSubFrames` is off: frames inside the page have no preload.
  if (window.top !== window) return
  const world = globalThis as unknown as Record<string, (value: unknown) => void>
  const toMain = (message: unknown): void => world[toMainName]?.(JSON.stringify(message))
  const fault = (what: string): never => {
    toMain({ kind: 'fault', what })
    throw new Error(`The stand-in of Electron does not know ${what}`)
  }
  const refusing = (name: string, known: object): unknown =>
    new Proxy(known, {
      get: (target, property) =>
        property in target || typeof property === 'symbol'
          ? Reflect.get(target, property)
          : fault(`${name}.${property} in a preload`),
    })

  /** Ports carry JSON only: what would be lost or changed on the way in one direction is refused in both. */
  const checked = (value: unknown, path = 'message'): unknown => {
    if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
    if (typeof value === 'number') return Number.isFinite(value) ? value : fault(`${path}: ${value} over a port`)
    if (typeof value !== 'object') return fault(`${path}: ${typeof value} over a port`)
    if (Array.isArray(value)) {
      value.forEach((each, index) => {
        checked(each, `${path}[${index}]`)
      })
      return value
    }
    const prototype: unknown = Object.getPrototypeOf(value)
    if (prototype !== Object.prototype && prototype !== null) {
      return fault(`${path}: ${Object.prototype.toString.call(value)} over a port`)
    }
    for (const [key, each] of Object.entries(value)) if (each !== undefined) checked(each, `${path}.${key}`)
    return value
  }

  let lastPort = 0
  const ports = new Map<number, MessagePort>()
  const adopt = (port: MessagePort): number => {
    const id = ++lastPort
    ports.set(id, port)
    port.addEventListener('message', ({ data, ports: more }) => {
      if (more.length > 0) fault('a port sent over a port')
      toMain({ kind: 'port', id, message: checked(data) })
    })
    port.addEventListener('close', () => {
      if (ports.delete(id)) toMain({ kind: 'port-closed', id })
    })
    port.start()
    return id
  }

  const listeners = new Map<string, Set<(event: object, ...args: readonly unknown[]) => void>>()
  world[fromMainName] = (texts) => {
    for (const text of texts as readonly string[]) {
      const said = JSON.parse(text)
      if (said.kind === 'port') ports.get(said.id)?.postMessage(said.message)
      if (said.kind === 'close-port') {
        ports.get(said.id)?.close()
        ports.delete(said.id)
      }
      if (said.kind === 'ipc') for (const run of listeners.get(said.channel) ?? []) run({}, ...said.args)
    }
  }

  const ipcRenderer = {
    postMessage: (channel: string, message: unknown, transfer: readonly MessagePort[] = []) =>
      toMain({ kind: 'ipc', channel, args: [checked(message)], ports: transfer.map(adopt) }),
    send: (channel: string, ...args: readonly unknown[]) =>
      toMain({ kind: 'ipc', channel, args: args.map((each) => checked(each)), ports: [] }),
    on: (channel: string, listener: (event: object, ...args: readonly unknown[]) => void) => {
      listeners.set(channel, (listeners.get(channel) ?? new Set()).add(listener))
    },
    off: (channel: string, listener: (event: object, ...args: readonly unknown[]) => void) => {
      listeners.get(channel)?.delete(listener)
    },
  }
  const electron = refusing('electron', { ipcRenderer: refusing('ipcRenderer', ipcRenderer) })
  // A sandboxed preload has these few modules and no others; ours needs one.
  const require = (name: string): unknown => {
    if (name === 'electron' || name === 'electron/renderer') return electron
    return fault(`require('${name}') in a sandboxed preload`)
  }
  const module = { exports: {} }
  preload(require, module, module.exports)
}
