import type { MenuItemConstructorOptions } from 'electron'
import { describe, expect, it } from 'vitest'
import { acceleratorFor } from '../../../../electron/host/electron/desktop/menu-accelerators.ts'
import { type MenuDeps, menuTemplate } from '../../../../electron/host/electron/desktop/menu-template.ts'
import type { MenuLine } from '../../../../shared/model/desktop.ts'

type Item = MenuItemConstructorOptions

const line = (more: Partial<MenuLine>): MenuLine => ({
  menu: 'file',
  actionId: 'new-client',
  label: 'New client',
  accelerator: null,
  enabled: true,
  checked: null,
  startsGroup: false,
  ...more,
})
const LINES: readonly MenuLine[] = [
  line({ accelerator: 'CmdOrCtrl+N' }),
  line({ actionId: 'export-list', label: 'Export the list', startsGroup: true }),
  line({ actionId: 'go-settings', label: 'Settings…', accelerator: 'CmdOrCtrl+,' }),
  line({ menu: 'edit', actionId: 'undo', label: 'Undo the last edit' }),
  line({
    menu: 'view',
    actionId: 'work-offline',
    label: 'Work offline',
    checked: true,
    accelerator: 'CmdOrCtrl+Shift+O',
  }),
  line({ menu: 'go', actionId: 'go-clients', label: 'Clients', accelerator: 'CmdOrCtrl+1' }),
  line({ menu: 'client', actionId: 'edit-client', label: 'Edit', enabled: false }),
  line({ menu: 'help', actionId: 'keys', label: 'All keys' }),
]

function build(platform: string, more: Partial<MenuDeps> = {}): Item[] {
  return menuTemplate({
    platform,
    isPackaged: true,
    lines: LINES,
    recent: [],
    choose: () => undefined,
    openClient: () => undefined,
    clearRecent: () => undefined,
    ...more,
  })
}
const itemsOf = (items: readonly Item[], name: string): Item[] => {
  const found = items.find((each) => each.label?.replace('&', '') === name || each.role === name)
  return Array.isArray(found?.submenu) ? found.submenu : []
}
const names = (items: readonly Item[]): string[] =>
  items.map((each) => each.label ?? each.role ?? (each.type === 'separator' ? '-' : '?'))
const all = (items: readonly Item[]): Item[] =>
  items.flatMap((each) => [each, ...(Array.isArray(each.submenu) ? all(each.submenu) : [])])

describe('the menu bar', () => {
  it('has its menus in the order of the system', () => {
    expect(names(build('darwin'))).toEqual(['appMenu', 'File', 'Edit', 'View', 'Go', 'Client', 'windowMenu', 'help'])
    expect(names(build('win32'))).toEqual(['&File', '&Edit', '&View', '&Go', '&Client', 'windowMenu', '&Help'])
    expect(names(build('linux'))).toEqual(names(build('win32')))
  })

  it('has Settings and Quit where each system has them', () => {
    const mac = build('darwin')
    expect(names(itemsOf(mac, 'appMenu'))).toEqual([
      'about',
      '-',
      'Settings…',
      '-',
      'services',
      '-',
      'hide',
      'hideOthers',
      'unhide',
      '-',
      'quit',
    ])
    expect(itemsOf(mac, 'appMenu')[2]).toMatchObject({ accelerator: 'CmdOrCtrl+,' })
    expect(names(itemsOf(mac, 'File'))).toEqual(['New client', '-', 'Export the list', '-', 'close'])
    expect(names(itemsOf(build('win32'), 'File'))).toEqual([
      'New client',
      '-',
      'Export the list',
      '-',
      'Settings…',
      '-',
      'quit',
    ])
    const linux = build('linux')
    expect(names(itemsOf(linux, 'File'))).not.toContain('Settings…')
    expect(names(itemsOf(linux, 'Edit')).slice(-2)).toEqual(['-', 'Settings…'])
    expect(all(mac).filter((each) => each.id === 'go-settings')).toHaveLength(1)
    expect(all(linux).filter((each) => each.id === 'go-settings')).toHaveLength(1)
  })

  it.each(['darwin', 'win32', 'linux'])('has what text needs on %s, before the page has said a word', (platform) => {
    const bare = build(platform, { lines: [] })
    const roles = all(bare).map((each) => each.role)
    for (const role of ['undo', 'redo', 'cut', 'copy', 'paste', 'selectAll', 'quit', 'togglefullscreen', 'about'])
      expect(roles, role).toContain(role)
    // An empty menu and a line that separates nothing are mistakes.
    for (const each of all(bare)) {
      if (each.role === 'help' || !Array.isArray(each.submenu)) continue
      const inside = names(each.submenu)
      expect(inside.length, each.label).toBeGreaterThan(0)
      expect([inside[0], inside.at(-1)]).not.toContain('-')
      expect(inside.join(' ')).not.toContain('- -')
    }
    expect(names(bare).join(' ')).not.toMatch(/Go|Client/)
  })

  it('reloads and opens the tools of developers only from a checkout', () => {
    const roles = (isPackaged: boolean): unknown[] => all(build('linux', { isPackaged })).map((each) => each.role)
    expect(roles(true)).not.toContain('reload')
    expect(roles(true)).not.toContain('toggleDevTools')
    expect(roles(false)).toContain('toggleDevTools')
    expect([...roles(true), ...roles(false)]).not.toContain('forceReload')
  })

  it('says what was chosen, and whether by keys', () => {
    const chosen: unknown[] = []
    const items = all(build('darwin', { choose: (actionId, byKeys) => chosen.push([actionId, byKeys]) }))
    const item = items.find((each) => each.id === 'new-client')
    // The item itself is not read.
    const self = {} as Parameters<NonNullable<Item['click']>>[0]
    item?.click?.(self, undefined, { triggeredByAccelerator: true })
    item?.click?.(self, undefined, {})
    expect(chosen).toEqual([
      ['new-client', true],
      ['new-client', false],
    ])
  })

  it('shows keys and registers none; ticks what is on; greys what cannot be done', () => {
    const items = all(build('win32'))
    const of = (id: string): Item | undefined => items.find((each) => each.id === id)
    expect(of('new-client')).toMatchObject({ accelerator: 'CmdOrCtrl+N', registerAccelerator: false })
    expect(items.filter((each) => each.accelerator !== undefined && each.registerAccelerator !== false)).toEqual([])
    expect(of('work-offline')).toMatchObject({ type: 'checkbox', checked: true })
    expect(of('edit-client')).toMatchObject({ enabled: false })
  })

  it('lists recent clients by their names, whatever those are', () => {
    const recent = [{ clientId: 'cli_1', name: 'Ann & Söhne\n\tLtd' }]
    const opened: string[] = []
    const items = all(build('win32', { recent, openClient: (id) => opened.push(id) }))
    const item = items.find((each) => each.label === 'Ann && Söhne Ltd')
    item?.click?.({} as Parameters<NonNullable<Item['click']>>[0], undefined, {})
    expect(opened).toEqual(['cli_1'])
    expect(all(build('darwin', { recent })).map((each) => each.label)).toContain('Ann & Söhne Ltd')
  })
})

describe('keys beside a line', () => {
  it.each([
    ['CmdOrCtrl+Shift+O', 'linux', 'CmdOrCtrl+Shift+O'],
    ['CmdOrCtrl+Shift+O', 'darwin', 'CmdOrCtrl+Shift+O'],
    // On macOS shown is registered: a bare key would be lost to text fields, one of a role to that role.
    ['E', 'darwin', null],
    ['Delete', 'darwin', null],
    ['Delete', 'win32', 'Delete'],
    ['CmdOrCtrl+Z', 'darwin', null],
    ['CmdOrCtrl+C', 'linux', null],
    // No accelerator of Electron's: it would throw.
    ['G C', 'linux', null],
    ['CmdOrCtrl+', 'linux', null],
    ['', 'linux', null],
    ['CmdOrCtrl+Bogus', 'linux', null],
  ])('%j on %s is %j', (keys, platform, shown) => {
    expect(acceleratorFor(keys, platform)).toBe(shown)
  })
})
