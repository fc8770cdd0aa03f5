import type { DesktopEvent } from '../../../../shared/model/desktop.ts'
import type { Log } from '../../host.ts'
import { routeOfLink } from './deep-link.ts'
import { readOpenedFile } from './read-opened-file.ts'
import type { Asked } from './read-start-arguments.ts'

/** More at once is a slip of the hand, or somebody else's. */
const MOST_FILES = 20

/** Tells the page what the system asks to open. A link opens a record; a file is read here and judged there. */
export function createOpener(deps: {
  readonly tell: (event: DesktopEvent) => void
  readonly log: Log
  /** A file was read: the system may offer it again. */
  readonly onFile: (path: string) => void
}): (asked: Asked) => Promise<void> {
  const openFiles = async (paths: readonly string[]): Promise<void> => {
    const read = await Promise.all(
      paths.slice(0, MOST_FILES).map(async (path) => ({ path, opened: await readOpenedFile(path) })),
    )
    const files = read.flatMap(({ opened }) => (opened.ok ? [opened.file] : []))
    for (const { path, opened } of read) if (opened.ok) deps.onFile(path)
    if (files.length > 0) deps.tell({ kind: 'files', files })
    for (const why of new Set(read.flatMap(({ opened }) => (opened.ok ? [] : [opened.why])))) {
      deps.log.warn('file.refused', { why })
      deps.tell({ kind: 'refused', why })
    }
  }

  return async ({ links, files }) => {
    for (const link of links) {
      const route = routeOfLink(link)
      if (route === null) deps.log.warn('link.refused')
      deps.tell(route === null ? { kind: 'refused', why: 'link' } : { kind: 'open', route })
    }
    if (files.length > 0) await openFiles(files)
  }
}
