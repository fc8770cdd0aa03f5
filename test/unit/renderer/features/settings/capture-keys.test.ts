import { describe, expect, it } from 'vitest'
import {
  captureKeys,
  type KeyPress,
  type KeysRefusal,
  keysRefusalText,
  shownKeys,
} from '../../../../../renderer/features/settings/capture-keys.ts'
import { settingsChangeSchema } from '../../../../../shared/model/settings.ts'

const press = (keys: string): KeyPress => {
  const parts = keys.split(' ')
  return {
    code: parts.at(-1) ?? '',
    ctrlKey: parts.includes('ctrl'),
    metaKey: parts.includes('meta'),
    altKey: parts.includes('alt'),
    shiftKey: parts.includes('shift'),
  }
}
const on = (keys: string, isMac = false): string => {
  const captured = captureKeys(press(keys), isMac, ['CmdOrCtrl+Shift+O'])
  return captured.kind === 'keys' ? captured.accelerator : captured.kind === 'refused' ? captured.why : 'pending'
}

describe('keys of quick search', () => {
  it('wait while only modifiers are held', () => {
    for (const code of ['ShiftLeft', 'ControlRight', 'AltLeft', 'MetaLeft', 'AltGraph'])
      expect(on(`ctrl ${code}`)).toBe('pending')
  })

  it('are taken with two modifiers, or a function key with one', () => {
    expect(on('ctrl shift Space')).toBe('CmdOrCtrl+Shift+Space')
    expect(on('alt shift KeyK')).toBe('Alt+Shift+K')
    expect(on('ctrl F9')).toBe('CmdOrCtrl+F9')
    expect(on('meta shift Digit7', true)).toBe('CmdOrCtrl+Shift+7')
    expect(on('ctrl alt Space', true)).toBe('Control+Alt+Space')
  })

  it('are refused where other programs would lose what they need', () => {
    expect(on('KeyK')).toBe('modifiers')
    expect(on('shift KeyK')).toBe('modifiers')
    expect(on('shift F9')).toBe('modifiers')
    expect(on('ctrl KeyC')).toBe('modifiers')
    expect(on('ctrl alt KeyQ')).toBe('character')
    expect(on('alt shift KeyQ', true)).toBe('character')
    expect(on('meta KeyD')).toBe('system')
    expect(on('meta shift Digit4', true)).toBe('system')
    expect(on('alt F4')).toBe('system')
    expect(on('ctrl shift KeyO')).toBe('ours')
    expect(on('ctrl shift ArrowUp')).toBe('key')
    expect(on('ctrl shift Escape')).toBe('key')
  })

  it('fit into the settings, and are written as the machine writes them', () => {
    for (const keys of ['ctrl shift Space', 'ctrl alt shift F24', 'alt shift PageDown'])
      expect(settingsChangeSchema.safeParse({ quickSearchKeys: on(keys) }).success).toBe(true)
    expect(shownKeys('CmdOrCtrl+Shift+Space', false)).toEqual(['Ctrl', 'Shift', 'Space'])
    expect(shownKeys('CmdOrCtrl+Alt+K', true)).toEqual(['⌘', '⌥', 'K'])
  })

  it('say why they are refused, in words of the machine', () => {
    const whys: readonly KeysRefusal[] = ['key', 'modifiers', 'character', 'system', 'ours']
    for (const why of whys) {
      expect(keysRefusalText(why, false)).toMatch(/\.$/)
      expect(keysRefusalText(why, false)).not.toMatch(/Command|Option/)
      expect(keysRefusalText(why, true)).not.toMatch(/Ctrl/)
    }
  })
})
