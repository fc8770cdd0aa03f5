import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { JournalFiles } from './host.ts'
import { syncFolder, writeAtomically } from './write-atomically.ts'

/** Append-only files in `folder`, readable by this user only. The folder is made when it is first needed. */
export function createJournalFiles(folder: string): JournalFiles {
  const pathOf = (name: string): string => {
    if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,100}$/.test(name)) throw new Error('Not the name of a journal file')
    return join(folder, name)
  }
  /** Drafts that a crash left behind are of nobody, and may hold what is sealed by now; one process has the profile. */
  const clear = async (): Promise<void> => {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    for (const name of await readdir(folder)) if (name.endsWith('.tmp')) await rm(join(folder, name), { force: true })
  }
  let clearing: Promise<void> | null = null
  const ready = async (): Promise<void> => {
    clearing ??= clear()
    await clearing.catch((cause: unknown) => {
      clearing = null
      throw cause
    })
    await mkdir(folder, { recursive: true, mode: 0o700 })
  }
  return {
    list: async () => {
      await ready()
      const names = await readdir(folder)
      return names.filter((name) => !/\.tmp$|\.damaged-\d+$/.test(name)).sort()
    },
    read: (name) => readFile(pathOf(name)),
    open: async (name) => {
      const path = pathOf(name)
      await ready()
      const file = await open(path, 'a', 0o600)
      await syncFolder(folder)
      return {
        append: async (bytes) => {
          await file.appendFile(bytes)
          await file.datasync()
        },
        close: () => file.close(),
      }
    },
    replace: async (name, bytes) => {
      const path = pathOf(name)
      await ready()
      await writeAtomically(path, bytes)
    },
    remove: async (name) => {
      await rm(pathOf(name), { force: true })
      await syncFolder(folder)
    },
    setAside: async (name) => {
      const path = pathOf(name)
      const taken = new Set(await readdir(folder))
      for (let n = 1; ; n++) {
        if (taken.has(`${name}.damaged-${n}`)) continue
        await rename(path, `${path}.damaged-${n}`)
        await syncFolder(folder)
        return
      }
    },
    listAside: async () => {
      await ready()
      return (await readdir(folder)).filter((name) => ASIDE.test(name)).sort()
    },
  }
}

const ASIDE = /\.damaged-\d+$/
