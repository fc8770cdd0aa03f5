import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

const ROOT = resolve(import.meta.dirname, '../../..')
const page = readFileSync(join(ROOT, 'docs/security.md'), 'utf8')

interface Row {
  readonly threat: string
  readonly control: string
  readonly test: string
}

/** Rows of the table below `## Threats`; lines that only head a group are left out. */
const threats = /\n## Threats\n([\s\S]*?)\n## /.exec(page)?.[1] ?? ''
const rows: readonly Row[] = threats
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| threat |'))
  .map((line) => line.split(/(?<!\\)\|/).map((cell) => cell.trim()))
  .filter((cells) => (cells[2] ?? '') !== '')
  .map(([, threat = '', control = '', test = '']) => ({ threat, control, test }))

/** Files named in a cell, each with the titles in quotes that follow it. */
function named(cell: string): readonly { readonly file: string; readonly titles: readonly string[] }[] {
  return [...cell.matchAll(/`([\w./-]+\.(?:tsx?|mjs|yml|md))`((?:[,;]?\s*“[^”]+”)*)/g)].map(
    ([, file = '', quoted = '']) => ({
      file,
      titles: [...quoted.matchAll(/“([^”]+)”/g)].map(([, title = '']) => title),
    }),
  )
}

describe('docs/security.md', () => {
  it('has a row per threat, each with a control in a file and a test', () => {
    expect(rows.length).toBeGreaterThan(40)
    for (const { threat, test } of rows) expect(named(test).length, threat).toBeGreaterThan(0)
  })

  it('names files that exist', () => {
    const files = [...page.matchAll(/`((?:electron|renderer|shared|test|docs|tools|\.github)\/[\w./-]+\.\w+)`/g)].map(
      ([, file = '']) => file,
    )
    expect(files.length).toBeGreaterThan(60)
    expect(files.filter((file) => !existsSync(join(ROOT, file)))).toEqual([])
  })

  it.each(rows.map(({ threat, test }) => [threat, test] as const))('%s: its tests are there', (_threat, test) => {
    for (const { file, titles } of named(test)) {
      const text = readFileSync(join(ROOT, file), 'utf8')
      for (const title of titles) expect(text, `${file}: ${title}`).toContain(title)
    }
  })
})
