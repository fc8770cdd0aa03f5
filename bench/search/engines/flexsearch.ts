import { Index } from 'flexsearch'
import type { BenchClient } from '../../corpus/bench-client.ts'
import type { BenchEngine } from '../bench-engine.ts'
import { indexOfId, peerLine, peerQuery } from './peer-text.ts'

/** One index over the line of a client: names stand first, and what stands first weighs more. */
export function createFlexSearch(tokenize: 'forward' | 'full'): BenchEngine {
  const index = new Index({ tokenize })
  const add = (clients: readonly BenchClient[]): void => {
    for (const client of clients) index.add(indexOfId(client.id), peerLine(client))
  }
  return {
    build: add,
    add,
    save: async () => {
      const parts: [string, string][] = []
      await index.export((key, data) => {
        if (data !== undefined) parts.push([key, data])
      })
      return parts
    },
    load: (saved: readonly [string, string][]) => {
      for (const [key, data] of saved) index.import(key, data)
    },
    search: (query, limit) => index.search(peerQuery(query), { limit }).map((id) => `c${id}`),
    update: (client) => {
      index.update(indexOfId(client.id), peerLine(client))
    },
    remove: (id) => {
      index.remove(indexOfId(id))
    },
  }
}
