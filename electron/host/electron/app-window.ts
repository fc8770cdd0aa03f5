import type { BrowserWindowConstructorOptions } from 'electron'

export interface AppWindowOptions {
  /** Absolute path of the built preload. */
  readonly preload: string
  readonly isPackaged: boolean
  readonly isDark: boolean
}

/** The one window. Every permission that Electron could give a page is named and off. */
export function appWindowOptions(options: AppWindowOptions): BrowserWindowConstructorOptions {
  return {
    name: 'main',
    title: 'Clientele',
    width: 1440,
    height: 900,
    minWidth: 900,
    minHeight: 600,
    // Shown when the page has painted, on the colour of its background: no white flash.
    show: false,
    backgroundColor: options.isDark ? '#16181c' : '#ffffff',
    windowStatePersistence: true,
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
      v8CacheOptions: 'code',
      spellcheck: false,
    },
  }
}
