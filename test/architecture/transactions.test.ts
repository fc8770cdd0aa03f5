import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'
import { sourceFiles } from './read-imports.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const FILES = sourceFiles(ROOT, ['renderer/store']).map((file) => ({
  file,
  text: readFileSync(join(ROOT, file), 'utf8'),
}))

/** What stands between the bracket at `at` and its partner. */
function inBrackets(text: string, at: number): string {
  let depth = 0
  for (let i = at; i < text.length; i++) {
    if (text[i] === '(') depth++
    if (text[i] === ')' && --depth === 0) return text.slice(at + 1, i)
  }
  return text.slice(at)
}

function callsOf(text: string, name: string): string[] {
  const found: string[] = []
  for (let at = text.indexOf(`${name}(`); at !== -1; at = text.indexOf(`${name}(`, at + 1)) {
    found.push(inBrackets(text, at + name.length))
  }
  return found
}

/** What may be awaited inside a transaction: a table, several of those at once, or a function that gets the database. */
const OF_THE_DATABASE = /^(db|tx|strict|relaxed)\b|^Promise\.all\(|^\w+\((db|tx|strict|databases\.\w+)\b/
/** Of `transact.ts` itself, which runs the work. */
const ITS_OWN = /^(work\(\)|db\.transaction\()/

it('F123 transactions are begun in one place only, and nothing but the database is awaited inside', () => {
  const begun = FILES.filter(({ text }) => /\.transaction\(/.test(text)).map(({ file }) => file)
  expect(begun).toEqual(['renderer/store/transact.ts'])
  const foreign: string[] = []
  for (const { file, text } of FILES) {
    const scopes = [
      ...callsOf(text, 'tableWork.push'),
      ...(file.endsWith('transact.ts') ? [] : callsOf(text, 'transact')),
    ]
    for (const scope of scopes) {
      for (const [, awaited = ''] of scope.matchAll(/\bawait\s+([^\n]*)/g)) {
        const ours = OF_THE_DATABASE.test(awaited) || ITS_OWN.test(awaited)
        if (!ours) foreign.push(`${file}: await ${awaited}`)
      }
      for (const word of ['fetch(', 'setTimeout', 'schedule(', 'crypto.', 'guard.run', 'navigator.']) {
        if (scope.includes(word)) foreign.push(`${file}: ${word} inside a transaction`)
      }
    }
  }
  expect(foreign).toEqual([])
})

it('F123 the check sees what it is there for', () => {
  const bad = 'draft.tableWork.push(async (db) => {\n  await db.meta.put(row)\n  await fetchMore(row)\n})'
  const [scope = ''] = callsOf(bad, 'tableWork.push')
  const awaited = [...scope.matchAll(/\bawait\s+([^\n]*)/g)].map(([, what = '']) => what)
  expect(awaited.map((what) => OF_THE_DATABASE.test(what))).toEqual([true, false])
})

it('nobody holds a transaction open by force, and no row is read or written past the watchdog', () => {
  const found: string[] = []
  for (const { file, text } of FILES) {
    if (/\bwaitFor\(/.test(text)) found.push(`${file}: Dexie.waitFor`)
    if (/\bliveQuery\(/.test(text)) found.push(`${file}: live queries go stale with two connections`)
    const guarded = [...callsOf(text, 'guard.run'), ...callsOf(text, 'transact')].join('\n')
    for (const [use = '', name = ''] of text.matchAll(/databases\.(?:strict|relaxed)\.(\w+)/g)) {
      if (['close', 'open', 'on', 'tables'].includes(name)) continue
      if (!guarded.includes(use)) found.push(`${file}: ${use} outside of guard.run`)
    }
  }
  expect(found).toEqual([])
})

it('F173 the connections share one cache setting: it is written once, and nothing else makes a connection', () => {
  const cache = FILES.flatMap(({ file, text }) => [...text.matchAll(/\bcache:\s*'(\w+)'/g)].map(([, to]) => [file, to]))
  expect(cache).toEqual([['renderer/store/database.ts', 'disabled']])
  const made = FILES.filter(({ text }) => /new (StoreDatabase|Dexie)\(/.test(text)).map(({ file }) => file)
  expect(made).toEqual(['renderer/store/database.ts'])
})
