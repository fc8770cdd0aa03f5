/** These keys open the settings on every system that has a habit; the line with them goes where the system has it. */
export const SETTINGS_KEYS = 'CmdOrCtrl+,'

/** Keys that the roles of our menus have themselves; on macOS a second line with them would take them away. */
const OF_ROLES: ReadonlySet<string> = new Set(
  ['Z', 'Shift+Z', 'X', 'C', 'V', 'Shift+Alt+V', 'A', 'Q', 'W', 'M', 'H', 'Alt+H', '0', '+', '-', '='].map(
    (keys) => `CmdOrCtrl+${keys}`,
  ),
)
const CHORD =
  /^(?:(?:CmdOrCtrl|CommandOrControl|Cmd|Command|Ctrl|Control|Alt|Option|AltGr|Shift|Super|Meta)\+)*(?:[A-Z0-9,./?;'[\]\\`=+-]|F\d{1,2}|Plus|Space|Tab|Backspace|Delete|Insert|Return|Enter|Up|Down|Left|Right|Home|End|PageUp|PageDown|Escape|Esc)$/
const WITH_MODIFIER = /\b(CmdOrCtrl|CommandOrControl|Cmd|Command|Ctrl|Control|Alt|Option|Super|Meta)\+/

/**
 * The keys to show beside a line of a menu, or null. On macOS showing is registering: there a key without a modifier
 * would be taken out of every text field, and one of a role out of that role.
 */
export function acceleratorFor(keys: string | null, platform: string): string | null {
  if (keys === null || !CHORD.test(keys)) return null
  if (OF_ROLES.has(keys)) return null
  return platform === 'darwin' && !WITH_MODIFIER.test(keys) ? null : keys
}
