import MiniSearch from 'minisearch'
import type { BenchEngine } from '../bench-engine.ts'
import { PEER_FIELDS, PEER_WEIGHTS, peerQuery, peerText } from './peer-text.ts'

const OPTIONS = {
  fields: [...PEER_FIELDS],
  searchOptions: {
    prefix: true,
    fuzzy: (term: string) => (term.length >= 8 ? 2 : term.length >= 4 ? 1 : 0),
    combineWith: 'AND' as const,
    boost: PEER_WEIGHTS,
  },
}

export function createEngine(): BenchEngine {
  let index = new MiniSearch(OPTIONS)
  return {
    build: (clients) => index.addAll(clients.map(peerText)),
    save: () => JSON.stringify(index),
    load: (saved: string) => {
      index = MiniSearch.loadJSON(saved, OPTIONS)
    },
    search: (query, limit) =>
      index
        .search(peerQuery(query))
        .slice(0, limit)
        .map((hit) => hit.id),
    update: (client) => index.replace(peerText(client)),
    remove: (id) => index.discard(id),
  }
}
