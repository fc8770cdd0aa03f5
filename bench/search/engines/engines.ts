import type { BenchEngine } from '../bench-engine.ts'

/** Read one by one, so that a page holds the code of the engine that it measures and of no other. */
export const ENGINES: Readonly<Record<string, () => Promise<BenchEngine>>> = {
  ours: async () => (await import('../../adapter.ts')).createSearchEngine(),
  minisearch: async () => (await import('./minisearch.ts')).createEngine(),
  flexsearch: async () => (await import('./flexsearch.ts')).createFlexSearch('forward'),
  'flexsearch full': async () => (await import('./flexsearch.ts')).createFlexSearch('full'),
  orama: async () => (await import('./orama.ts')).createEngine(),
  ufuzzy: async () => (await import('./ufuzzy.ts')).createEngine(),
  'sqlite fts5': async () => (await import('./sqlite.ts')).createSqlite('words'),
  'sqlite trigram': async () => (await import('./sqlite.ts')).createSqlite('trigram'),
  scan: async () => (await import('./scan.ts')).createEngine(),
}
