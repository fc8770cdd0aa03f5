import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { SAFETY_RULES } from '../../shared/safety/rules.ts'

const ROOT = join(import.meta.dirname, '../..')
const PRODUCTION = ['shared', 'electron', 'renderer'] as const

/** Every TypeScript file of the app and of its tests, by its path. */
function sources(folder: string): readonly (readonly [string, string])[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => [`${folder}/${name}`, readFileSync(join(ROOT, folder, name), 'utf8')] as const)
}

const production = PRODUCTION.flatMap(sources)

describe('the rules that keep the three promises', () => {
  it('can be switched off by the simulator alone', () => {
    const readers = production.filter(([, text]) => /from '[^']*switched-off\.ts'/.test(text)).map(([path]) => path)
    expect(readers).toEqual(['shared/safety/rules.ts'])
    const writers = production.filter(([, text]) => /switchedOff\.(add|clear|delete)/.test(text)).map(([path]) => path)
    expect(writers).toEqual([])
  })

  for (const rule of SAFETY_RULES) {
    it(`asks for ${rule} where it acts, at one place or two`, () => {
      const asked = production.flatMap(([path, text]) =>
        [...text.matchAll(/holds\('([^']+)'\)/g)].filter(([, name]) => name === rule).map(() => path),
      )
      expect(asked.length, `asked in ${asked.join(', ') || 'no file'}`).toBeGreaterThanOrEqual(1)
      expect(asked.length, `asked in ${asked.join(', ')}`).toBeLessThanOrEqual(2)
    })
  }

  it('asks for no rule that there is not', () => {
    const names = new Set(
      production.flatMap(([, text]) => [...text.matchAll(/holds\('([^']+)'\)/g)].map(([, name]) => name)),
    )
    expect([...names].filter((name) => !SAFETY_RULES.some((rule) => rule === name))).toEqual([])
  })
})
