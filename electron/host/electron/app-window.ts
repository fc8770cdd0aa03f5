import type { BrowserWindowConstructorOptions } from 'electron'

export interface AppWindowOptions {
  /** Absolute path of the built preload. */
  readonly preload: string
  readonly isPackaged: boolean
  readonly isDark: boolean
}

/** The one window, without its place. Every permission that Electron could give a page is named and off. */
export function appWindowOptions(options: AppWindowOptions): BrowserWindowConstructorOptions {
  return {
    title: 'Clientele',
    // Shown when the page has painted, on the colour of its background: no white flash.
    show: false,
    backgroundColor: options.isDark ? '#16181c' : '#ffffff',
    webPreferences: {
      preload: options.preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      safeDialogs: true,
      enableWebSQL: false,
      devTools: !options.isPackaged,
      v8CacheOptions: 'none',
      // Only what the session's own switch turns on, which is off until the user asks for it.
      spellcheck: true,
    },
  }
}
