import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rm, stat, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { hasCode } from '../has-code.ts'
import { writeAtomically } from '../write-atomically.ts'

/** Pictures on disk by their address, the longest unused thrown out first. */
export interface MediaCache {
  /** Null where it is not kept. `fetchedAt` in milliseconds since the epoch. */
  readonly read: (url: string) => Promise<{ readonly bytes: Uint8Array; readonly fetchedAt: number } | null>
  readonly write: (url: string, bytes: Uint8Array) => Promise<void>
}

export interface MediaCacheOptions {
  readonly folder: string
  readonly maxBytes: number
  readonly now: () => number
}

/** File times carry what there is to know, so no index can disagree with the folder: modified = fetched, accessed = used. */
interface Kept {
  readonly size: number
  readonly fetchedAt: number
  readonly usedAt: number
}

export function createMediaCache({ folder, maxBytes, now }: MediaCacheOptions): MediaCache {
  let opening: Promise<Map<string, Kept>> | null = null
  const open = (): Promise<Map<string, Kept>> => {
    opening ??= readFolder(folder)
    return opening
  }

  const makeRoom = async (kept: Map<string, Kept>): Promise<void> => {
    let total = 0
    for (const { size } of kept.values()) total += size
    if (total <= maxBytes) return
    const longestUnused = [...kept].sort(([, a], [, b]) => a.usedAt - b.usedAt)
    for (const [name, { size }] of longestUnused) {
      if (total <= maxBytes) return
      kept.delete(name)
      await rm(join(folder, name), { force: true })
      total -= size
    }
  }

  return {
    read: async (url) => {
      const kept = await open()
      const name = nameOf(url)
      const found = kept.get(name)
      if (found === undefined) return null
      try {
        const bytes = await readFile(join(folder, name))
        const usedAt = now()
        kept.set(name, { ...found, usedAt })
        await utimes(join(folder, name), usedAt / 1000, found.fetchedAt / 1000)
        return { bytes, fetchedAt: found.fetchedAt }
      } catch (cause) {
        if (!hasCode(cause, 'ENOENT')) throw cause
        kept.delete(name)
        return null
      }
    },
    write: async (url, bytes) => {
      if (bytes.byteLength > maxBytes) return
      const kept = await open()
      const name = nameOf(url)
      const at = now()
      await writeAtomically(join(folder, name), bytes)
      await utimes(join(folder, name), at / 1000, at / 1000)
      kept.set(name, { size: bytes.byteLength, fetchedAt: at, usedAt: at })
      await makeRoom(kept)
    },
  }
}

/** Hashed: an address may hold personal data, and is no file name. */
function nameOf(url: string): string {
  return createHash('sha256').update(url).digest('hex')
}

async function readFolder(folder: string): Promise<Map<string, Kept>> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const kept = new Map<string, Kept>()
  for (const name of await readdir(folder)) {
    if (/^[0-9a-f]{64}$/.test(name)) {
      const { size, mtimeMs, atimeMs } = await stat(join(folder, name))
      kept.set(name, { size, fetchedAt: mtimeMs, usedAt: atimeMs })
    } else {
      // A draft that a crash left behind.
      await rm(join(folder, name), { force: true, recursive: true })
    }
  }
  return kept
}
