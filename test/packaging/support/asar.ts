import { createHash } from 'node:crypto'
import { extractFile, getRawHeader, listPackage } from '@electron/asar'

/** An archive as the app sees it: paths with `/`, files only. */
export function openAsar(archive: string) {
  const { headerString } = getRawHeader(archive)
  const files = listPackage(archive, { isPack: false })
    .map((path) => path.replaceAll('\\', '/').replace(/^\//, ''))
    .filter((path) => isFile(JSON.parse(headerString), path))
  return {
    files,
    bytes: (path: string): Buffer => extractFile(archive, path),
    text: (path: string): string => extractFile(archive, path).toString('utf8'),
    /** What Electron compares with the hash beside the program before it believes the archive. */
    headerHash: createHash('sha256').update(headerString).digest('hex'),
  }
}

interface Node {
  readonly files?: Readonly<Record<string, Node>>
}

function isFile(header: Node, path: string): boolean {
  let node: Node | undefined = header
  for (const part of path.split('/')) node = node?.files?.[part]
  return node !== undefined && node.files === undefined
}
