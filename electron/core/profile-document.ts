import type { z } from 'zod'
import type { Log, ProfileFiles } from '../host/host.ts'

/** A small document of the profile, parsed when read. What cannot be read is set aside, never overwritten. */
export interface ProfileDocument<T> {
  readonly get: () => T
  /** Resolves when it is on disk. Writes are in order. */
  readonly set: (value: T) => Promise<void>
}

export async function openProfileDocument<S extends z.ZodType>(options: {
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
      value = next
      last = last.catch(() => undefined).then(() => files.write(name, next))
      return last
    },
  }
}
