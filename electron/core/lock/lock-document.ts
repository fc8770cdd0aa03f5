import { z } from 'zod'
import { stretchSchema } from '../../../shared/model/sealed-file.ts'
import type { Log, ProfileFiles } from '../../host/host.ts'

/**
 * `lock.json`: that a passphrase is set, and the key of the data, wrapped. `turning-on` and `turning-off` last as long as
 * files are being written anew: the passphrase is asked for in both, because some are sealed.
 */
export const lockDocumentSchema = z.object({
  v: z.literal(1),
  /** The higher one of two copies counts. */
  revision: z.number().int().positive(),
  /** Of the data key, in what is sealed beside it. */
  keyId: z.string().regex(/^[A-Za-z0-9_-]{16,64}$/),
  state: z.enum(['on', 'turning-on', 'turning-off']),
  kdf: stretchSchema,
  /** The data key under the key that the passphrase gives. */
  wrapped: z.string().max(200),
})
export type LockDocument = z.infer<typeof lockDocumentSchema>

/** Without it nothing that is sealed can ever be opened: it is kept twice. */
const NAMES = ['lock.json', 'lock-copy.json'] as const

export interface LockDocuments {
  readonly get: () => LockDocument | null
  /** Both copies are on the disk; one after the other, so that a crash leaves one that is whole. */
  readonly set: (next: Omit<LockDocument, 'v' | 'revision'>) => Promise<void>
  readonly remove: () => Promise<void>
  /** Renames both, so that what they open is not lost with them. */
  readonly setAside: () => Promise<void>
}

export async function openLockDocuments(files: ProfileFiles, log: Log): Promise<LockDocuments> {
  let kept: LockDocument | null = null
  const revisions = new Map<string, number>()
  for (const name of NAMES) {
    const value = await files.read(name).catch(() => undefined)
    const parsed = lockDocumentSchema.safeParse(value)
    if (parsed.success) {
      revisions.set(name, parsed.data.revision)
      if (kept === null || parsed.data.revision > kept.revision) kept = parsed.data
    } else if (value !== null) {
      log.error('profile-document-unreadable', { name })
      await files.setAside(name)
    }
  }
  // Missing, unreadable, or of a passphrase that was changed since: that one must not come back.
  if (kept !== null) for (const name of NAMES) if (revisions.get(name) !== kept.revision) await files.write(name, kept)

  const write = async (next: LockDocument): Promise<void> => {
    for (const name of NAMES) await files.write(name, next)
    kept = next
  }
  return {
    get: () => kept,
    set: (next) => write({ v: 1, revision: (kept?.revision ?? 0) + 1, ...next }),
    remove: async () => {
      for (const name of NAMES) await files.remove(name)
      kept = null
    },
    setAside: async () => {
      for (const name of NAMES) if ((await files.read(name)) !== null) await files.setAside(name)
      kept = null
    },
  }
}
