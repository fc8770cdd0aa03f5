import type { BrowserWindowConstructorOptions, PrintToPDFOptions } from 'electron'
import type { StandInContents } from './stand-in-contents.ts'
import type { StandInElectron } from './stand-in-electron.ts'

/** What draws the windows: a real Chromium end to end, nothing in unit tests. */
export interface Pages {
  /** Called before the app is told that it is ready. */
  readonly start: (electron: StandInElectron) => Promise<void>
  readonly open: (contents: StandInContents, options: BrowserWindowConstructorOptions) => Page
  readonly stop: () => Promise<void>
}

export interface Page {
  /** Resolves when the address has loaded. */
  readonly load: (url: string) => Promise<void>
  readonly reload: () => void
  readonly close: () => void
  readonly crash: () => void
  readonly printToPDF: (options: PrintToPDFOptions) => Promise<Buffer>
  readonly setBackground: (colour: string) => void
  readonly setZoom: (factor: number) => void
  /** To the preload's `ipcRenderer`. */
  readonly send: (channel: string, args: readonly unknown[]) => void
}

/** Windows without a page: everything loads at once. */
export const NO_PAGES: Pages = {
  start: async () => undefined,
  open: (contents) => ({
    load: async (url) => contents.loaded(url),
    reload: () => undefined,
    close: () => undefined,
    crash: () => undefined,
    printToPDF: async () => Buffer.from('%PDF-1.7 (no page)'),
    setBackground: () => undefined,
    setZoom: () => undefined,
    send: () => undefined,
  }),
  stop: async () => undefined,
}
