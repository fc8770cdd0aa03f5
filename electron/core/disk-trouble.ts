import type { AppError } from '../../shared/app-error.ts'
import { err, type Result } from '../../shared/result.ts'

const KINDS: Readonly<Record<string, 'full' | 'read-only' | 'failed'>> = {
  ENOSPC: 'full',
  EDQUOT: 'full',
  EROFS: 'read-only',
  EACCES: 'read-only',
  EPERM: 'read-only',
  EIO: 'failed',
  EBUSY: 'failed',
  EMFILE: 'failed',
}

/** What the error of a file system means, or null where it is none. */
export function diskTrouble(cause: unknown): Extract<AppError, { code: 'storage' }> | null {
  if (!(cause instanceof Error) || !('code' in cause) || typeof cause.code !== 'string') return null
  const kind = KINDS[cause.code]
  return kind === undefined ? null : { code: 'storage', kind }
}

/** Handlers whose disk refuses answer with what is wrong with it, instead of an incident. */
export function namingDiskTrouble<H extends object>(handlers: H): H {
  const table: Record<string, unknown> = {}
  for (const [name, handler] of Object.entries(handlers)) {
    table[name] = async (input: unknown): Promise<Result<unknown, AppError>> => {
      try {
        return await handler(input)
      } catch (cause) {
        const trouble = diskTrouble(cause)
        if (trouble === null) throw cause
        return err(trouble)
      }
    }
  }
  // The same names, each with a handler of the same input and output.
  return table as H
}
