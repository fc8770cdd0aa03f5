import type { BenchClient } from '../corpus/bench-client.ts'

/** What the bench asks of every engine, and the acceptance of ours. */
export interface BenchEngine {
  build(clients: readonly BenchClient[]): void | Promise<void>
  /** More of them, where an engine can take them bit by bit: then the corpus need not stand beside it as a whole. */
  add?(clients: readonly BenchClient[]): void | Promise<void>
  /** The state in a form that IndexedDB can keep. Throws where the engine knows no such form. */
  save(): unknown
  load(saved: never): void | Promise<void>
  /** Ids, best first. */
  search(query: string, limit: number): readonly (string | number)[] | Promise<readonly (string | number)[]>
  update(client: BenchClient): void | Promise<void>
  remove(id: string): void | Promise<void>
}

/** Limit of all queries. */
export const TOP = 50
