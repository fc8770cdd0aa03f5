import type { BrowserContext, WebSocketRoute } from '@playwright/test'
import type { AppUpdate } from '../../../shared/model/app-update.ts'
import {
  type DesktopAbilities,
  type DesktopEvent,
  type DesktopState,
  type MenuLine,
  NO_DESKTOP_STATE,
} from '../../../shared/model/desktop.ts'

/** A desktop between the page and the real Node host: it answers `desktop.*` and `update.*`, all else goes through. */
export interface FakeDesktop {
  /** Inputs of a call, in the order they came. */
  readonly asked: (name: string) => readonly unknown[]
  readonly menu: () => readonly MenuLine[]
  readonly emit: (event: DesktopEvent) => void
  readonly update: (state: AppUpdate) => void
}

export const ALL_ABILITIES: DesktopAbilities = {
  menus: true,
  tray: true,
  globalShortcut: true,
  notifications: true,
  badge: true,
  dragOut: true,
  print: true,
  recents: true,
  spellcheck: 'download',
  loginItem: true,
}

interface Frame {
  readonly t: string
  readonly id?: number
  readonly name?: string
  readonly input?: unknown
  readonly output?: unknown
}

/** Before the page is opened. The page then believes that it is shown by the desktop app. */
export async function fakeDesktop(
  context: BrowserContext,
  options: { readonly abilities?: DesktopAbilities; readonly state?: Partial<DesktopState> } = {},
): Promise<FakeDesktop> {
  const asked: { readonly name: string; readonly input: unknown }[] = []
  const sockets = new Set<WebSocketRoute>()
  let update: AppUpdate = { state: 'idle', checkedAt: null }
  const answers: Readonly<Record<string, () => unknown>> = {
    'desktop.state': () => ({ ...NO_DESKTOP_STATE, ...options.state }),
    'update.state': () => update,
    'update.check': () => update,
    'desktop.startDrag': () => null,
    'desktop.print': () => ({ done: true }),
  }
  const send = (frame: object): void => {
    for (const socket of sockets) socket.send(JSON.stringify(frame))
  }
  await context.routeWebSocket(/\/rpc\/page$/, (page) => {
    const core = page.connectToServer()
    sockets.add(page)
    const infos = new Set<number>()
    page.onMessage((data) => {
      const frame: Frame = JSON.parse(String(data))
      if (frame.t === 'call' && frame.id !== undefined && frame.name !== undefined) {
        if (frame.name === 'app.info') infos.add(frame.id)
        if (/^(desktop|update)\./.test(frame.name)) {
          asked.push({ name: frame.name, input: frame.input })
          page.send(JSON.stringify({ t: 'ok', id: frame.id, output: answers[frame.name]?.() ?? null }))
          return
        }
      }
      core.send(data)
    })
    core.onMessage((data) => {
      const frame: Frame = JSON.parse(String(data))
      if (frame.t === 'ok' && frame.id !== undefined && infos.delete(frame.id) && typeof frame.output === 'object') {
        const output = { ...frame.output, host: 'electron', desktop: options.abilities ?? ALL_ABILITIES }
        page.send(JSON.stringify({ ...frame, output }))
        return
      }
      page.send(data)
    })
    page.onClose(() => {
      sockets.delete(page)
      void core.close()
    })
  })
  const inputs = (name: string): readonly unknown[] =>
    asked.filter((each) => each.name === name).map((each) => each.input)
  return {
    asked: inputs,
    menu: () => {
      // The page's own parse of the contract stands before this: what comes in has the contract's form.
      const last = inputs('desktop.setMenu').at(-1) as { readonly lines: readonly MenuLine[] } | undefined
      return last?.lines ?? []
    },
    emit: (event) => send({ t: 'event', name: 'desktop', data: event }),
    update: (state) => {
      update = state
      send({ t: 'event', name: 'updateChanged', data: state })
    },
  }
}
