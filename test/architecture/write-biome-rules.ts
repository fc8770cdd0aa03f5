import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { biomeOverrides } from './biome-rules.ts'

/** `npm run import-rules`: writes `biome.imports.json`, which biome.json extends, after the table has changed. */
const entries = biomeOverrides().map((entry) => `    ${JSON.stringify(entry)}`)
writeFileSync(
  resolve(import.meta.dirname, '../../biome.imports.json'),
  `{\n  "overrides": [\n${entries.join(',\n')}\n  ]\n}\n`,
)
