import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What the images depend on. */
const SOURCES = ['build/icon.svg', 'tools/icons/drawings.ts', 'tools/icons/containers.ts']

/** Of the sources as they are now; line ends are those of the repository on every system. */
export function sourceDigest(root: string): string {
  const hash = createHash('sha256')
  for (const file of SOURCES) hash.update(readFileSync(join(root, file), 'utf8').replaceAll('\r\n', '\n'))
  return hash.digest('hex')
}
