import { existsSync } from 'node:fs'
import { dirname, join, normalize, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { isAllowed, ruleFor } from './import-table.ts'
import { importsOf, sourceFiles } from './read-imports.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const FOLDERS = ['shared', 'electron', 'renderer']

/** What is wrong with an import of a file, or null. */
function complaint(file: string, specifier: string): string | null {
  const rule = ruleFor(file)
  if (rule === null) return 'no rule of the import table holds for this file'
  const isPackage = !specifier.startsWith('.')
  const target = isPackage ? specifier : normalize(join(dirname(file), specifier))
  return isAllowed(rule, file, target, isPackage) ? null : `${target} is not allowed in ${rule.from}: ${rule.because}`
}

describe('import table', () => {
  const files = sourceFiles(ROOT, FOLDERS)

  it('is obeyed by every file', () => {
    const broken = files.flatMap((file) =>
      importsOf(ROOT, file).flatMap(({ line, specifier }) => {
        const text = complaint(file, specifier)
        return text === null ? [] : [`${file}:${line}  ${text}`]
      }),
    )
    expect(broken).toEqual([])
  })

  it('reads imports at all', () => {
    const found = importsOf(ROOT, 'electron/host/node/local-server.ts').map(({ specifier }) => specifier)
    expect(found).toContain('node:http')
    expect(found).toContain('ws')
    expect(found).toContain('../../../shared/ipc/port.ts')
  })

  it.each([
    ['shared/model/source.ts', 'node:fs'],
    ['electron/core/create-core.ts', 'node:crypto'],
    ['electron/core/create-core.ts', '../host/node/create-node-host.ts'],
    ['electron/core/create-core.ts', '../connectors/endors/connector.ts'],
    ['electron/connectors/endors/connector.ts', '../spott/mapper.ts'],
    ['electron/connectors/endors/connector.ts', '../../core/create-core.ts'],
    ['electron/simulator/vendors/endors.ts', '../../connectors/endors/wire.ts'],
    ['electron/host/node/local-server.ts', 'electron'],
    ['electron/host/electron/app-window.ts', 'ws'],
    ['electron/host/electron/app-window.ts', '../node/local-server.ts'],
    ['electron/server.ts', './host/electron/app-window.ts'],
    ['renderer/store/database.ts', 'react'],
    ['renderer/features/clients/clients.tsx', '../queue/queue.tsx'],
    ['renderer/features/clients/clients.tsx', '../../store/database.ts'],
    ['renderer/features/clients/clients.tsx', 'dexie'],
    ['renderer/ui/button.tsx', '../text/names.ts'],
    ['renderer/bridge/start-store-worker.ts', '../store/worker.ts'],
  ])('refuses %s importing %s', (file, specifier) => {
    expect(complaint(file, specifier)).not.toBeNull()
  })

  it('says the whole extension, so that every runtime finds the file', () => {
    const missing = files.flatMap((file) =>
      importsOf(ROOT, file)
        .filter(({ specifier }) => specifier.startsWith('.'))
        .filter(({ specifier }) => !existsSync(join(ROOT, dirname(file), specifier.split('?')[0] ?? specifier)))
        .map(({ line, specifier }) => `${file}:${line}  ${specifier}`),
    )
    expect(missing).toEqual([])
  })

  it('finds no barrel', () => {
    expect(files.filter((file) => /\/index\.tsx?$/.test(file))).toEqual([])
  })
})
