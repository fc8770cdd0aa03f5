import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

export interface FoundImport {
  readonly file: string
  readonly line: number
  readonly specifier: string
}

/** Source files below the given folders, repo-relative, sorted. */
export function sourceFiles(root: string, folders: readonly string[]): string[] {
  const found: string[] = []
  const walk = (path: string): void => {
    const full = join(root, path)
    if (statSync(full).isDirectory()) for (const name of readdirSync(full)) walk(`${path}/${name}`)
    else if (/\.(ts|tsx)$/.test(path)) found.push(path)
  }
  for (const folder of folders) walk(folder)
  return found.sort()
}

/** Every import, export-from, dynamic import and `import()` type of a file. */
export function importsOf(root: string, file: string): FoundImport[] {
  const text = readFileSync(join(root, file), 'utf8')
  const found: FoundImport[] = []
  for (const match of text.matchAll(IMPORT)) {
    const specifier = match[1] ?? match[2]
    if (specifier === undefined) continue
    const at = match.index + match[0].lastIndexOf(specifier)
    found.push({ file, line: text.slice(0, at).split('\n').length, specifier })
  }
  return found
}

/** The formatter puts each statement at the beginning of a line, which keeps this from reading comments and texts. */
const IMPORT =
  /^(?:import|export)(?:\s+type)?(?:[\s{*][^'";]*?\bfrom\s*|\s*)['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/gm
