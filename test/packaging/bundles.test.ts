import { readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { budgets } from './budgets.ts'
import { closure, namedInPage } from './support/bundle-graph.ts'

const OUT = join(import.meta.dirname, '../../out')
const read = (file: string): string => readFileSync(join(OUT, file), 'utf8')

/** What a file weighs on its way over a network: compressed alone, as the issue counts. */
function gzipKiB(files: Iterable<string>): number {
  let bytes = 0
  for (const file of files) bytes += gzipSync(readFileSync(join(OUT, file)), { level: 9 }).length
  return Math.ceil(bytes / 1024)
}

function kib(files: Iterable<string>): number {
  let bytes = 0
  for (const file of files) bytes += readFileSync(join(OUT, file)).length
  return Math.ceil(bytes / 1024)
}

/** The page: what `index.html` names, all that this imports, and `main`, which its first script always loads. */
function atStart(): { readonly scripts: ReadonlySet<string>; readonly styles: readonly string[] } {
  const named = namedInPage(read('renderer/index.html'), 'renderer/index.html')
  const first = named.find((file) => file.endsWith('.js')) ?? 'missing'
  const main = /\.\/(main-[\w-]+\.js)/.exec(read(first))?.[1] ?? 'missing'
  const mainFile = posix.join(posix.dirname(first), main)
  const scripts = new Set([...closure(first, read), ...closure(mainFile, read)])
  // The styles that come with the import of `main` are named in the list of its dependencies.
  const listed = /m\.f=\[([^\]]*)\]/.exec(read(first))?.[1] ?? ''
  const styles = [...listed.matchAll(/\.\/([\w.-]+\.css)/g)].map(([, name = '']) =>
    posix.join(posix.dirname(first), name),
  )
  return { scripts, styles: [...styles, ...named.filter((file) => file.endsWith('.css'))] }
}

it('the page loads no more than its budget before it shows rows', () => {
  const { scripts, styles } = atStart()
  const figures = { scripts: gzipKiB(scripts), styles: gzipKiB(styles) }
  process.stdout.write(
    `page at start: ${figures.scripts} KiB of scripts and ${figures.styles} KiB of styles, gzip (budget ${budgets.pageAtStartGzipKiB})\n`,
  )
  expect(scripts.size).toBeGreaterThan(3)
  expect(styles.length).toBeGreaterThan(0)
  expect(budgets.pageAtStartGzipKiB).toBeLessThanOrEqual(341) // 350 kB, as the issue says it
  expect(figures.scripts + figures.styles).toBeLessThanOrEqual(budgets.pageAtStartGzipKiB)
})

it.each([
  'hls',
  'add-source-dialog',
  'insights-place',
  'pipeline-place',
  'testimonials-place',
  'queue-place',
  'settings',
  'import-dialog',
  'print-dialog',
])('%s is loaded when it is needed, not at the start', (name) => {
  const { scripts } = atStart()
  const later = new Set([...scripts].flatMap((file) => [...closure(file, read, { lazy: true })]))
  const found = (files: ReadonlySet<string>): string[] =>
    [...files].filter((file) => posix.basename(file).startsWith(`${name}-`))
  expect(found(later)).not.toEqual([])
  expect(found(scripts)).toEqual([])
})

it('the store worker stays within its budget', () => {
  const { scripts } = atStart()
  const worker = [...scripts]
    .map((file) => /worker-[\w-]+\.js/.exec(read(file))?.[0])
    .find((name) => name !== undefined)
  const files = closure(`renderer/assets/${worker}`, read)
  process.stdout.write(`store worker: ${gzipKiB(files)} KiB gzip (budget ${budgets.workerGzipKiB})\n`)
  expect(gzipKiB(files)).toBeLessThanOrEqual(budgets.workerGzipKiB)
})

it('the main process loads no more than its budget before its window', () => {
  const files = closure('main/main.js', read)
  process.stdout.write(`main at start: ${kib(files)} KiB in ${files.size} files (budget ${budgets.mainAtStartKiB})\n`)
  expect(kib(files)).toBeLessThanOrEqual(budgets.mainAtStartKiB)
})

it('electron-updater and the simulated services are loaded when they are asked for', () => {
  const atStart = closure('main/main.js', read)
  const later = closure('main/main.js', read, { lazy: true })
  for (const name of ['electron-updater-engine-', 'start-simulator-']) {
    expect([...later].filter((file) => posix.basename(file).startsWith(name))).toHaveLength(1)
    expect([...atStart].filter((file) => posix.basename(file).startsWith(name))).toEqual([])
  }
})

it('the preload is one file that asks for electron only', () => {
  const text = read('preload/preload.cjs')
  expect([...text.matchAll(/require\(["']([^"']+)["']\)/g)].map(([, name]) => name)).toEqual(['electron'])
})
