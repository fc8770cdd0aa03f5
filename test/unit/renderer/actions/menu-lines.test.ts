import { describe, expect, it } from 'vitest'
import type { ActionContext } from '../../../../renderer/actions/action.ts'
import { isPressOf, menuLines } from '../../../../renderer/actions/menu-lines.ts'
import { ACTIONS } from '../../../../renderer/actions/registry.ts'
import type { Counts } from '../../../../renderer/store/store-contract.ts'
import { clientIdSchema } from '../../../../shared/ids.ts'
import { menuLineSchema } from '../../../../shared/model/desktop.ts'

/** Labels and states look; only `run` acts, and no test here runs anything. */
const nobody = new Proxy({}, { get: () => expect.unreachable('a menu line looks at nothing outside its context') })

const COUNTS: Counts = {
  clients: 3,
  edits: 4,
  needsAttention: 0,
  unknownOutcome: 0,
  conflicts: 1,
  heldRemovals: 0,
  bySource: {},
  testimonials: 0,
  oldestEditAt: null,
  storage: 'ok',
  held: 1,
  unjournaled: 0,
  tray: 0,
  notices: 0,
}

function context(over: Partial<ActionContext> = {}): ActionContext {
  return {
    // The proxy throws whatever is read of it.
    host: nobody as ActionContext['host'],
    store: nobody as ActionContext['store'],
    route: { place: 'clients', clientId: null },
    clientName: null,
    counts: null,
    network: { online: true, workOffline: false },
    sourceCount: 1,
    encrypted: false,
    ...over,
  }
}

const lineOf = (id: string, over: Partial<ActionContext> = {}) => {
  const line = menuLines(ACTIONS, context(over)).find((each) => each.actionId === id)
  if (line === undefined) throw new Error(`no line of ${id}`)
  return line
}

/** Keys of the roles that the host adds (Electron's menu-item-roles), on any of the three systems. */
const ROLE_KEYS = [
  'CmdOrCtrl+Z',
  'Shift+CmdOrCtrl+Z',
  'CmdOrCtrl+Y',
  'CmdOrCtrl+X',
  'CmdOrCtrl+C',
  'CmdOrCtrl+V',
  'CmdOrCtrl+Shift+V',
  'CmdOrCtrl+Alt+Shift+V',
  'CmdOrCtrl+A',
  'CmdOrCtrl+R',
  'Shift+CmdOrCtrl+R',
  'CmdOrCtrl+Alt+I',
  'CmdOrCtrl+Shift+I',
  'CmdOrCtrl+0',
  'CmdOrCtrl+Plus',
  'CmdOrCtrl+-',
  'CmdOrCtrl+Ctrl+F',
  'CmdOrCtrl+M',
  'CmdOrCtrl+W',
  'CmdOrCtrl+H',
  'CmdOrCtrl+Alt+H',
  'CmdOrCtrl+Q',
]

/** Modifiers and one key, as Electron's accelerators are written; modifiers in one order, for comparing. */
function parseAccelerator(text: string): string {
  const parts = text.split('+')
  const key = parts.pop() ?? ''
  expect(key).toMatch(/^([A-Z0-9]|[,./;'[\]\\`=-]|F([1-9]|1\d|2[0-4])|Plus|Space|Tab|Backspace|Delete|Insert|Return)$/)
  for (const part of parts) expect(['CmdOrCtrl', 'Shift', 'Alt', 'Ctrl']).toContain(part)
  expect(new Set(parts).size).toBe(parts.length)
  return [...parts.sort(), key].join('+')
}

describe('the menus of the system', () => {
  it('hold every action once, or it says why not', () => {
    const lines = menuLines(ACTIONS, context())
    for (const action of ACTIONS) {
      const own = lines.filter((line) => line.actionId === action.id)
      if ('none' in action.menu) {
        expect(action.menu.none.length, action.id).toBeGreaterThan(20)
        expect(own).toEqual([])
      } else {
        expect(own, action.id).toHaveLength(1)
      }
    }
    expect(new Set(ACTIONS.map((action) => action.id)).size).toBe(ACTIONS.length)
    expect(lines.length).toBeGreaterThan(20)
  })

  it('are what the border takes, and no two lines of a menu ask for the same place', () => {
    for (const line of menuLines(ACTIONS, context({ counts: COUNTS, clientName: 'x'.repeat(500) })))
      expect(menuLineSchema.parse(line)).toEqual(line)
    const places = ACTIONS.flatMap(({ menu }) => ('none' in menu ? [] : [`${menu.in} ${menu.at}`]))
    expect(new Set(places).size).toBe(places.length)
  })

  it('show keys that Electron reads, each once, and none of a role', () => {
    const keys = menuLines(ACTIONS, context()).flatMap(({ accelerator }) => accelerator ?? [])
    expect(keys).toContain('CmdOrCtrl+N')
    expect(keys).toContain('CmdOrCtrl+Shift+O')
    const parsed = keys.map(parseAccelerator)
    expect(new Set(parsed).size).toBe(parsed.length)
    const roles = new Set(ROLE_KEYS.map(parseAccelerator))
    expect(parsed.filter((each) => roles.has(each))).toEqual([])
  })

  it('never show a key without Ctrl or Cmd: it would be taken from text fields', () => {
    for (const { accelerator } of menuLines(ACTIONS, context()))
      if (accelerator !== null) expect(accelerator).toMatch(/^CmdOrCtrl\+/)
    expect(lineOf('edit-client').accelerator).toBeNull()
  })

  it('show keys that really run the action', () => {
    for (const action of ACTIONS) {
      if ('none' in action.menu || action.menu.press === undefined) continue
      expect(isPressOf(action, action.menu.press, true), action.id).toBe(true)
      expect(isPressOf(action, action.menu.press, false), action.id).toBe(false)
    }
    const presses = ACTIONS.flatMap(({ shortcuts, menu }) => [
      ...shortcuts,
      ...('none' in menu || menu.press === undefined ? [] : [menu.press]),
    ])
    expect(new Set(presses).size).toBe(presses.length)
  })

  it('follow what is open and what waits', () => {
    expect(lineOf('edit-client').enabled).toBe(false)
    const clientId = clientIdSchema.parse('cli_0000000000000001')
    const open = { route: { place: 'clients', clientId } as const, clientName: 'Zoë' }
    expect(lineOf('edit-client', open)).toMatchObject({ enabled: true, label: 'Edit client', checked: null })
    expect(lineOf('sync-all', { sourceCount: 0 }).enabled).toBe(false)
    expect(lineOf('send-edits').enabled).toBe(false)
    expect(lineOf('send-edits', { counts: COUNTS })).toMatchObject({ enabled: true, label: 'Send waiting edits now' })
    expect(lineOf('work-offline')).toMatchObject({ checked: false, label: 'Work offline' })
    expect(lineOf('work-offline', { network: { online: true, workOffline: true } })).toMatchObject({
      checked: true,
      label: 'Work offline',
    })
  })

  it('draw lines between groups, never above a menu’s first line', () => {
    const lines = menuLines(ACTIONS, context())
    const firsts = lines.filter((line, index) => lines[index - 1]?.menu !== line.menu)
    expect(firsts.map((line) => line.startsGroup)).toEqual(firsts.map(() => false))
    const file = lines.filter((line) => line.menu === 'file')
    expect(file[0]?.actionId).toBe('new-client')
    expect(file.filter((line) => line.startsGroup).length).toBeGreaterThanOrEqual(2)
  })
})
