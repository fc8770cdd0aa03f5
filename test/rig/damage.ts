import { readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export const DAMAGES = ['delete', 'truncate', 'zero', 'flip'] as const
export type Damage = (typeof DAMAGES)[number]

/** What a file of a LevelDB folder is; others (its lock, its own log of events) hold no data. */
export function kindOf(name: string): 'log' | 'table' | 'manifest' | 'current' | null {
  if (/^\d+\.log$/.test(name)) return 'log'
  if (/^\d+\.(ldb|sst)$/.test(name)) return 'table'
  if (/^MANIFEST-\d+$/.test(name)) return 'manifest'
  return name === 'CURRENT' ? 'current' : null
}

/** Files that hold data, ascending by name. */
export function dataFiles(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((name) => kindOf(name) !== null)
    .sort()
}

/** Damages one file as a bad disk, a virus scanner or a careless hand would. */
export function damage(folder: string, name: string, how: Damage): void {
  const path = join(folder, name)
  const size = statSync(path).size
  switch (how) {
    case 'delete':
      rmSync(path)
      return
    case 'truncate':
      truncateSync(path, Math.floor(size * 0.6))
      return
    case 'zero':
      writeFileSync(path, Buffer.alloc(size))
      return
    case 'flip': {
      const bytes = readFileSync(path)
      const at = Math.floor(size / 2)
      bytes[at] = (bytes[at] ?? 0) ^ 0x10
      writeFileSync(path, bytes)
    }
  }
}
