import { EventEmitter } from 'node:events'
import type {
  Clipboard,
  Dialog,
  Display,
  GlobalShortcut,
  MessageBoxOptions,
  NativeTheme,
  PowerMonitor,
  Rectangle,
  Screen,
  Shell,
  SystemPreferences,
} from 'electron'
import type { SUPPORTED } from './supported.ts'

/** The members that the table names, as Electron declares them. */
type Declared<T, Name extends keyof typeof SUPPORTED> = Name extends 'statics'
  ? never
  : Pick<T, Extract<keyof T, (typeof SUPPORTED)[Exclude<Name, 'statics'>]['members'][number]>>

/** What the system says of itself, a test may change. */
type Mutable<T> = { -readonly [K in keyof T]: T[K] }

/** What the system under the app does and shows, with the answers that a test wants it to give. */
export interface StandInMachine {
  readonly opened: string[]
  readonly shown: string[]
  readonly errors: string[]
  readonly messages: MessageBoxOptions[]
  /** Which button the user presses in the next boxes; without, the one that cancels, else the first. */
  readonly answers: number[]
  readonly saves: unknown[]
  /** Where the user saves next; null: the dialog is cancelled. */
  saveTo: string | null
  openFrom: readonly string[]
  clipboardText: string
  readonly shortcuts: Map<string, () => void>
  /** Keys that another program has taken. */
  readonly takenKeys: Set<string>
  isOnline: boolean
  hasNotifications: boolean
  idleSeconds: number
  displays: Display[]
  readonly clipboard: Declared<Clipboard, 'clipboard'>
  readonly dialog: Declared<Dialog, 'dialog'>
  readonly globalShortcut: Declared<GlobalShortcut, 'globalShortcut'>
  readonly nativeTheme: EventEmitter & Mutable<Declared<NativeTheme, 'nativeTheme'>>
  readonly powerMonitor: EventEmitter & Declared<PowerMonitor, 'powerMonitor'>
  readonly screen: EventEmitter & Declared<Screen, 'screen'>
  readonly shell: Declared<Shell, 'shell'>
  readonly systemPreferences: Declared<SystemPreferences, 'systemPreferences'>
}

export function createStandInMachine(): StandInMachine {
  const nativeTheme = Object.assign(new EventEmitter(), {
    shouldUseDarkColors: true,
    shouldUseHighContrastColors: false,
    inForcedColorsMode: false,
    prefersReducedTransparency: false,
    themeSource: 'system' as const,
  })
  const machine: StandInMachine = {
    opened: [],
    shown: [],
    errors: [],
    messages: [],
    answers: [],
    saves: [],
    saveTo: null,
    openFrom: [],
    clipboardText: '',
    shortcuts: new Map(),
    takenKeys: new Set(),
    isOnline: true,
    hasNotifications: true,
    idleSeconds: 0,
    displays: [displayAt(1, { x: 0, y: 0, width: 1920, height: 1080 })],
    nativeTheme,
    clipboard: {
      writeText: async (text: string) => {
        machine.clipboardText = text
      },
      readText: async () => machine.clipboardText,
      clear: async () => {
        machine.clipboardText = ''
      },
    },
    dialog: {
      showErrorBox: (_title: string, text: string) => {
        machine.errors.push(text)
      },
      showMessageBox: async (...args: readonly unknown[]) => {
        // The window is optional and comes first.
        const options = args.at(-1) as MessageBoxOptions
        machine.messages.push(options)
        const response = machine.answers.shift() ?? options.cancelId ?? 0
        return { response, checkboxChecked: false }
      },
      showSaveDialog: async (...args: readonly unknown[]) => {
        machine.saves.push(args.at(-1))
        return { canceled: machine.saveTo === null, filePath: machine.saveTo ?? '' }
      },
      showOpenDialog: async () => ({ canceled: machine.openFrom.length === 0, filePaths: [...machine.openFrom] }),
    },
    globalShortcut: {
      register: (keys: string, run: () => void) => {
        if (machine.takenKeys.has(keys) || machine.shortcuts.has(keys)) return false
        machine.shortcuts.set(keys, run)
        return true
      },
      unregister: (keys: string) => {
        machine.shortcuts.delete(keys)
      },
      unregisterAll: () => machine.shortcuts.clear(),
      isRegistered: (keys: string) => machine.shortcuts.has(keys),
      setSuspended: () => undefined,
    },
    powerMonitor: Object.assign(new EventEmitter(), {
      getSystemIdleTime: () => machine.idleSeconds,
      getSystemIdleState: (threshold: number) => (machine.idleSeconds >= threshold ? 'idle' : 'active'),
      isOnBatteryPower: () => false,
      onBatteryPower: false,
    }),
    screen: Object.assign(new EventEmitter(), {
      getAllDisplays: () => machine.displays,
      getPrimaryDisplay: () => primary(machine.displays),
      getDisplayMatching: (bounds: Rectangle) => nearest(machine.displays, bounds),
      getDisplayNearestPoint: (point: { x: number; y: number }) =>
        nearest(machine.displays, { ...point, width: 0, height: 0 }),
      getCursorScreenPoint: () => ({ x: 0, y: 0 }),
    }),
    shell: {
      openExternal: async (url: string) => {
        machine.opened.push(url)
      },
      showItemInFolder: (path: string) => {
        machine.shown.push(path)
      },
      beep: () => undefined,
    },
    systemPreferences: {
      getAnimationSettings: () => ({
        shouldRenderRichAnimation: true,
        scrollAnimationsEnabledBySystem: true,
        prefersReducedMotion: false,
      }),
    },
  }
  return machine
}

/** A display with the size that it shows; the rest of what Electron says of one is never asked for. */
export function displayAt(id: number, bounds: Rectangle): Display {
  return {
    id,
    bounds,
    workArea: bounds,
    scaleFactor: 1,
    rotation: 0,
    internal: true,
    label: `Display ${id}`,
  } as Display
}

/** The first of the list, as a test gives it. */
function primary([first]: readonly Display[]): Display {
  if (first === undefined) throw new Error('The machine of this test has no display')
  return first
}

function nearest(displays: readonly Display[], { x, y, width, height }: Rectangle): Display {
  const centre = { x: x + width / 2, y: y + height / 2 }
  const distance = ({ bounds }: Display): number =>
    Math.hypot(bounds.x + bounds.width / 2 - centre.x, bounds.y + bounds.height / 2 - centre.y)
  const [found] = [...displays].sort((a, b) => distance(a) - distance(b))
  if (found === undefined) throw new Error('The machine of this test has no display')
  return found
}
