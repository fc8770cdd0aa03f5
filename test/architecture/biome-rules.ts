import { IMPORT_TABLE, type ImportRule } from './import-table.ts'

/** One entry of `overrides` in biome.json. */
export interface BiomeOverride {
  readonly includes: readonly string[]
  readonly linter: { readonly rules: { readonly style: { readonly noRestrictedImports: unknown } } }
}

/** Folders that somebody may not import, by the name under which a relative import shows them. */
const FOLDERS = [
  'electron/core/',
  'electron/connectors/',
  'electron/simulator/',
  'electron/host/',
  'electron/host/node/',
  'electron/host/electron/',
  'renderer/actions/',
  'renderer/bridge/',
  'renderer/domain/',
  'renderer/features/',
  'renderer/shell/',
  'renderer/state/',
  'renderer/store/',
  'renderer/text/',
  'renderer/ui/',
] as const

const PACKAGES = [
  'electron',
  'node:*',
  'ws',
  'zod',
  'dexie',
  'react',
  'react-dom',
  'zustand',
  'hls.js',
  '@mantine/core',
  '@mantine/notifications',
  '@tanstack/react-virtual',
] as const

/**
 * The import table as far as a linter can see it from the text of an import alone: packages, and folders by their
 * names. `imports.test.ts` resolves every import and is the whole truth. Later entries win, so the order is reversed.
 */
export function biomeOverrides(): BiomeOverride[] {
  return [...IMPORT_TABLE].reverse().map((rule) => ({
    includes: [includeOf(rule.from)],
    linter: {
      rules: {
        style: {
          noRestrictedImports: {
            level: 'error',
            options: {
              patterns: [
                { group: [...refusedPackages(rule), ...refusedFolders(rule)], message: `Not here: ${rule.because}.` },
              ],
            },
          },
        },
      },
    },
  }))
}

function includeOf(from: string): string {
  const path = from.replace('<x>', '*')
  return from.endsWith('/') ? `${path}**` : path
}

function refusedPackages(rule: ImportRule): string[] {
  return PACKAGES.filter((name) => !rule.packages.includes(name)).flatMap((name) => [name, `${name}/**`])
}

/** A folder is refused unless it is the rule's own or allowed; single files of it that are allowed are let through. */
function refusedFolders(rule: ImportRule): string[] {
  const refused: string[] = []
  const allowed: string[] = []
  for (const folder of FOLDERS) {
    const isOwn = rule.from.startsWith(folder)
    if (isOwn || rule.ours.some((ours) => ours === folder || folder.startsWith(ours))) continue
    const inside = rule.ours.filter((ours) => ours.startsWith(folder))
    // Relative only: a package may have a folder of the same name.
    refused.push(`./**/${nameOf(folder)}/**`, `../**/${nameOf(folder)}/**`)
    for (const ours of inside) {
      const rest = ours.slice(folder.length).replace('?', '\\?')
      allowed.push(
        ...['.', '..'].map((start) => `!${start}/**/${nameOf(folder)}/${rest}${rest.endsWith('/') ? '**' : ''}`),
      )
    }
  }
  return [...refused, ...allowed]
}

function nameOf(folder: string): string {
  return folder.split('/').at(-2) ?? folder
}
