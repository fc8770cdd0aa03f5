import { posix } from 'node:path'

/** Reads a file of the bundle by its path below `out/`. */
export type ReadFile = (path: string) => string

const STATIC = /(?:^|[;\s}])(?:import|export)(?:[^;'"`()]*?from)?\s*["'`](\.[^"'`]+)["'`]/g
const DYNAMIC = /import\(\s*["'`](\.[^"'`]+)["'`]/g

/** All files that are loaded with `entry`, itself included; with `lazy`, those too that it may load later. */
export function closure(entry: string, read: ReadFile, { lazy = false } = {}): ReadonlySet<string> {
  const seen = new Set<string>()
  const visit = (file: string): void => {
    if (seen.has(file)) return
    seen.add(file)
    if (!/\.[cm]?js$/.test(file)) return
    const text = read(file)
    for (const pattern of lazy ? [STATIC, DYNAMIC] : [STATIC])
      for (const [, target = ''] of text.matchAll(pattern)) visit(posix.join(posix.dirname(file), target))
  }
  visit(entry)
  return seen
}

/** What `index.html` itself names. */
export function namedInPage(html: string, page: string): readonly string[] {
  return [...html.matchAll(/(?:src|href)="(\.[^"]+)"/g)].map(([, target = '']) =>
    posix.join(posix.dirname(page), target),
  )
}

/** Modules of the bundle by their bare name, wherever they are asked for. */
export function bareImports(text: string): readonly string[] {
  const patterns = [
    /(?:^|[;\s}])(?:import|export)(?:[^;'"`()]*?from)?\s*["'`]([a-z@][^"'`\s]*)["'`]/g,
    /\bimport\(\s*["'`]([a-z@][^"'`\s]*)["'`]\s*\)/g,
    /\brequire\w*\(\s*["'`]([a-z@][^"'`\s]*)["'`]\s*\)/g,
  ]
  return patterns.flatMap((pattern) => [...text.matchAll(pattern)].map(([, name = '']) => name))
}
