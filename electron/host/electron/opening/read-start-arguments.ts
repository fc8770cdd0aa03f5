import { isAbsolute, resolve } from 'node:path'
import { isLink } from './deep-link.ts'
import { kindOfFile } from './read-opened-file.ts'

export interface Asked {
  readonly links: readonly string[]
  /** Absolute paths of files of kinds that we open. */
  readonly files: readonly string[]
}

/**
 * What a command line asks to open. Chromium's switches, the program and its folder are on it as well: only links of
 * ours and files of our kinds are taken, the rest is left alone. After the first link nothing is a file: whoever made
 * the link must not be able to name one.
 */
export function readStartArguments(args: readonly string[], workingFolder: string): Asked {
  const link = args.findIndex(isLink)
  if (link >= 0) return { links: args.slice(link, link + 1), files: [] }
  const files = args.filter((text) => !text.startsWith('-') && kindOfFile(text) !== null)
  return { links: [], files: files.map((path) => (isAbsolute(path) ? path : resolve(workingFolder, path))) }
}
