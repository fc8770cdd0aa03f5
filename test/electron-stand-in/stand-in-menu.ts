import { EventEmitter } from 'node:events'
import type { MenuItemConstructorOptions } from 'electron'
import { unguarded } from './refusals.ts'

/** A line of a menu with what it says and does. */
export class StandInMenuItem {
  readonly id: string
  readonly label: string
  readonly sublabel: string
  readonly toolTip: string
  readonly type: string
  readonly role: string | undefined
  readonly accelerator: string | undefined
  readonly submenu: StandInMenu | undefined
  readonly onClick: MenuItemConstructorOptions['click']
  enabled: boolean
  visible: boolean
  checked: boolean

  constructor(options: MenuItemConstructorOptions) {
    this.id = options.id ?? ''
    this.role = options.role
    this.label = options.label ?? options.role ?? ''
    this.sublabel = options.sublabel ?? ''
    this.toolTip = options.toolTip ?? ''
    this.type = options.type ?? (options.submenu === undefined ? 'normal' : 'submenu')
    this.accelerator = options.accelerator
    this.enabled = options.enabled ?? true
    this.visible = options.visible ?? true
    this.checked = options.checked ?? false
    this.onClick = options.click
    const { submenu } = options
    // A menu that was built already is taken as it is.
    this.submenu = Array.isArray(submenu)
      ? StandInMenu.buildFromTemplate(submenu)
      : unguarded(submenu as unknown as StandInMenu | undefined)
  }

  /** As the user's click on it; in Electron a line that is grey cannot be clicked. */
  choose(window: unknown): void {
    if (!this.enabled || !this.visible) throw new Error(`The menu line "${this.label}" cannot be chosen`)
    if (this.type === 'checkbox') this.checked = !this.checked
    if (this.type === 'radio') this.checked = true
    // The item, the window and the event, as Electron's own types of them say.
    Reflect.apply(this.onClick ?? ((): void => undefined), undefined, [this, window, { triggeredByAccelerator: false }])
  }
}

export class StandInMenu extends EventEmitter {
  readonly items: StandInMenuItem[] = []
  /** Where it was opened as a context menu. */
  readonly popups: unknown[] = []

  static buildFromTemplate(template: readonly (MenuItemConstructorOptions | StandInMenuItem)[]): StandInMenu {
    const menu = new StandInMenu()
    for (const line of template) {
      const item = unguarded(line)
      menu.append(item instanceof StandInMenuItem ? item : new StandInMenuItem(item))
    }
    return menu
  }

  append(item: StandInMenuItem): void {
    this.items.push(unguarded(item))
  }
  insert(at: number, item: StandInMenuItem): void {
    this.items.splice(at, 0, unguarded(item))
  }
  popup(options: unknown = {}): void {
    this.popups.push(options)
    lastPopup = this
    this.emit('menu-will-show')
  }
  closePopup(): void {
    this.emit('menu-will-close')
  }
  getMenuItemById(id: string): StandInMenuItem | null {
    for (const item of this.items) {
      if (item.id === id) return item
      const inside = item.submenu?.getMenuItemById(id)
      if (inside !== undefined && inside !== null) return inside
    }
    return null
  }

  /** By labels from the top, `['File', 'New client']`; an id will do for any. */
  find(path: readonly string[]): StandInMenuItem {
    const [first, ...rest] = path
    const found = this.items.find(({ label, id, role }) => first === label || first === id || first === role)
    if (found === undefined) {
      throw new Error(`There is no menu line "${first}" among: ${this.items.map(({ label }) => label).join(', ')}`)
    }
    if (rest.length === 0) return found
    if (found.submenu === undefined) throw new Error(`The menu line "${first}" has no menu of its own`)
    return found.submenu.find(rest)
  }

  /** Plain values, for a test in another process. */
  describe(): MenuFacts[] {
    return this.items.map((item) => ({
      id: item.id,
      label: item.label,
      type: item.type,
      role: item.role ?? null,
      accelerator: item.accelerator ?? null,
      enabled: item.enabled,
      visible: item.visible,
      checked: item.checked,
      submenu: item.submenu?.describe() ?? null,
    }))
  }
}

/** The context menu that was opened last. */
let lastPopup: StandInMenu | null = null
export function openedContextMenu(): StandInMenu | null {
  return lastPopup
}

export interface MenuFacts {
  readonly id: string
  readonly label: string
  readonly type: string
  readonly role: string | null
  readonly accelerator: string | null
  readonly enabled: boolean
  readonly visible: boolean
  readonly checked: boolean
  readonly submenu: readonly MenuFacts[] | null
}
