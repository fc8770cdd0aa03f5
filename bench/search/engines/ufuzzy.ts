import UFuzzy from '@leeoniya/ufuzzy'
import type { BenchEngine } from '../bench-engine.ts'
import { indexOfId, peerLine, peerQuery } from './peer-text.ts'

/** More matches than that are given in the order of the haystack. */
const INFO_LIMIT = 1_000
const OUT_OF_ORDER = 1

export function createEngine(): BenchEngine {
  // Unicode letters within words, one error of a letter within a word.
  const fuzzy = new UFuzzy({ intraMode: 1, unicode: true, interSplit: '[^\\p{L}\\d]+', intraSplit: '\\p{Ll}\\p{Lu}' })
  let lines: string[] = []
  return {
    build: (clients) => {
      lines = clients.map(peerLine)
    },
    save: () => new TextEncoder().encode(lines.join('\n')),
    load: (saved: Uint8Array) => {
      lines = new TextDecoder().decode(saved).split('\n')
    },
    search: (query, limit) => {
      const [indexes, info, order] = fuzzy.search(lines, peerQuery(query), OUT_OF_ORDER, INFO_LIMIT)
      const ranked = info === null || order === null ? (indexes ?? []) : order.map((at) => info.idx[at] ?? 0)
      return ranked.slice(0, limit).map((index) => `c${index}`)
    },
    update: (client) => {
      lines[indexOfId(client.id)] = peerLine(client)
    },
    remove: (id) => {
      lines[indexOfId(id)] = ''
    },
  }
}
