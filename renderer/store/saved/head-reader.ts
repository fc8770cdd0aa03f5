import type { AppError } from '../../../shared/app-error.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { ensureRead, type Reading, whenRead } from '../records/read-segments.ts'

/** Segments asked of the disk at a time, about three megabytes: between two of these, others are answered. */
const SEGMENTS = 16

type Answer = Promise<Result<unknown, AppError>>

/**
 * After a start from the saved form the heads are still on the disk. They are read behind everybody's back, oldest first;
 * whoever needs some of them before gets just these. Writes wait until all are there: what they compose from must not
 * come in while they do it.
 */
export interface HeadReader {
  /** Answers with what is there, and reads what turns out to be missing. Only for what changes nothing. */
  readonly reading: <T>(work: () => Promise<Result<T, AppError>>) => Promise<Result<T, AppError>>
  /** Resolves when all heads are there. */
  readonly all: () => Promise<Result<null, AppError>>
  /** Runs then. */
  readonly whole: <T>(work: () => Promise<Result<T, AppError>>) => Promise<Result<T, AppError>>
  readonly stop: () => void
}

export function createHeadReader(
  deps: Reading & {
    /** Records of the saved form are not on the disk: it is to be thrown away, and all of it read anew. */
    readonly onMisfit: () => void
  },
): HeadReader {
  const { book, onMisfit } = deps
  let stopped = false
  let whole: Promise<Result<null, AppError>> | null = null

  const readAll = async (): Promise<Result<null, AppError>> => {
    for (;;) {
      if (stopped) return GONE
      const left = book.records.unread()
      if (left.length === 0) return ok(null)
      const before = book.unreadable
      const read = await ensureRead(deps, left.slice(0, SEGMENTS))
      if (!read.ok) return read
      if (book.unreadable !== before) {
        stopped = true
        onMisfit()
        return GONE
      }
    }
  }
  /** One reader at a time; one that failed is followed by another when somebody asks. */
  const all = (): Promise<Result<null, AppError>> => {
    if (whole === null && !stopped && book.records.unread().length === 0) whole = Promise.resolve(ok(null))
    whole ??= readAll().then((read) => {
      if (!read.ok) whole = null
      return read
    })
    return whole
  }
  void all()

  return {
    all,
    reading: (work) => whenRead(deps, work),
    whole: async (work) => {
      const read = await all()
      return read.ok ? work() : read
    },
    stop: () => {
      stopped = true
    },
  }
}

/** Asked again by the service, of the store that is opened next. */
const GONE: Result<null, AppError> = err({ code: 'storage', kind: 'reopening' })

/** Every call of a table, once the heads are there that it needs. */
export function whenHeadsAreRead<T extends object>(
  handlers: T,
  reader: HeadReader,
  isReading: (name: string) => boolean,
): T {
  // Names and types are those of the very table that is wrapped.
  const table = handlers as Readonly<Record<string, (input: unknown) => Answer>>
  const wrapped: Record<string, (input: unknown) => Answer> = {}
  for (const [name, handler] of Object.entries(table)) {
    wrapped[name] = (input) =>
      isReading(name) ? reader.reading(async () => handler(input)) : reader.whole(() => handler(input))
  }
  return wrapped as T
}
