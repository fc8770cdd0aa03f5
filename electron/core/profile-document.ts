import type { z } from 'zod'
import type { Log, ProfileFiles } from '../host/host.ts'

/** A small document of the profile, parsed when read. What cannot be read is set aside, never overwritten. */
export interface ProfileDocument<T> {
  /** What is on the disk: after a write that failed it is what was there before. */
  readonly get: () => T
  /**
   * Resolves when it is on disk; rejects where it is not, and then it never was. In order; a function gets what the
   * writes before it have left.
   */
  readonly set: (value: T | ((before: T) => T)) => Promise<void>
}

export async function openProfileDocument<S extends z.ZodType<object>>(options: {
  readonly files: ProfileFiles
  readonly log: Log
  readonly name: string
  readonly schema: S
  readonly initial: z.output<S>
}): Promise<ProfileDocument<z.output<S>>> {
  const { files, log, name, schema, initial } = options
  let value = initial
  let stored: unknown
  try {
    stored = await files.read(name)
  } catch {
    stored = undefined
  }
  if (stored !== null) {
    const parsed = schema.safeParse(stored)
    if (parsed.success) {
      value = parsed.data
    } else {
      log.error('profile-document-unreadable', { name })
      await files.setAside(name)
    }
  }
  let last: Promise<void> = Promise.resolve()
  return {
    get: () => value,
    set: (next) => {
      const write = async (): Promise<void> => {
        const after = typeof next === 'function' ? next(value) : next
        await files.write(name, after)
        value = after
      }
      last = last.then(write, write)
      return last
    },
  }
}
