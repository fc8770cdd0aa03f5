import type { StandInFrame } from '../stand-in-contents.ts'
import type { StandInElectron } from '../stand-in-electron.ts'
import { StandInPort } from '../stand-in-port.ts'
import { SUPPORTED } from '../supported.ts'
import { type Cdp, unlessGone } from './cdp.ts'
import { FROM_MAIN, type FromWorld, type ToWorld } from './preload-world.ts'

/** What goes between main and the preload of one document. */
export interface WorldLink {
  readonly take: (text: string) => void
  readonly send: (message: ToWorld) => void
  /** The document is gone, and its ports with it. */
  readonly lost: () => void
}

export interface WorldLinkOptions {
  readonly cdp: Cdp
  readonly contextId: number
  readonly electron: StandInElectron
  readonly sender: unknown
  readonly frame: () => StandInFrame | null
}

export function linkWorld({ cdp, contextId, electron, sender, frame }: WorldLinkOptions): WorldLink {
  const ports = new Map<number, StandInPort>()
  let leaving: string[] = []
  let isLost = false

  // What is said in one go goes to Chromium in one go.
  const flush = (): void => {
    const texts = leaving
    leaving = []
    if (isLost) return
    unlessGone(
      cdp.send('Runtime.callFunctionOn', {
        functionDeclaration: `(texts) => globalThis.${FROM_MAIN}(texts)`,
        executionContextId: contextId,
        arguments: [{ value: texts }],
        silent: true,
      }),
    )
  }
  const send = (message: ToWorld): void => {
    if (leaving.length === 0) setImmediate(flush)
    const text = JSON.stringify(message)
    electron.sent?.push(text)
    leaving.push(text)
  }

  const adopt = (id: number): unknown => {
    const port = new StandInPort(
      (message) => send({ kind: 'port', id, message: jsonOnly(message, electron) }),
      () => {
        ports.delete(id)
        send({ kind: 'close-port', id })
      },
    )
    ports.set(id, port)
    return electron.guard('MessagePortMain', port, SUPPORTED.MessagePortMain)
  }

  return {
    take: (text) => {
      // Said by our own script, in its own world.
      const said = JSON.parse(text) as FromWorld
      if (said.kind === 'fault') electron.refusals.note(said.what)
      if (said.kind === 'port') ports.get(said.id)?.arrived(said.message)
      if (said.kind === 'port-closed') {
        ports.get(said.id)?.lost()
        ports.delete(said.id)
      }
      if (said.kind === 'ipc') {
        const event = { sender, senderFrame: frame(), ports: said.ports.map(adopt), type: 'frame' }
        electron.ipcMain.emit(said.channel, event, ...said.args)
      }
    },
    send,
    lost: () => {
      isLost = true
      for (const port of ports.values()) port.lost()
      ports.clear()
    },
  }
}

/** Electron would clone it; here it goes as text, so what text cannot say is refused. */
function jsonOnly(message: unknown, electron: StandInElectron): unknown {
  const walk = (value: unknown): void => {
    if (value === null || typeof value === 'string' || typeof value === 'boolean') return
    if (typeof value === 'number' && Number.isFinite(value)) return
    if (Array.isArray(value)) {
      value.forEach(walk)
      return
    }
    const prototype: unknown = typeof value === 'object' ? Object.getPrototypeOf(value) : undefined
    if (typeof value !== 'object' || (prototype !== Object.prototype && prototype !== null)) {
      throw electron.refusals.refuse(`${Object.prototype.toString.call(value)} over a port to the page`)
    }
    for (const each of Object.values(value)) if (each !== undefined) walk(each)
  }
  walk(message)
  return message
}
