import type { JournalLine } from '../../../shared/model/journal.ts'
import type { JournalFile, JournalFiles, Log } from '../../host/host.ts'
import { diskTrouble } from '../disk-trouble.ts'
import { encodeLine, hasLines, type LineSeal, readLines, type SegmentEnd } from './line-codec.ts'

/** A segment is closed beyond this size. */
export const SEGMENT_BYTES = 4 * 1024 * 1024

/** How lines are written and read now. */
export interface LineRules {
  /** Null: in plain. */
  readonly writes: LineSeal | null
  /** Null: sealed lines cannot be read. */
  readonly reads: LineSeal | null
  /** False once everything is sealed: a line in plain is then none of ours. */
  readonly believesPlain: boolean
}

export const PLAIN_LINES: LineRules = { writes: null, reads: null, believesPlain: true }

/** What reading found besides lines. */
export interface LogHealth {
  /** False: the folder cannot be read at all. */
  readonly available: boolean
  /** Segments that hold something else than was written, or cannot be read. */
  readonly damaged: readonly string[]
  readonly segments: number
  readonly bytes: number
}

/** Lines in segments `NNNN.ndj`: appended, read in order, and replaced by a shorter account of the same. */
export interface SegmentLog {
  /** Hands out all lines of all segments, one segment in memory at a time. */
  readonly read: (onLine: (line: JournalLine) => void) => Promise<LogHealth>
  /** True once the lines are on the disk. What waits meanwhile goes in one write and one flush. */
  readonly append: (lines: readonly JournalLine[]) => Promise<boolean>
  /**
   * Puts `lines` in place of everything so far: one new segment, whole or not at all, and only then the old ones go.
   * Damaged ones are set aside. Nothing is appended in between.
   */
  readonly replace: (replacement: Replacement) => Promise<boolean>
  /**
   * Writes every segment anew that is not as the rules now have it: each beside itself, flushed, and then in the place of
   * the old one, so that a crash leaves it as it was or as it shall be. False where one could not be. Again is a no-op.
   */
  readonly rewrite: (rewriting: Rewriting) => Promise<boolean>
  /** Why the last write failed, as far as the disk says. */
  readonly trouble: () => 'full' | 'read-only' | 'failed'
  /** Bytes of all segments. */
  readonly bytes: () => number
  readonly segments: () => number
  readonly close: () => Promise<void>
}

export interface Replacement {
  /** `read` as above. Null: all stays as it is. */
  readonly make: (read: SegmentLog['read']) => Promise<readonly JournalLine[] | null>
  /** It counts from here on; called before anything else is appended. */
  readonly stored: (lines: readonly JournalLine[]) => void
}

export interface Rewriting {
  /** Keeps a damaged segment as it was found before its readable part is written anew. */
  readonly keepAside: (name: string, bytes: Uint8Array) => Promise<void>
  /** Told after each, and at the beginning, how many are left. */
  readonly onLeft: (left: number) => void
}

interface Waiting {
  readonly lines: readonly JournalLine[]
  readonly settle: (stored: boolean) => void
}

export function createSegmentLog(deps: {
  readonly files: JournalFiles
  readonly log: Log
  readonly rules?: () => LineRules
}): SegmentLog {
  const { files, log, rules = () => PLAIN_LINES } = deps
  let file: { readonly name: string; readonly handle: JournalFile } | null = null
  let fileBytes = 0
  let fileLines = 0
  let names: string[] | null = null
  let damaged = new Set<string>()
  let totalBytes = 0
  let trouble: 'full' | 'read-only' | 'failed' = 'failed'
  let waiting: Waiting[] = []
  let tail: Promise<unknown> = Promise.resolve()

  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const run = tail.then(work, work)
    tail = run.catch(() => undefined)
    return run
  }

  const known = async (): Promise<string[]> => {
    names ??= (await files.list()).filter((name) => SEGMENT_NAME.test(name)).sort(byNumber)
    return names
  }

  const nextName = async (): Promise<string> => {
    const last = (await known()).at(-1)
    return nameOf(last === undefined ? 1 : Number.parseInt(last, 10) + 1)
  }

  const closeFile = async (): Promise<void> => {
    const open = file
    file = null
    fileBytes = 0
    fileLines = 0
    await open?.handle.close().catch(() => undefined)
  }

  const encodeAll = (lines: readonly JournalLine[], segment: string, from: number): Uint8Array => {
    const { writes } = rules()
    const seal = (at: number) => (writes === null ? null : { seal: writes, place: { segment, index: from + at } })
    return concat(lines.map((line, at) => encodeLine(line, seal(at))))
  }

  const readSegment = (name: string, bytes: Uint8Array, onLine: (line: JournalLine) => void): SegmentEnd => {
    const { reads, believesPlain } = rules()
    return readLines(bytes, onLine, { segment: name, seal: reads, believesPlain })
  }

  const readAll = async (onLine: (line: JournalLine) => void): Promise<LogHealth> => {
    const bad = new Set<string>()
    let bytes = 0
    try {
      for (const name of await known()) {
        try {
          const content = await files.read(name)
          bytes += content.length
          if (readSegment(name, content, onLine) === 'damaged') bad.add(name)
        } catch (cause) {
          log.error('journal-segment-unreadable', { name, cause: nameOfError(cause) })
          bad.add(name)
        }
      }
    } catch (cause) {
      log.error('journal-unavailable', { cause: nameOfError(cause) })
      return { available: false, damaged: [], segments: 0, bytes: 0 }
    }
    damaged = bad
    totalBytes = bytes
    for (const name of bad) log.error('journal-segment-damaged', { name })
    return { available: true, damaged: [...bad], segments: names?.length ?? 0, bytes }
  }

  const flush = async (): Promise<void> => {
    const batch = waiting
    waiting = []
    if (batch.length === 0) return
    const lines = batch.flatMap((item) => item.lines)
    let stored = false
    try {
      if (file !== null && fileBytes > SEGMENT_BYTES) await closeFile()
      if (file === null) {
        const name = await nextName()
        // Named before it is opened: an attempt that fails half-way leaves a file that is never appended to again.
        names?.push(name)
        file = { name, handle: await files.open(name) }
      }
      // Only here: a sealed line belongs to its place, and that is known now.
      const bytes = encodeAll(lines, file.name, fileLines)
      await file.handle.append(bytes)
      fileLines += lines.length
      fileBytes += bytes.length
      totalBytes += bytes.length
      stored = true
    } catch (cause) {
      // What a failed flush has left behind is unknown, and a second one would report success for it (SYNC.md F135).
      log.error('journal-append-failed', { cause: nameOfError(cause) })
      trouble = troubleOf(cause)
      await closeFile()
    }
    for (const item of batch) item.settle(stored)
  }

  return {
    read: (onLine) => inTurn(() => readAll(onLine)),
    append: (lines) =>
      new Promise((resolve) => {
        waiting.push({ lines, settle: resolve })
        void inTurn(flush)
      }),
    replace: ({ make, stored }) =>
      inTurn(async () => {
        const lines = await make(readAll)
        if (lines === null) return false
        await closeFile()
        try {
          const old = [...(await known())]
          const name = await nextName()
          const bytes = encodeAll(lines, name, 0)
          await files.replace(name, bytes)
          names = [...old, name]
          totalBytes = bytes.length
          stored(lines)
          // From here on a crash leaves some of the old ones beside it; the base in the new one overrules them.
          for (const other of old) await (damaged.has(other) ? files.setAside(other) : files.remove(other))
          names = [name]
          damaged = new Set()
          return true
        } catch (cause) {
          log.error('journal-not-replaced', { cause: nameOfError(cause) })
          trouble = troubleOf(cause)
          names = null
          return false
        }
      }),
    rewrite: ({ keepAside, onLeft }) =>
      inTurn(async () => {
        // What is written from here on goes to a new segment, by the new rules.
        await closeFile()
        try {
          const unwanted = rules().writes === null ? 'sealed' : 'plain'
          const left: string[] = []
          for (const name of await known()) if (hasLines(await files.read(name), unwanted)) left.push(name)
          onLeft(left.length)
          for (const [done, name] of left.entries()) {
            const content = await files.read(name)
            const lines: JournalLine[] = []
            if (readSegment(name, content, (line) => lines.push(line)) === 'damaged') await keepAside(name, content)
            await files.replace(name, encodeAll(lines, name, 0))
            onLeft(left.length - done - 1)
          }
          return true
        } catch (cause) {
          log.error('journal-not-rewritten', { cause: nameOfError(cause) })
          trouble = troubleOf(cause)
          return false
        }
      }),
    trouble: () => trouble,
    bytes: () => totalBytes,
    segments: () => names?.length ?? 0,
    close: () => inTurn(closeFile),
  }
}

function troubleOf(cause: unknown): 'full' | 'read-only' | 'failed' {
  const kind = diskTrouble(cause)?.kind
  return kind === 'full' || kind === 'read-only' ? kind : 'failed'
}

const SEGMENT_NAME = /^\d{4,12}\.ndj$/

function nameOf(n: number): string {
  return `${String(n).padStart(4, '0')}.ndj`
}

function byNumber(a: string, b: string): number {
  return Number.parseInt(a, 10) - Number.parseInt(b, 10)
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  let length = 0
  for (const part of parts) length += part.length
  const all = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

function nameOfError(cause: unknown): string {
  if (cause instanceof Error && 'code' in cause && typeof cause.code === 'string') return cause.code
  return cause instanceof Error ? cause.name : typeof cause
}
