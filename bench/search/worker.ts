import type { BenchClient } from '../corpus/bench-client.ts'
import { Corpus } from '../corpus/make-corpus.ts'
import { serveOrders } from '../support/serve-orders.ts'
import { type BenchEngine, TOP } from './bench-engine.ts'
import { ENGINES } from './engines/engines.ts'
import { keepSaved, readSaved, sizeOf } from './saved-form.ts'

/**
 * One engine in a worker of its own. The figures are taken here, beside the engine: nothing of the page or of the way to
 * it is in them.
 */
export interface QueriesOrder {
  readonly texts: readonly string[]
  readonly warmUps: readonly string[]
  /** How often each query is asked at most; only the first round is never cut short by `budgetMs` once begun. */
  readonly rounds: number
  readonly budgetMs: number
  readonly limitMs: number
}

export interface QueriesAnswer {
  /** Per query the median of its rounds, ms; null where the time was up before its turn. */
  readonly ms: readonly (number | null)[]
  readonly ids: readonly (readonly string[])[]
  readonly rounds: number
}

let corpus: BenchClient[] = []
let rest: Corpus | null = null
let engine: BenchEngine | null = null
/** Clients that are made at a time for an engine that takes them so. */
const PART = 20_000

serveOrders({
  /** The corpus, and the engine's code: neither is part of what is measured. */
  prepare: async ({ name, seed, count }: { name: string; seed: number; count: number }) => {
    engine = await created(name)
    rest = new Corpus(seed, count)
    if (count > 0 && engine.add === undefined) corpus = rest.all()
  },
  build: async () => {
    if (current().add !== undefined) return addInParts()
    const startedAt = performance.now()
    await current().build(corpus)
    return performance.now() - startedAt
  },
  /** The corpus goes: what is left is the engine's. */
  forget: () => {
    corpus = []
    collectGarbage()
  },
  save: async () => {
    const startedAt = performance.now()
    const saved = await current().save()
    const ms = performance.now() - startedAt
    await keepSaved(saved)
    return { ms, bytes: sizeOf(saved) }
  },
  /** From nothing but the code to the first answer: read, load, search. */
  restore: async (query: string) => {
    const startedAt = performance.now()
    const saved = await readSaved()
    const readMs = performance.now() - startedAt
    // The engine says itself which of its own forms this is: it wrote it.
    await current().load(saved as never)
    const ids = await current().search(query, TOP)
    return { ms: performance.now() - startedAt, readMs, found: ids.length }
  },
  queries: askAll,
  /** One client changed until a search finds the change, ms each. */
  update: async ({ seed, count, times, limitMs }: { seed: number; count: number; times: number; limitMs: number }) => {
    const all = new Corpus(seed, count)
    const took: number[] = []
    const begunAt = performance.now()
    for (let time = 0; time < times && performance.now() - begunAt < limitMs; time++) {
      const client = {
        ...all.client(Math.floor(((time + 0.5) * count) / times)),
        company: `${newWord(time)} Changed`,
      }
      const startedAt = performance.now()
      await current().update(client)
      const ids = await current().search(newWord(time).toLowerCase(), TOP)
      took.push(performance.now() - startedAt)
      if (!ids.includes(client.id)) throw new Error(`client ${client.id} is not found after its update`)
    }
    return took
  },
  remove: async (id: string) => {
    await current().remove(id)
  },
  search: (query: string) => current().search(query, TOP),
  'collect garbage': collectGarbage,
})

/** Only the engine's own time: that of making the clients is left out. */
async function addInParts(): Promise<number> {
  let ms = 0
  const count = rest?.count ?? 0
  for (let from = 0; from < count; from += PART) {
    const part: BenchClient[] = []
    for (let at = from; at < Math.min(count, from + PART); at++) if (rest !== null) part.push(rest.client(at))
    const startedAt = performance.now()
    await current().add?.(part)
    ms += performance.now() - startedAt
  }
  return ms
}

async function askAll(order: QueriesOrder): Promise<QueriesAnswer> {
  const { texts, rounds, budgetMs, limitMs } = order
  for (const text of order.warmUps) await current().search(text, TOP)
  const took: number[][] = texts.map(() => [])
  const ids: (readonly string[])[] = texts.map(() => [])
  const begunAt = performance.now()
  let round = 0
  for (; round < rounds; round++) {
    const spent = performance.now() - begunAt
    // Another round only if one like those before fits in.
    if (round > 0 && spent + spent / round > budgetMs) break
    for (let step = 0; step < texts.length; step++) {
      if (performance.now() - begunAt > limitMs) break
      // In steps that share no factor with the number of queries: a run cut short has asked some of each class.
      const at = (step * 37) % texts.length
      const startedAt = performance.now()
      const found = await current().search(texts[at] ?? '', TOP)
      took[at]?.push(performance.now() - startedAt)
      ids[at] = found.map(String)
    }
  }
  return { ms: took.map(median), ids, rounds: round }
}

function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? null
}

/** A word that no client has; no letter twice in a row, which some engines take for one. */
function newWord(at: number): string {
  return `Zyqo${'bcdfghjklm'.charAt(at % 10)}${'aeiou'.charAt(Math.floor(at / 10) % 5)}xv`
}

function current(): BenchEngine {
  if (engine === null) throw new Error('no engine was prepared')
  return engine
}

async function created(name: string): Promise<BenchEngine> {
  const create = ENGINES[name]
  if (create === undefined) throw new Error(`there is no engine "${name}"`)
  return create()
}

function collectGarbage(): void {
  // There with --expose-gc alone.
  const { gc } = globalThis as { readonly gc?: () => void }
  gc?.()
  gc?.()
}
