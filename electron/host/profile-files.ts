import { readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { hasCode } from './has-code.ts'
import type { ProfileFiles } from './host.ts'
import { writeAtomically } from './write-atomically.ts'

/** Documents of the profile as `NAME.json` in `folder`. Writes of one document keep their order. */
export function createProfileFiles(folder: string): ProfileFiles {
  const queues = new Map<string, Promise<unknown>>()

  const inOrder = <T>(name: string, run: (path: string) => Promise<T>): Promise<T> => {
    const path = documentPath(folder, name)
    const after = (queues.get(path) ?? Promise.resolve()).then(
      () => run(path),
      () => run(path),
    )
    queues.set(path, after)
    return after
  }

  return {
    read: (name) =>
      inOrder(name, async (path) => {
        const text = await textOf(path)
        if (text === null) return null
        const value: unknown = JSON.parse(text)
        return value
      }),
    write: (name, value) => inOrder(name, (path) => writeAtomically(path, `${JSON.stringify(value, null, 2)}\n`)),
    remove: (name) => inOrder(name, (path) => rm(path, { force: true })),
    setAside: (name) =>
      inOrder(name, async (path) => {
        for (let n = 1; ; n++) {
          const aside = `${path}.unreadable-${n}`
          if (await exists(aside)) continue
          await rename(path, aside)
          return
        }
      }),
  }
}

function documentPath(folder: string, name: string): string {
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,80}$/.test(name)) throw new Error('Not the name of a profile document')
  return join(folder, name.endsWith('.json') ? name : `${name}.json`)
}

async function textOf(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8')
  } catch (cause) {
    if (hasCode(cause, 'ENOENT')) return null
    throw cause
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path)
    return true
  } catch (cause) {
    if (hasCode(cause, 'ENOENT')) return false
    throw cause
  }
}
