import type { MenuLine, MenuName } from '../../shared/model/desktop.ts'
import type { Action, ActionContext, MenuPlace } from './action.ts'

const MENUS: readonly MenuName[] = ['file', 'edit', 'view', 'go', 'client', 'help']

/** The lines of the system's menus, menu by menu, in order: the same actions that the palette lists. */
export function menuLines(actions: readonly Action[], context: ActionContext): readonly MenuLine[] {
  return MENUS.flatMap((name) => {
    const own = actions
      .flatMap((action) => ('none' in action.menu ? [] : [{ action, place: action.menu }]))
      .filter(({ place }) => place.in === name)
      .sort((a, b) => a.place.at - b.place.at)
    return own.map(({ action, place }, index) => {
      const before = own[index - 1]?.place
      return {
        menu: name,
        actionId: action.id,
        label: place.label ?? action.label(context),
        accelerator: acceleratorOf(action, place),
        enabled: action.available?.(context) ?? true,
        checked: place.checked?.(context) ?? null,
        startsGroup: before !== undefined && groupOf(before) !== groupOf(place),
      }
    })
  })
}

function groupOf(place: MenuPlace): number {
  return Math.floor(place.at / 10)
}

const KEY_NAMES: Readonly<Record<string, string>> = { mod: 'CmdOrCtrl', '+': 'Plus', ' ': 'Space' }

/**
 * The keys beside a line, as Electron writes them. Only with Ctrl or Cmd: a single letter as a key of a menu would take
 * it from every text field, and `G C` has no such name.
 */
function acceleratorOf(action: Action, place: MenuPlace): string | null {
  if (place.keysAreTheSystems === true) return null
  const press = place.press ?? action.shortcuts.find((each) => each.startsWith('mod+'))
  if (press === undefined) return null
  return press
    .split('+')
    .map((part) => KEY_NAMES[part] ?? part.charAt(0).toUpperCase() + part.slice(1))
    .join('+')
}

/** Whether a key press runs the action; `isDesktop` where the keys are not a browser's own. */
export function isPressOf(action: Action, press: string, isDesktop: boolean): boolean {
  if (action.shortcuts.includes(press)) return true
  return isDesktop && !('none' in action.menu) && action.menu.press === press
}
