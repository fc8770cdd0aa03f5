import { EXPORTED, SUPPORTED } from '../electron-stand-in/supported.ts'

/** A member of a class or interface in Electron's declarations, with its lines. */
export interface Declared {
  readonly owner: string
  readonly name: string
  readonly isStatic: boolean
  /** Of `on('name', …)` and its like. */
  readonly event: string | null
  readonly isDeprecated: boolean
  readonly from: number
  readonly to: number
}

/** Reads the regular text that Electron generates: two spaces before a class, four before its members. */
export function readDeclarations(lines: readonly string[]): readonly Declared[] {
  const found: Declared[] = []
  let owner: string | null = null
  let at = 0
  while (at < lines.length) {
    const line = lines[at] ?? ''
    const opened = /^ {2}(?:interface|class|namespace) (\w+)[^{]*\{$/.exec(line)?.[1]
    if (opened !== undefined) owner = opened
    else if (/^ {2}\}/.test(line)) owner = null
    else if (owner !== null && /^ {4}\S/.test(line) && !line.startsWith('    //')) {
      const from = at
      let isDeprecated = false
      if (line.startsWith('    /**')) {
        while (!(lines[at] ?? '').includes('*/')) {
          isDeprecated ||= /@deprecated/.test(lines[at] ?? '')
          at += 1
        }
        at += 1
      }
      const first = at
      while (!isWhole(lines.slice(first, at + 1).join('\n'))) at += 1
      const text = (lines[first] ?? '').trim()
      const name = /^(?:static |readonly |const |class )*(\w+)/.exec(text)?.[1] ?? ''
      const event = /^\w+\(event: '([^']+)'/.exec(text)?.[1] ?? null
      found.push({ owner, name, isStatic: text.startsWith('static '), event, isDeprecated, from, to: at })
    }
    at += 1
  }
  return found
}

/** Are all brackets closed that were opened? */
function isWhole(text: string): boolean {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/'[^']*'/g, "''")
  let depth = 0
  for (const character of code) {
    if ('({['.includes(character)) depth += 1
    if (')}]'.includes(character)) depth -= 1
  }
  return depth <= 0 && !/\/\*/.test(code)
}

const LISTENING: ReadonlySet<string> = new Set([
  'on',
  'once',
  'off',
  'addListener',
  'removeListener',
  'removeAllListeners',
])

type Entry = { readonly members: readonly string[]; readonly events: readonly string[] }

/** The table of the stand-in by the names of the declarations. */
export function supportedOf(owner: string): Entry | null {
  const own: Readonly<Record<string, keyof typeof SUPPORTED>> = {
    App: 'app',
    BaseWindow: 'BrowserWindow',
    Clipboard: 'clipboard',
    Dialog: 'dialog',
    GlobalShortcut: 'globalShortcut',
    IpcMain: 'ipcMain',
    IpcRenderer: 'ipcRenderer',
    NativeTheme: 'nativeTheme',
    Net: 'net',
    PowerMonitor: 'powerMonitor',
    Protocol: 'protocol',
    SafeStorage: 'safeStorage',
    Screen: 'screen',
    Shell: 'shell',
    SystemPreferences: 'systemPreferences',
  }
  const name = own[owner] ?? owner
  if (name === 'statics') return null
  const table: Readonly<Record<string, unknown>> = SUPPORTED
  // Every entry but `statics` has this shape: the table says so itself.
  return (table[name] as Entry | undefined) ?? null
}

function staticsOf(owner: string): readonly string[] {
  const own: Readonly<Record<string, string>> = {
    NativeImage: 'nativeImage',
    Session: 'session',
    WebContents: 'webContents',
  }
  const statics: Readonly<Record<string, readonly string[]>> = SUPPORTED.statics
  return statics[own[owner] ?? owner] ?? []
}

/** May the app use it? What Electron hands over by the way (events, displays, frames) is not in the table. */
function isKept({ owner, name, isStatic, event, isDeprecated }: Declared): boolean {
  if (isDeprecated) return false
  if (owner === 'CrossProcessExports') {
    const modules: readonly string[] = [...EXPORTED, 'ipcRenderer', 'type']
    return modules.includes(name)
  }
  const entry = supportedOf(owner)
  if (entry === null || name === 'constructor') return true
  if (event !== null) return entry.events.includes(event)
  if (LISTENING.has(name)) return owner === 'IpcMain' || owner === 'IpcRenderer'
  return isStatic ? staticsOf(owner).includes(name) : entry.members.includes(name)
}

/** Electron's declarations without what is deprecated and without what the stand-in does not know. */
export function onlySupported(lines: readonly string[], declared: readonly Declared[]): string {
  const dropped = new Set<number>()
  for (const member of declared) {
    if (isKept(member)) continue
    for (let line = member.from; line <= member.to; line++) dropped.add(line)
  }
  return lines.filter((_line, index) => !dropped.has(index)).join('\n')
}
