import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { expect, it } from 'vitest'
import { testFolder } from '../support/test-folder.ts'
import { biomeOverrides } from './biome-rules.ts'

const ROOT = resolve(import.meta.dirname, '../..')

it('the linter has the import table; `npm run import-rules` writes it', () => {
  const config: { overrides?: readonly unknown[] } = JSON.parse(readFileSync(join(ROOT, 'biome.imports.json'), 'utf8'))
  expect(config.overrides).toEqual(biomeOverrides())
  expect(readFileSync(join(ROOT, 'biome.json'), 'utf8')).toContain('"extends": ["./biome.imports.json"]')
})

const CASES: readonly (readonly [string, string, boolean])[] = [
  ['shared/a.ts', 'node:fs', false],
  ['shared/b.ts', 'zod', true],
  ['electron/core/sync/a.ts', '../../host/node/create-node-host.ts', false],
  ['electron/core/sync/b.ts', '../../host/host.ts', true],
  ['electron/core/sync/c.ts', '../sequence.ts', true],
  ['electron/host/node/a.ts', 'electron', false],
  ['electron/host/electron/a.ts', '../node/local-server.ts', false],
  ['electron/simulator/a.ts', '../connectors/endors/wire.ts', false],
  ['renderer/features/queue/a.tsx', '../../store/database.ts', false],
  ['renderer/features/queue/b.tsx', '../../store/store-contract.ts', true],
  ['renderer/features/queue/c.tsx', 'dexie', false],
  ['renderer/store/a.ts', 'react', false],
  ['renderer/store/b.ts', './database.ts', true],
  ['renderer/bridge/a.ts', '../store/worker.ts', false],
  ['renderer/bridge/b.ts', '../store/worker.ts?worker&url', true],
  ['renderer/ui/a.tsx', '../text/names.ts', false],
  ['renderer/ui/b.tsx', '@mantine/core', true],
  ['renderer/a.tsx', '@mantine/core/styles.css', true],
]

it('the linter refuses what the table refuses', async () => {
  const folder = await testFolder()
  writeFileSync(join(folder, 'biome.json'), '{ "extends": ["./biome.imports.json"] }')
  copyFileSync(join(ROOT, 'biome.imports.json'), join(folder, 'biome.imports.json'))
  for (const [file, specifier] of CASES) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), `export * from '${specifier}'\n`)
  }
  const { stdout } = spawnSync(
    process.execPath,
    [
      join(ROOT, 'node_modules/@biomejs/biome/bin/biome'),
      'lint',
      '--only=style/noRestrictedImports',
      '--reporter=github',
      '--max-diagnostics=none',
      '.',
    ],
    { cwd: folder, encoding: 'utf8' },
  )
  const refused = CASES.map(([file]) => file).filter((file) => stdout.includes(`${file},line=`))
  expect(refused, stdout).toEqual(CASES.filter(([, , isFine]) => !isFine).map(([file]) => file))
})
