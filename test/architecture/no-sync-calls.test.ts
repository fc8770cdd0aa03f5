import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { sourceFiles } from './read-imports.ts'

const ROOT = resolve(import.meta.dirname, '../..')
/** The simulated vendors stand for machines elsewhere. */
const SIMULATED = /^electron\/simulator\//
/** `readFileSync(`, `scryptSync(`, `ipcRenderer.sendSync(`: each stops the whole process, windows and sync with it. */
const SYNC_CALL = /\b\w*[a-z]Sync\s*\(/

function syncCalls(text: string): readonly string[] {
  return text.split('\n').filter((line) => SYNC_CALL.test(line) && !/^\s*(\*|\/\/)/.test(line))
}

describe('the main process', () => {
  const files = sourceFiles(ROOT, ['electron']).filter((file) => !SIMULATED.test(file))

  it('never works while everybody waits: no synchronous call of files, processes or keys', () => {
    const found = files.flatMap((file) =>
      syncCalls(readFileSync(join(ROOT, file), 'utf8')).map((line) => `${file}: ${line.trim()}`),
    )
    expect(found).toEqual([])
  })

  it('would be caught', () => {
    expect(syncCalls("const text = readFileSync('x')")).toHaveLength(1)
    expect(syncCalls('key = crypto.scryptSync (word, salt, 32)')).toHaveLength(1)
    expect(files.length).toBeGreaterThan(100)
  })
})
