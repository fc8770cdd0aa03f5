import type { Random } from '../../shared/clock.ts'
import { type Absence, type BaseSweep, type Sweep, verdict } from '../../shared/sync/verdict.ts'
import { createListServer, type ListKind, type ListServer } from './list-server.ts'

/** What the store keeps of one source, without a database: whom it knows, and how far their absence is proven. */
export interface SweepBook {
  readonly server: ListServer
  readonly known: ReadonlyMap<string, number>
  /** Removed although the vendor had them. */
  readonly wrong: readonly string[]
  readonly removed: ReadonlySet<string>
  readonly held: () => number
  readonly sweep: () => Promise<void>
}

export function createSweepBook(kind: ListKind, random: Random, count: number, pageSize: number): SweepBook {
  // Asking would put right what a chain got wrong: here the chain itself is on trial.
  const canAsk = kind.startsWith('offset')
  const server = createListServer(kind, random, count, pageSize)
  const known = new Map<string, number>()
  const wrong: string[] = []
  const removed = new Set<string>()
  let absent: ReadonlyMap<string, Absence> = new Map()
  let base: BaseSweep | null = null
  let held = 0

  const sweep = async (): Promise<void> => {
    const startedAt = server.now()
    const { seen, end } = await server.sweep()
    const endedAt = server.now()
    for (const id of seen) {
      if (!known.has(id)) known.set(id, endedAt)
      // Seen again: not missing, and the sweep that missed it is believed in nothing any more.
      if (absent.has(id)) {
        absent = new Map()
        base = null
      }
    }
    if (end === null) return
    const swept: Sweep = { startedAt, endedAt, proof: end.proof, size: end.size, seen, serverStartedAt: null }
    const live = [...known].map(([remoteId, firstKnownAt]) => ({
      remoteId,
      firstKnownAt,
      madeAt: null,
      busy: false,
      own: false,
    }))
    const doubts = { otherTenant: false, otherParameters: false, trouble: false }
    const judged = verdict({ sweep: swept, live, base, absent, doubts, canAsk, clockSetBackAt: null })
    absent = judged.absent
    if (judged.held !== null) held++
    if (judged.base === 'drop') base = null
    else if (judged.base === 'this') base = { ...swept, looks: judged.looks }
    for (const [id, { proven }] of absent) {
      if (!proven) continue
      if (server.has(id)) wrong.push(id)
      known.delete(id)
      removed.add(id)
    }
  }
  return { server, known, wrong, removed, held: () => held, sweep }
}
