import { Corpus } from '../corpus/make-corpus.ts'
import { makeQueries } from '../corpus/make-queries.ts'
import { askOracle, type Oracle } from '../oracle/oracle.ts'
import { type Figure, hasFigure, saveFigure } from '../support/figures.ts'
import { inRoom, type Lab, openLab, type Room } from '../support/lab.ts'
import { type BenchOptions, sizeName } from '../support/options.ts'
import { percentile } from '../support/percentile.ts'
import { ENGINES } from './engines/engines.ts'
import { judgeAll, tellMisses, toParts, toValues } from './recall.ts'
import type { QueriesAnswer, QueriesOrder } from './worker.ts'

const SECOND = 1_000
/** From this size on an engine is asked for a few rounds only, and only those that can be there without hours of waiting. */
const LARGE = 500_000
/** Those measured at a million when nobody names engines: others need minutes to build, gigabytes, or crash. */
const AT_A_MILLION = ['ours', 'flexsearch', 'scan']

type Values = Record<string, number | null>
const COLUMNS = [
  'build s',
  'saved MB',
  'saved / text',
  'restore ms',
  'q p50 ms',
  'q p95 ms',
  'q p99 ms',
  'best@10',
  'valid@10',
  'worst best@10',
  'worst valid@10',
  'update ms',
  'memory MB',
  'peak MB',
] as const

interface Limits {
  readonly buildMs: number
  readonly rounds: number
  readonly budgetMs: number
  /** After so long no further query is asked. */
  readonly queriesMs: number
  readonly restores: number
}

function limitsFor(size: number): Limits {
  return size >= LARGE
    ? { buildMs: 300 * SECOND, rounds: 5, budgetMs: 20 * SECOND, queriesMs: 60 * SECOND, restores: 2 }
    : { buildMs: 240 * SECOND, rounds: 5, budgetMs: 12 * SECOND, queriesMs: 60 * SECOND, restores: 2 }
}

export async function run(options: BenchOptions): Promise<void> {
  const lab = await openLab('bench/search/worker.ts')
  try {
    for (const size of options.sizes) {
      const engines = options.engines ?? (size >= LARGE ? AT_A_MILLION : Object.keys(ENGINES))
      const wanted = engines.filter(
        (name) => ENGINES[name] !== undefined && (options.fresh || !hasFigure('search', name, size)),
      )
      if (wanted.length === 0) continue
      const oracle = askOracle(options.seed, size)
      for (const name of wanted) await measure(lab, oracle, name)
    }
  } finally {
    lab.close()
  }
}

async function measure(lab: Lab, oracle: Oracle, name: string): Promise<void> {
  const size = oracle.corpus.count
  const startedAt = performance.now()
  const values: Values = {}
  const notes: string[] = []
  let parts: Figure['parts'] = {}
  const { browser } = await inRoom(lab, async (room) => {
    try {
      const asked = await measureBuilt(room, oracle, name, values, notes)
      const judged = judgeAll(oracle, asked)
      if (process.env.BENCH_MISSES === name) tellMisses(judged)
      parts = toParts(judged)
      Object.assign(values, toValues(judged, parts))
      if (values['saved MB'] !== null) await measureRestored(room, oracle, name, values)
    } catch (cause) {
      notes.push(`gave up: ${firstLine(cause)}`)
      for (const column of ['build s', 'q p95 ms']) values[column] ??= null
    }
    return { browser: room.browser }
  })
  const sorted = Object.fromEntries(
    COLUMNS.flatMap((column) => (values[column] === undefined ? [] : [[column, values[column]]])),
  )
  saveFigure({ group: 'search', subject: name, size, values: sorted, parts, notes }, browser)
  const seconds = Math.round((performance.now() - startedAt) / SECOND)
  process.stdout.write(`search ${sizeName(size)} ${name}: ${seconds} s ${JSON.stringify(values)} ${notes.join('; ')}\n`)
}

/** The first page: build, save, queries, updates. */
async function measureBuilt(
  room: Room,
  oracle: Oracle,
  name: string,
  values: Values,
  notes: string[],
): Promise<QueriesAnswer> {
  const { seed, count } = oracle.corpus
  const limits = limitsFor(count)
  await room.openPage()
  await room.ask('prepare', { name, seed, count: 0 }, 60 * SECOND)
  const before = room.memoryMb()
  await room.ask('prepare', { name, seed, count }, limits.buildMs)
  values['build s'] = (await room.ask<number>('build', null, limits.buildMs)) / SECOND
  values['peak MB'] = room.memoryMb() - before
  await room.ask('forget', null, 60 * SECOND)
  try {
    const saved = await room.ask<{ ms: number; bytes: number }>('save', null, 120 * SECOND)
    values['saved MB'] = saved.bytes / 1e6
    values['saved / text'] = saved.bytes / textBytes(oracle.corpus)
  } catch (cause) {
    if (!(cause instanceof Error) || /crashed|not done/.test(cause.message)) throw cause
    values['saved MB'] = null
    values['restore ms'] = null
    notes.push(`cannot be saved: ${firstLine(cause)}`)
  }
  const order: QueriesOrder = {
    texts: oracle.answers.map((answer) => answer.text),
    warmUps: makeQueries(new Corpus(seed + 1, Math.min(count, 10_000)))
      .filter((_, at) => at % 20 === 7)
      .map((query) => query.text),
    rounds: limits.rounds,
    budgetMs: limits.budgetMs,
    limitMs: limits.queriesMs,
  }
  const asked = await room.ask<QueriesAnswer>('queries', order, limits.queriesMs * 3)
  const times = asked.ms.filter((ms) => ms !== null)
  if (times.length < order.texts.length)
    notes.push(`only ${times.length} of ${order.texts.length} queries were asked in ${limits.queriesMs / SECOND} s`)
  for (const percent of [50, 95, 99]) values[`q p${percent} ms`] = percentile(times, percent)
  const updates = await room.ask<readonly number[]>(
    'update',
    { seed, count, times: 30, limitMs: 10 * SECOND },
    120 * SECOND,
  )
  values['update ms'] = percentile(
    [...updates].sort((a, b) => a - b),
    50,
  )
  await room.ask('collect garbage', null, 60 * SECOND)
  values['memory MB'] = room.memoryMb() - before
  return asked
}

/** Pages of their own: from the bytes in IndexedDB to the first answer, then the memory that is left after all queries. */
async function measureRestored(room: Room, oracle: Oracle, name: string, values: Values): Promise<void> {
  const limits = limitsFor(oracle.corpus.count)
  const took: number[] = []
  const first = oracle.answers.find((answer) => answer.kind === 'full name') ?? oracle.answers[0]
  for (let time = 0; time < limits.restores; time++) {
    await room.openPage()
    await room.ask('prepare', { name, seed: 0, count: 0 }, 60 * SECOND)
    const before = room.memoryMb()
    const restored = await room.ask<{ ms: number; found: number }>('restore', first?.text ?? '', 120 * SECOND)
    if (restored.found === 0 && values['worst valid@10'] !== 0) throw new Error('nothing is found after the restore')
    took.push(restored.ms)
    if (time === limits.restores - 1) {
      const order = {
        texts: oracle.answers.map((answer) => answer.text),
        warmUps: [],
        rounds: 1,
        budgetMs: 0,
        limitMs: 6 * SECOND,
      }
      await room.ask('queries', order, limits.queriesMs * 2)
      await room.ask('collect garbage', null, 60 * SECOND)
      // In the first page the corpus was there too, and what a page has once held it does not give back at once.
      values['memory MB'] = room.memoryMb() - before
    }
  }
  values['restore ms'] = percentile(
    took.sort((a, b) => a - b),
    50,
  )
}

/** Bytes of all folded text: from a thousand clients, which are like all others. */
function textBytes(corpus: Corpus): number {
  const sample = Math.min(1_000, corpus.count)
  let bytes = 0
  for (let at = 0; at < sample; at++) {
    const client = corpus.client(Math.floor((at * corpus.count) / sample))
    const { id: _, tags, ...texts } = client
    bytes += Buffer.byteLength([...Object.values(texts), ...tags].filter((text) => text !== '').join(' '))
  }
  return (bytes / sample) * corpus.count
}

function firstLine(cause: unknown): string {
  return (cause instanceof Error ? cause.message : String(cause)).split('\n')[0] ?? ''
}
