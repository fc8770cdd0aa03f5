import type * as Electron from 'electron'

type Members<T> = readonly Exclude<keyof T & string, keyof NodeJS.EventEmitter>[]
interface Entry<T> {
  readonly members: Members<T>
  /** Names of events: `test/architecture/electron-api.test.ts` looks them up in Electron's declarations. */
  readonly events: readonly string[]
}

/** What the module exports in the main process. */
export const EXPORTED = [
  'app',
  'BrowserWindow',
  'clipboard',
  'dialog',
  'globalShortcut',
  'ipcMain',
  'Menu',
  'MenuItem',
  'nativeImage',
  'nativeTheme',
  'net',
  'Notification',
  'powerMonitor',
  'protocol',
  'safeStorage',
  'screen',
  'session',
  'shell',
  'systemPreferences',
  'Tray',
  'webContents',
] as const

/**
 * All that the stand-in knows of Electron, by Electron's own names: a misspelt one does not compile, and whatever is not
 * here fails the test that runs into it.
 */
export const SUPPORTED = {
  app: {
    members: [
      'addRecentDocument',
      'badgeCount',
      'clearRecentDocuments',
      'disableHardwareAcceleration',
      'dock',
      'enableSandbox',
      'exit',
      'focus',
      'getAppPath',
      'getBadgeCount',
      'getJumpListSettings',
      'getLocale',
      'getLocaleCountryCode',
      'getLoginItemSettings',
      'getName',
      'getPath',
      'getPreferredSystemLanguages',
      'getVersion',
      'hide',
      'isAccessibilitySupportEnabled',
      'isDefaultProtocolClient',
      'isPackaged',
      'isReady',
      'name',
      'quit',
      'relaunch',
      'requestSingleInstanceLock',
      'releaseSingleInstanceLock',
      'removeAsDefaultProtocolClient',
      'setAboutPanelOptions',
      'setAppUserModelId',
      'setAsDefaultProtocolClient',
      'setBadgeCount',
      'setJumpList',
      'setLoginItemSettings',
      'setName',
      'setPath',
      'setUserTasks',
      'show',
      'showAboutPanel',
      'whenReady',
    ],
    events: [
      'activate',
      'before-quit',
      'browser-window-blur',
      'browser-window-created',
      'browser-window-focus',
      'certificate-error',
      'child-process-gone',
      'login',
      'open-file',
      'open-url',
      'quit',
      'ready',
      'render-process-gone',
      'second-instance',
      'select-client-certificate',
      'web-contents-created',
      'will-finish-launching',
      'will-quit',
      'window-all-closed',
    ],
  } satisfies Entry<Electron.App>,

  BrowserWindow: {
    members: [
      'blur',
      'center',
      'close',
      'destroy',
      'flashFrame',
      'focus',
      'getBackgroundColor',
      'getBounds',
      'getNormalBounds',
      'getPosition',
      'getSize',
      'getTitle',
      'hide',
      'id',
      'isDestroyed',
      'isFocused',
      'isFullScreen',
      'isMaximized',
      'isMinimized',
      'isVisible',
      'loadURL',
      'maximize',
      'minimize',
      'moveTop',
      'reload',
      'restore',
      'setAutoHideMenuBar',
      'setBackgroundColor',
      'setBounds',
      'setContentProtection',
      'setFullScreen',
      'setMenuBarVisibility',
      'setMinimumSize',
      'setOverlayIcon',
      'setPosition',
      'setProgressBar',
      'setRepresentedFilename',
      'setSize',
      'setSkipTaskbar',
      'setTitle',
      'show',
      'showInactive',
      'unmaximize',
      'webContents',
    ],
    events: [
      'blur',
      'close',
      'closed',
      'enter-full-screen',
      'focus',
      'hide',
      'leave-full-screen',
      'maximize',
      'minimize',
      'move',
      'moved',
      'page-title-updated',
      'query-session-end',
      'ready-to-show',
      'resize',
      'resized',
      'responsive',
      'restore',
      'session-end',
      'show',
      'unmaximize',
      'unresponsive',
    ],
  } satisfies Entry<Electron.BrowserWindow>,

  WebContents: {
    members: [
      'close',
      'copy',
      'cut',
      'delete',
      'focus',
      'forcefullyCrashRenderer',
      'getTitle',
      'getURL',
      'getZoomFactor',
      'getZoomLevel',
      'id',
      'isCrashed',
      'isDestroyed',
      'isFocused',
      'isLoading',
      'mainFrame',
      'paste',
      'pasteAndMatchStyle',
      'postMessage',
      'print',
      'printToPDF',
      'redo',
      'reload',
      'reloadIgnoringCache',
      'replaceMisspelling',
      'selectAll',
      'send',
      'session',
      'setWindowOpenHandler',
      'setZoomFactor',
      'setZoomLevel',
      'startDrag',
      'stop',
      'undo',
    ],
    events: [
      'before-input-event',
      'context-menu',
      'destroyed',
      'did-fail-load',
      'did-finish-load',
      'did-navigate',
      'did-navigate-in-page',
      'did-start-loading',
      'did-stop-loading',
      'dom-ready',
      'preload-error',
      'render-process-gone',
      'responsive',
      'unresponsive',
      'will-attach-webview',
      'will-frame-navigate',
      'will-navigate',
      'will-prevent-unload',
      'will-redirect',
    ],
  } satisfies Entry<Electron.WebContents>,

  Session: {
    members: [
      'addWordToSpellCheckerDictionary',
      'availableSpellCheckerLanguages',
      'clearCache',
      'clearStorageData',
      'closeAllConnections',
      'flushStorageData',
      'getSpellCheckerLanguages',
      'isSpellCheckerEnabled',
      'listWordsInSpellCheckerDictionary',
      'removeWordFromSpellCheckerDictionary',
      'setDevicePermissionHandler',
      'setDisplayMediaRequestHandler',
      'setPermissionCheckHandler',
      'setPermissionRequestHandler',
      'setSpellCheckerDictionaryDownloadURL',
      'setSpellCheckerEnabled',
      'setSpellCheckerLanguages',
      'setUSBProtectedClassesHandler',
      'webRequest',
    ],
    events: ['will-download', 'spellcheck-dictionary-download-failure', 'spellcheck-dictionary-download-success'],
  } satisfies Entry<Electron.Session>,

  WebRequest: {
    members: ['onBeforeRequest', 'onBeforeSendHeaders', 'onHeadersReceived'],
    events: [],
  } satisfies Entry<Electron.WebRequest>,

  ClientRequest: {
    members: ['abort', 'end', 'setHeader', 'write'],
    events: ['error', 'redirect', 'response'],
  } satisfies Entry<Electron.ClientRequest>,

  clipboard: {
    members: ['clear', 'readText', 'writeText'],
    events: [],
  } satisfies Entry<Electron.Clipboard>,

  dialog: {
    members: ['showErrorBox', 'showMessageBox', 'showOpenDialog', 'showSaveDialog'],
    events: [],
  } satisfies Entry<Electron.Dialog>,

  Dock: {
    members: ['bounce', 'cancelBounce', 'getBadge', 'hide', 'setBadge', 'setIcon', 'setMenu', 'show'],
    events: [],
  } satisfies Entry<Electron.Dock>,

  globalShortcut: {
    members: ['isRegistered', 'register', 'setSuspended', 'unregister', 'unregisterAll'],
    events: [],
  } satisfies Entry<Electron.GlobalShortcut>,

  /** In the preload (`chromium/preload-world.ts`). */
  ipcRenderer: {
    members: ['postMessage', 'send'],
    events: [],
  } satisfies Entry<Electron.IpcRenderer>,

  ipcMain: {
    members: ['handle', 'removeHandler'],
    // Channels, which are ours.
    events: ['clientele:ports'],
  } satisfies Entry<Electron.IpcMain>,

  nativeTheme: {
    members: [
      'inForcedColorsMode',
      'prefersReducedTransparency',
      'shouldUseDarkColors',
      'shouldUseHighContrastColors',
      'themeSource',
    ],
    events: ['updated'],
  } satisfies Entry<Electron.NativeTheme>,

  net: {
    members: ['isOnline', 'request'],
    events: [],
  } satisfies Entry<Electron.Net>,

  powerMonitor: {
    members: ['getSystemIdleState', 'getSystemIdleTime', 'isOnBatteryPower', 'onBatteryPower'],
    events: [
      'lock-screen',
      'on-ac',
      'on-battery',
      'resume',
      'shutdown',
      'suspend',
      'unlock-screen',
      'user-did-become-active',
      'user-did-resign-active',
    ],
  } satisfies Entry<Electron.PowerMonitor>,

  protocol: {
    members: ['handle', 'isProtocolHandled', 'registerSchemesAsPrivileged', 'unhandle'],
    events: [],
  } satisfies Entry<Electron.Protocol>,

  safeStorage: {
    members: ['decryptStringAsync', 'encryptStringAsync', 'getSelectedStorageBackend', 'isAsyncEncryptionAvailable'],
    events: [],
  } satisfies Entry<Electron.SafeStorage>,

  screen: {
    members: [
      'getAllDisplays',
      'getCursorScreenPoint',
      'getDisplayMatching',
      'getDisplayNearestPoint',
      'getPrimaryDisplay',
    ],
    events: ['display-added', 'display-metrics-changed', 'display-removed'],
  } satisfies Entry<Electron.Screen>,

  shell: {
    members: ['beep', 'openExternal', 'showItemInFolder'],
    events: [],
  } satisfies Entry<Electron.Shell>,

  systemPreferences: {
    members: ['getAnimationSettings'],
    events: ['accent-color-changed'],
  } satisfies Entry<Electron.SystemPreferences>,

  Tray: {
    members: [
      'closeContextMenu',
      'destroy',
      'isDestroyed',
      'popUpContextMenu',
      'setContextMenu',
      'setImage',
      'setTitle',
      'setToolTip',
    ],
    events: ['click', 'double-click', 'right-click'],
  } satisfies Entry<Electron.Tray>,

  Notification: {
    members: ['body', 'close', 'groupId', 'id', 'show', 'silent', 'title'],
    events: ['action', 'click', 'close', 'failed', 'reply', 'show'],
  } satisfies Entry<Electron.Notification>,

  Menu: {
    members: ['append', 'closePopup', 'getMenuItemById', 'insert', 'items', 'popup'],
    events: ['menu-will-close', 'menu-will-show'],
  } satisfies Entry<Electron.Menu>,

  MenuItem: {
    members: [
      'accelerator',
      'checked',
      'click',
      'enabled',
      'id',
      'label',
      'role',
      'sublabel',
      'submenu',
      'toolTip',
      'type',
      'visible',
    ],
    events: [],
  } satisfies Entry<Electron.MenuItem>,

  MessagePortMain: {
    members: ['close', 'postMessage', 'start'],
    events: ['close', 'message'],
  } satisfies Entry<Electron.MessagePortMain>,

  NativeImage: {
    members: ['getSize', 'isEmpty', 'resize', 'setTemplateImage', 'toDataURL', 'toPNG', 'addRepresentation'],
    events: [],
  } satisfies Entry<Electron.NativeImage>,

  /** Static members, of the classes that the module exports. */
  statics: {
    BrowserWindow: ['fromWebContents', 'getAllWindows', 'getFocusedWindow'] satisfies Members<
      typeof Electron.BrowserWindow
    >,
    Menu: ['buildFromTemplate', 'getApplicationMenu', 'setApplicationMenu'] satisfies Members<typeof Electron.Menu>,
    Notification: ['isSupported', 'remove', 'removeAll', 'removeGroup'] satisfies Members<typeof Electron.Notification>,
    nativeImage: [
      'createEmpty',
      'createFromBuffer',
      'createFromDataURL',
      'createFromPath',
      'createFromNamedImage',
    ] satisfies Members<typeof Electron.nativeImage>,
    session: ['defaultSession', 'fromPartition'] satisfies Members<typeof Electron.session>,
    webContents: ['fromId', 'getAllWebContents', 'getFocusedWebContents'] satisfies Members<
      typeof Electron.webContents
    >,
    Tray: [] satisfies Members<typeof Electron.Tray>,
    MenuItem: [] satisfies Members<typeof Electron.MenuItem>,
  },
} as const
