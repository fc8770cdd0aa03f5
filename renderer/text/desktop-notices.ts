import type { AppError } from '../../shared/app-error.ts'
import type { DesktopNotice } from '../../shared/model/desktop.ts'
import { formatCount } from './format.ts'

/**
 * Sentences of the system's notifications. They name sources and never clients: notifications lie on locked screens and
 * in the system's own history.
 */

/** Long enough to know a source by; a notification's line is short. */
const NAME_LENGTH = 28

/** `Spott`, `Spott and Endors`, `Spott, Endors and 2 more`; each once. */
export function sourceNamesText(names: readonly string[]): string {
  const each = [...new Set(names)].map(shortened)
  const [first = 'a source', second, ...rest] = each
  if (second === undefined) return first
  return rest.length === 0 ? `${first} and ${second}` : `${first}, ${second} and ${rest.length} more`
}

function shortened(name: string): string {
  const characters = [...name.trim()]
  return characters.length <= NAME_LENGTH ? name.trim() : `${characters.slice(0, NAME_LENGTH - 1).join('')}…`
}

/** The source said no, as opposed to an outcome that nobody knows. */
const REFUSALS: ReadonlySet<AppError['code']> = new Set([
  'refused',
  'forbidden',
  'not-supported',
  'not-found',
  'vendor-error',
])

export function failedEditsNotice(
  count: number,
  edits: readonly { readonly source: string; readonly code: AppError['code'] | null }[],
): Omit<DesktopNotice, 'tag'> {
  const names = sourceNamesText(edits.map((edit) => edit.source))
  const refused = edits.every(({ code }) => code !== null && REFUSALS.has(code))
  return {
    title: refused
      ? `${formatCount(count, 'edit was', 'edits were')} refused by ${names}`
      : `${formatCount(count, 'edit')} for ${names} ${count === 1 ? 'needs' : 'need'} your attention`,
    body: `What you wrote is kept here. Open the queue to change, retry or discard ${count === 1 ? 'it' : 'them'}.`,
    route: '#/queue',
  }
}

export function conflictsNotice(count: number, sources: readonly string[]): Omit<DesktopNotice, 'tag'> {
  return {
    title: `${formatCount(count, 'conflict')} to decide`,
    body: `Clients changed here and at ${sourceNamesText(sources)}. Both values are kept until you choose.`,
    route: '#/conflicts',
  }
}

export function rejectedKeysNotice(sources: readonly string[]): Omit<DesktopNotice, 'tag'> {
  const names = sourceNamesText(sources)
  return {
    title: new Set(sources).size === 1 ? `${names} rejects its key` : `${names} reject their keys`,
    body: 'Edits wait, and nothing is read, until a new key is entered in Sources.',
    route: '#/sources',
  }
}
