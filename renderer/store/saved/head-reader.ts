import type { AppError } from '../../../shared/app-error.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { ensureRead, type Reading, whenRead } from '../records/read-segments.ts'

/** Records asked of the disk at a time, about half a megabyte: between two of these, others are answered. */
const RECORDS = 1_600

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
  /** Questions under way, and whether somebody waits for all of it: then it does not wait for them. */
  let questions = 0
  let isAwaited = false
  let goOn = (): void => undefined

  /** The next segments, oldest first. */
  const nextOf = (left: readonly number[]): readonly number[] => {
    let records = 0
    const end = left.findIndex((segmentId) => {
      if (records >= RECORDS) return true
      records += book.segments.get(segmentId)?.n ?? 0
      return false
    })
    return end === -1 ? left : left.slice(0, end)
  }

  const readAll = async (): Promise<Result<null, AppError>> => {
    for (;;) {
      if (questions > 0 && !isAwaited && !stopped)
        await new Promise<void>((resolve) => {
          goOn = resolve
        })
      if (stopped) return GONE
      const left = book.records.unread()
      if (left.length === 0) return ok(null)
      const before = book.unreadable
      const read = await ensureRead(deps, nextOf(left))
      if (!read.ok) return read
      if (book.unreadable !== before) {
        stopped = true
        onMisfit()
        return GONE
      }
    }
  }
  /** One reader at a time; one that failed is followed by another when somebody asks. */
  const begun = (): Promise<Result<null, AppError>> => {
    if (whole === null && !stopped && book.records.unread().length === 0) whole = Promise.resolve(ok(null))
    whole ??= readAll().then((read) => {
      if (!read.ok) whole = null
      return read
    })
    return whole
  }
  const all = (): Promise<Result<null, AppError>> => {
    isAwaited = true
    goOn()
    return begun()
  }
  void begun()

  return {
    all,
    reading: async (work) => {
      questions++
      try {
        return await whenRead(deps, work)
      } finally {
        questions--
        if (questions === 0) goOn()
      }
    },
    whole: async (work) => {
      const read = await all()
      return read.ok ? work() : read
    },
    stop: () => {
      stopped = true
      goOn()
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
