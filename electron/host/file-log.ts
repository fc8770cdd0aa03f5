import { appendFile, mkdir, rename, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { visibleText } from '../../shared/display/visible-text.ts'
import type { Log } from './host.ts'

const MAX_BYTES = 2_000_000

export interface FileLog extends Log {
  /** Resolves when all that was logged so far is on disk. */
  readonly flush: () => Promise<void>
}

/**
 * One JSON object per line in `logs/clientele.log` of the profile, one older file kept. Warnings and errors are also
 * told to `tell` (standard error, without anything a terminal would follow), because standard output belongs to the
 * address line.
 */
export function createFileLog(folder: string, now: () => number, tell: (line: string) => void): FileLog {
  const path = join(folder, 'logs', 'clientele.log')
  let waiting: string[] = []
  let writing: Promise<void> | null = null

  const write = async (): Promise<void> => {
    await mkdir(join(folder, 'logs'), { recursive: true, mode: 0o700 })
    while (waiting.length > 0) {
      const lines = waiting
      waiting = []
      const size = await stat(path).then(
        (found) => found.size,
        () => 0,
      )
      if (size > MAX_BYTES) await rename(path, `${path}.1`)
      await appendFile(path, lines.join(''), { mode: 0o600 })
    }
  }

  const flush = (): Promise<void> => {
    // A full disk must not end the app: the log is the least of what is lost then, and warnings were told already.
    writing ??= write()
      .catch(() => undefined)
      .finally(() => {
        writing = null
      })
    return writing
  }

  const add =
    (level: 'info' | 'warn' | 'error'): Log['info'] =>
    (event, facts = {}) => {
      const head = { at: new Date(now()).toISOString(), level, event }
      // Twice: first in the line, and not to be replaced by a fact of the same name.
      const line = JSON.stringify({ ...head, ...facts, ...head })
      waiting.push(`${escaped(line)}\n`)
      if (level !== 'info') tell(visibleText(`${level}: ${event}${factsText(facts)}`.replace(/[\t\r\n]+/g, ' '), 2000))
      void flush()
    }

  return { info: add('info'), warn: add('warn'), error: add('error'), flush }
}

/** JSON leaves these as they are; a terminal or an editor that shows the file would follow them. */
function escaped(json: string): string {
  return json.replace(
    /[\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

function factsText(facts: Readonly<Record<string, string | number | boolean | null>>): string {
  const entries = Object.entries(facts)
  return entries.length === 0 ? '' : ` (${entries.map(([name, value]) => `${name}: ${String(value)}`).join(', ')})`
}
