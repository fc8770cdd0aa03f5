/** What a press of keys says about the combination that is to work in every program. */
export type Captured =
  /** Only modifiers so far. */
  | { readonly kind: 'pending' }
  | { readonly kind: 'keys'; readonly accelerator: string }
  | { readonly kind: 'refused'; readonly why: KeysRefusal }

export type KeysRefusal = 'key' | 'modifiers' | 'character' | 'system' | 'ours'

export interface KeyPress {
  /** Where the key is, whatever the keyboard's language writes on it. */
  readonly code: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
}

const MODIFIER = /^(Control|Shift|Alt|Meta|OS)(Left|Right)?$|^(CapsLock|Fn|AltGraph)$/
const NAMED: Readonly<Record<string, string>> = {
  Space: 'Space',
  Comma: ',',
  Period: '.',
  Slash: '/',
  Semicolon: ';',
  Minus: '-',
  Equal: '=',
  Insert: 'Insert',
  Home: 'Home',
  End: 'End',
  PageUp: 'PageUp',
  PageDown: 'PageDown',
}

/** Taken by a desktop before any program hears of them, or by nearly every program. */
const SYSTEM: Readonly<Record<'mac' | 'other', readonly RegExp[]>> = {
  mac: [
    /^CmdOrCtrl\+Shift\+[3456]$/,
    /^CmdOrCtrl\+Control\+[FQ]$/,
    /^CmdOrCtrl\+Control\+Space$/,
    /^CmdOrCtrl\+Alt\+[DHM]$/,
    /^CmdOrCtrl\+Alt\+Space$/,
  ],
  other: [/^CmdOrCtrl\+Alt\+F\d+$/, /^Alt\+F[1-9]$/, /^CmdOrCtrl\+Shift\+[CTVNW]$/, /^CmdOrCtrl\+F4$/],
}

/**
 * Keys for quick search. They are taken from every other program, so a letter needs two modifiers, and what writes a
 * character somewhere is refused. `own` are the keys of our menus.
 */
export function captureKeys(press: KeyPress, isMac: boolean, own: readonly string[]): Captured {
  if (MODIFIER.test(press.code)) return { kind: 'pending' }
  const key = keyOf(press.code)
  if (key === null) return { kind: 'refused', why: 'key' }
  // The Windows key, or Super, is the desktop's own.
  if (!isMac && press.metaKey) return { kind: 'refused', why: 'system' }
  const modifiers = [
    (isMac ? press.metaKey : press.ctrlKey) && 'CmdOrCtrl',
    isMac && press.ctrlKey && 'Control',
    press.altKey && 'Alt',
    press.shiftKey && 'Shift',
  ].filter((part) => part !== false)
  const isFunctionKey = /^F\d+$/.test(key)
  const strong = modifiers.filter((part) => part !== 'Shift').length
  if (strong === 0 || (!isFunctionKey && modifiers.length < 2)) return { kind: 'refused', why: 'modifiers' }
  const accelerator = [...modifiers, key].join('+')
  if (SYSTEM[isMac ? 'mac' : 'other'].some((pattern) => pattern.test(accelerator))) {
    return { kind: 'refused', why: 'system' }
  }
  if (own.includes(accelerator)) return { kind: 'refused', why: 'ours' }
  // AltGr is Ctrl and Alt: on many keyboards these keys write @, € or a bracket. Option does so on a Mac.
  const writes = isMac
    ? press.altKey && !press.metaKey && !press.ctrlKey
    : press.ctrlKey && press.altKey && key !== 'Space'
  if (writes && key.length === 1) return { kind: 'refused', why: 'character' }
  return { kind: 'keys', accelerator }
}

function keyOf(code: string): string | null {
  const letter =
    /^Key([A-Z])$/.exec(code)?.[1] ?? /^Digit(\d)$/.exec(code)?.[1] ?? /^(F([1-9]|1\d|2[0-4]))$/.exec(code)?.[1]
  return letter ?? NAMED[code] ?? null
}

/** The parts of an accelerator as keys are written on this machine. */
export function shownKeys(accelerator: string, isMac: boolean): readonly string[] {
  const mac: Readonly<Record<string, string>> = { CmdOrCtrl: '⌘', Control: '⌃', Alt: '⌥', Shift: '⇧' }
  const other: Readonly<Record<string, string>> = { CmdOrCtrl: 'Ctrl' }
  return accelerator.split('+').map((part) => (isMac ? mac : other)[part] ?? part)
}

export function keysRefusalText(why: KeysRefusal, isMac: boolean): string {
  switch (why) {
    case 'key':
      return isMac
        ? 'This key cannot be used. Take a letter, a digit, Space or a function key, with Command, Option or Shift.'
        : 'This key cannot be used. Take a letter, a digit, Space or a function key, with Ctrl, Alt or Shift.'
    case 'modifiers':
      return isMac
        ? 'Other programs need these keys. Hold two of Command, Control, Option and Shift.'
        : 'Other programs need these keys. Hold two of Ctrl, Alt and Shift.'
    case 'character':
      return 'On many keyboards these keys write a character, such as @ or €. Add Shift or take others.'
    case 'system':
      return 'The system, or nearly every program, has these keys already. Take others.'
    case 'ours':
      return 'A menu of Clientele has these keys already. Take others.'
  }
}
