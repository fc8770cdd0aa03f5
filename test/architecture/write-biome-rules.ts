import { readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { biomeOverrides } from './biome-rules.ts'

/** `npm run import-rules`: writes the import table into biome.json after the table has changed. */
const path = resolve(import.meta.dirname, '../../biome.json')
const config: { overrides?: readonly unknown[] } = JSON.parse(readFileSync(path, 'utf8'))
const others = (config.overrides ?? []).filter((entry) => !JSON.stringify(entry).includes('noRestrictedImports'))
writeFileSync(path, `${JSON.stringify({ ...config, overrides: [...others, ...biomeOverrides()] }, null, 2)}\n`)
