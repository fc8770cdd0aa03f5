import type { AppError } from '../../../shared/app-error.ts'
import type { Clock } from '../../../shared/clock.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Book } from '../book.ts'
import { lineAt, searchTextOf } from '../projection/line.ts'
import type { ClientView } from '../projection/view.ts'
import type { Slot } from '../records/record-contract.ts'
import type { SearchEngine } from '../search/engine/engine-contract.ts'
import type { Preparing } from '../store-contract.ts'
import type { HeadReader } from './head-reader.ts'

/** Up to here a book is made ready before anybody is answered: it takes less than a second. */
export const SMALL_BOOK = 20_000
/** As many are taken in between two looks at the clock. */
const PER_STEP = 64
/** Work between two turns of the others: less than a frame. */
const SLICE_MS = 10
/** How often it is told how far it has come. */
const TELL_MS = 250

/**
 * Makes lines and search of a large book whose saved form is missing, behind everybody's back: first all lines, so that the
 * list can be answered, then what the search finds them by.
 */
export interface Preparation {
  /** The engine, as the view is to know it: texts of lines that have not been prepared wait. */
  readonly search: SearchEngine
  readonly begin: (deps: {
    readonly view: ClientView
    readonly reading: HeadReader['reading']
    /** Something may be told: how far it is, that there are lines, or that more is found. */
    readonly onStep: (what: 'progress' | 'lines' | 'found') => void
    /** It cannot go on: the store is to be opened anew. */
    readonly onFailed: () => void
  }) => void
  /** Null where it is done. */
  readonly progress: () => Preparing | null
  /** Resolve when the lines are there, and when the search is: with trouble where that will not be. */
  readonly lines: Promise<Result<null, AppError>>
  readonly whole: Promise<Result<null, AppError>>
  readonly stop: () => void
}

const GONE: Result<null, AppError> = err({ code: 'storage', kind: 'reopening' })

interface Milestone {
  readonly reached: Promise<Result<null, AppError>>
  readonly reach: (result: Result<null, AppError>) => void
}

function milestone(): Milestone {
  let reach: Milestone['reach'] = () => undefined
  const reached = new Promise<Result<null, AppError>>((resolve) => {
    reach = resolve
  })
  return { reached, reach: (result) => reach(result) }
}

export function createPreparation(book: Book, engine: SearchEngine, clock: Clock): Preparation {
  /** Lines whose texts the search does not know yet. */
  const waiting = new Set<Slot>()
  const lines = milestone()
  const whole = milestone()
  let now: Preparing | null = { part: 'lines', done: 0, of: book.records.slots() }
  let stopped = false
  let toldAt = Number.NEGATIVE_INFINITY

  const end = (result: Result<null, AppError>): void => {
    lines.reach(result)
    whole.reach(result)
  }

  /** All of these one after another, in slices; false where it is to stop. */
  const each = async (
    slots: Iterable<Slot>,
    { reading, onStep }: Parameters<Preparation['begin']>[0],
    take: (part: readonly Slot[]) => void,
    onPart: (done: number) => void,
  ): Promise<boolean> => {
    let part: Slot[] = []
    let done = 0
    let until = clock.now() + SLICE_MS
    const takePart = async (): Promise<boolean> => {
      const taken = part
      part = []
      const read = await reading(async () => {
        take(taken)
        return ok(null)
      })
      done += taken.length
      onPart(done)
      if (read.ok && !stopped && clock.now() >= until) {
        await new Promise<void>((resolve) => clock.schedule(0, resolve))
        until = clock.now() + SLICE_MS
        if (until > toldAt + TELL_MS) {
          toldAt = until
          onStep('progress')
        }
      }
      return read.ok && !stopped
    }
    for (const slot of slots) {
      if (part.push(slot) < PER_STEP) continue
      if (!(await takePart())) return false
    }
    return takePart()
  }

  const run = async (deps: Parameters<Preparation['begin']>[0]): Promise<boolean> => {
    const { view, onStep } = deps
    const of = book.records.slots()
    const takeLines = (part: readonly Slot[]): void =>
      view.refresh(part.flatMap((slot) => (book.records.isLive(slot) ? (book.records.recordAt(slot) ?? []) : [])))
    const areLines = await each(upTo(of), deps, takeLines, (done) => {
      now = { part: 'lines', done, of }
    })
    if (!areLines) return false
    const all = waiting.size
    now = { part: 'search', done: 0, of: all }
    lines.reach(ok(null))
    onStep('lines')
    let told = all / 32
    const takeTexts = (part: readonly Slot[]): void => {
      // Looked at before any is taken: of a head that has to be read first, all of them are taken again.
      const found = part.map((slot) => ({ slot, line: waiting.has(slot) ? lineAt(book, slot) : null }))
      for (const { slot, line } of found) {
        waiting.delete(slot)
        if (line !== null) engine.upsert(slot, searchTextOf(line), line.row.updatedAt ?? 0)
      }
    }
    return each([...waiting], deps, takeTexts, (done) => {
      now = { part: 'search', done, of: all }
      if (done < told) return
      told = done * 2
      // Results that were kept are of before.
      view.refresh([])
      onStep('found')
    })
  }

  return {
    search: {
      ...engine,
      size: () => engine.size() + waiting.size,
      upsert: (slot, text, recency) => {
        if (now?.part !== 'lines') {
          waiting.delete(slot)
          engine.upsert(slot, text, recency)
        } else waiting.add(slot)
      },
      remove: (slot) => {
        waiting.delete(slot)
        engine.remove(slot)
      },
    },
    begin: (deps) => {
      const fail = (): void => {
        end(GONE)
        if (!stopped) deps.onFailed()
      }
      run(deps).then(
        (done) => {
          if (!done) return fail()
          now = null
          deps.view.refresh([])
          end(ok(null))
          deps.onStep('found')
        },
        () => fail(),
      )
    },
    progress: () => now,
    lines: lines.reached,
    whole: whole.reached,
    stop: () => {
      stopped = true
    },
  }
}

function* upTo(slots: number): Generator<Slot> {
  for (let slot = 0; slot < slots; slot++) yield slot
}

/** What cannot be answered before there are lines, and what would be wrong before all can be searched. */
const OF_LINES: ReadonlySet<string> = new Set([
  'clients.list',
  'clients.indexOf',
  'clients.rows',
  'clients.jump',
  'clients.vocabulary',
  'board.get',
  'insights.get',
  'testimonials.list',
  'unsent.export',
])
const OF_ALL: ReadonlySet<string> = new Set([
  'clients.ids',
  'clients.exportCsv',
  'clients.exportVCard',
  'bulk.begin',
  'import.plan',
])

/** Every call of a table, once what it answers from is there; the counts say how far that is. */
export function whenPrepared<T extends object>(handlers: T, preparation: Preparation | null, book: Book): T {
  if (preparation === null) return handlers
  // Names and types are those of the very table that is wrapped.
  const table = handlers as Readonly<Record<string, (input: unknown) => Promise<Result<object, AppError>>>>
  const wrapped: Record<string, (input: unknown) => Promise<Result<unknown, AppError>>> = {}
  for (const [name, handler] of Object.entries(table)) {
    wrapped[name] = async (input) => {
      if (preparation.progress() === null) return handler(input)
      if (OF_LINES.has(name) || OF_ALL.has(name)) {
        const ready = await (OF_ALL.has(name) ? preparation.whole : preparation.lines)
        if (!ready.ok) return ready
      }
      const reply = await handler(input)
      const preparing = preparation.progress()
      if (name !== 'counts.get' || !reply.ok || preparing === null) return reply
      return ok({ ...reply.value, preparing, ...(preparing.part === 'lines' ? { clients: book.heads.size } : {}) })
    }
  }
  return wrapped as T
}
