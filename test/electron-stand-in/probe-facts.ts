import type { Rectangle } from 'electron'
import type { MenuFacts } from './stand-in-menu.ts'
import type { StandInWindow } from './stand-in-window.ts'

export interface TrayFacts {
  readonly toolTip: string
  readonly title: string
  readonly menu: readonly MenuFacts[]
}

export interface NotificationFacts {
  readonly id: string
  readonly groupId: string
  readonly title: string
  readonly body: string
  readonly silent: boolean
  readonly isClosed: boolean
}

export interface WindowFacts {
  readonly title: string
  readonly url: string
  readonly bounds: Rectangle
  readonly background: string
  readonly progress: number
  readonly shown: number
  readonly isVisible: boolean
  readonly isFocused: boolean
  readonly isMinimized: boolean
  readonly isMaximized: boolean
  readonly isFullScreen: boolean
  readonly isProtected: boolean
  readonly hasCrashed: boolean
  readonly webPreferences: object
  readonly commands: readonly string[]
}

export interface DesktopFacts {
  readonly badge: number
  readonly dockBadge: string
  readonly recents: readonly string[]
  readonly jumpList: unknown
  readonly protocols: readonly string[]
  readonly loginItem: { readonly openAtLogin?: boolean }
  /** Links handed to the system. */
  readonly opened: readonly string[]
  /** Files shown in their folder. */
  readonly shown: readonly string[]
  readonly saves: readonly unknown[]
  readonly clipboard: string
  readonly spellcheck: {
    readonly isOn: boolean
    readonly languages: readonly string[]
    readonly words: readonly string[]
  }
}

export function factsOf(window: StandInWindow): WindowFacts {
  const { webContents } = window
  return {
    title: window.getTitle(),
    url: webContents.url,
    bounds: window.getBounds(),
    background: window.background,
    progress: window.progress,
    shown: window.shown,
    isVisible: window.isVisible(),
    isFocused: window.isFocused(),
    isMinimized: window.isMinimized(),
    isMaximized: window.isMaximized(),
    isFullScreen: window.isFullScreen(),
    isProtected: window.isProtected,
    hasCrashed: webContents.hasCrashed,
    webPreferences: window.options.webPreferences ?? {},
    commands: webContents.commands,
  }
}

/** A place in the page where there is nothing. */
export function contextParams(frame: unknown): object {
  return {
    x: 10,
    y: 10,
    frame,
    linkURL: '',
    linkText: '',
    pageURL: 'app://clientele/',
    frameURL: '',
    srcURL: '',
    mediaType: 'none',
    hasImageContents: false,
    isEditable: false,
    selectionText: '',
    titleText: '',
    altText: '',
    misspelledWord: '',
    dictionarySuggestions: [],
    spellcheckEnabled: true,
    formControlType: 'none',
    editFlags: {
      canUndo: false,
      canRedo: false,
      canCut: false,
      canCopy: false,
      canPaste: false,
      canDelete: false,
      canSelectAll: true,
      canEditRichly: false,
    },
  }
}
