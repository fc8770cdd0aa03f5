import type { MenuItemConstructorOptions } from 'electron'
import type { MenuLine, MenuName } from '../../../../shared/model/desktop.ts'
import { acceleratorFor, SETTINGS_KEYS } from './menu-accelerators.ts'

type Item = MenuItemConstructorOptions

export interface MenuDeps {
  readonly platform: string
  readonly isPackaged: boolean
  /** As the page said them; none before it has spoken. */
  readonly lines: readonly MenuLine[]
  readonly recent: readonly { readonly clientId: string; readonly name: string }[]
  readonly choose: (actionId: string, byKeys: boolean) => void
  readonly openClient: (clientId: string) => void
  readonly clearRecent: () => void
}

const LINE: Item = { type: 'separator' }

/**
 * The menu bar: our lines among the system's own roles, where each system has them. The roles of Edit are what makes
 * copy and paste work on macOS, so they are there before the page has said a word.
 */
export function menuTemplate(deps: MenuDeps): Item[] {
  const isMac = deps.platform === 'darwin'
  const isSettings = (line: MenuLine): boolean => line.accelerator === SETTINGS_KEYS
  const settings = deps.lines.filter(isSettings).map((line) => item(line, deps))
  const of = (menu: MenuName): Item[] =>
    itemsOf(
      deps.lines.filter((line) => line.menu === menu && !isSettings(line)),
      deps,
    )

  const app: Item = {
    role: 'appMenu',
    submenu: [
      { role: 'about' },
      ...group(settings),
      LINE,
      { role: 'services' },
      LINE,
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      LINE,
      { role: 'quit' },
    ],
  }
  const file = [
    ...of('file'),
    ...group(recentItems(deps)),
    ...(deps.platform === 'win32' ? group(settings) : []),
    LINE,
    isMac ? ({ role: 'close' } as const) : ({ role: 'quit' } as const),
  ]
  const edit: Item[] = [
    { role: 'undo' },
    { role: 'redo' },
    LINE,
    { role: 'cut' },
    { role: 'copy' },
    { role: 'paste' },
    { role: 'pasteAndMatchStyle' },
    { role: 'selectAll' },
    ...group(of('edit')),
    ...(isMac || deps.platform === 'win32' ? [] : group(settings)),
  ]
  const view: Item[] = [
    ...of('view'),
    ...group([{ role: 'resetZoom' }, { role: 'zoomIn' }, { role: 'zoomOut' }]),
    LINE,
    { role: 'togglefullscreen' },
    ...(deps.isPackaged ? [] : [LINE, { role: 'reload' as const }, { role: 'toggleDevTools' as const }]),
  ]
  const help: Item[] = isMac ? of('help') : [...of('help'), ...group([{ role: 'about' }])]

  return [
    ...(isMac ? [app] : []),
    { label: isMac ? 'File' : '&File', submenu: tidy(file) },
    { label: isMac ? 'Edit' : '&Edit', submenu: tidy(edit) },
    { label: isMac ? 'View' : '&View', submenu: tidy(view) },
    ...menu(isMac ? 'Go' : '&Go', of('go')),
    ...menu(isMac ? 'Client' : '&Client', of('client')),
    { role: 'windowMenu' },
    ...(isMac ? [{ role: 'help' as const, submenu: help }] : menu('&Help', help)),
  ]
}

/** A menu without a line is none. */
function menu(label: string, items: Item[]): Item[] {
  const submenu = tidy(items)
  return submenu.length === 0 ? [] : [{ label, submenu }]
}

function group(items: Item[]): Item[] {
  return items.length === 0 ? [] : [LINE, ...items]
}

function itemsOf(lines: readonly MenuLine[], deps: MenuDeps): Item[] {
  return lines.flatMap((line) => [...(line.startsGroup ? [LINE] : []), item(line, deps)])
}

function item(line: MenuLine, deps: MenuDeps): Item {
  const accelerator = acceleratorFor(line.accelerator, deps.platform)
  return {
    id: line.actionId,
    label: plainLabel(line.label, deps.platform),
    enabled: line.enabled,
    ...(line.checked === null ? {} : { type: 'checkbox' as const, checked: line.checked }),
    // Shown, not registered: the page hears the keys itself. macOS registers all the same, see `choose`.
    ...(accelerator === null ? {} : { accelerator, registerAccelerator: false }),
    click: (_item, _window, event) => deps.choose(line.actionId, event.triggeredByAccelerator === true),
  }
}

function recentItems(deps: MenuDeps): Item[] {
  if (deps.recent.length === 0) return []
  return [
    {
      label: 'Open recent',
      submenu: [
        ...deps.recent.map(({ clientId, name }) => ({
          label: plainLabel(name, deps.platform),
          click: () => deps.openClient(clientId),
        })),
        LINE,
        { label: 'Clear this list', click: deps.clearRecent },
      ],
    },
  ]
}

/** No line before the first item, after the last, or beside another. */
function tidy(items: readonly Item[]): Item[] {
  const kept: Item[] = []
  for (const each of items) if (each.type !== 'separator' || kept.at(-1)?.type !== 'separator') kept.push(each)
  if (kept[0]?.type === 'separator') kept.shift()
  if (kept.at(-1)?.type === 'separator') kept.pop()
  return kept
}

/** `&` marks a letter of a menu on Windows and Linux; in a name it is one, and is written twice. */
export function plainLabel(text: string, platform: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return platform === 'darwin' ? line : line.replaceAll('&', '&&')
}
