import * as orama from '@orama/orama'
import type { BenchEngine } from '../bench-engine.ts'
import { PEER_FIELDS, PEER_WEIGHTS, peerQuery, peerText } from './peer-text.ts'

const SCHEMA = Object.fromEntries(PEER_FIELDS.map((field) => [field, 'string' as const]))

export function createEngine(): BenchEngine {
  const db = orama.create({ schema: SCHEMA })
  return {
    build: async (clients) => {
      await orama.insertMultiple(db, clients.map(peerText), 5_000)
    },
    save: () => orama.save(db),
    load: (saved: object) => orama.load(db, saved),
    search: async (query, limit) => {
      // A threshold of 0 asks for all words.
      const found = await orama.search(db, {
        term: peerQuery(query),
        limit,
        tolerance: 1,
        threshold: 0,
        boost: PEER_WEIGHTS,
      })
      return found.hits.map((hit) => hit.id)
    },
    update: async (client) => {
      await orama.update(db, client.id, peerText(client))
    },
    remove: async (id) => {
      await orama.remove(db, id)
    },
  }
}
