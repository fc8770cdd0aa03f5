import type { BenchEngine } from '../bench-engine.ts'
import { indexOfId, peerLine, peerQuery } from './peer-text.ts'

/** What one would write without a library: `indexOf` over every client's line, ranked by how early the words stand. */
export function createEngine(): BenchEngine {
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
      const words = peerQuery(query)
        .split(/[\s,]+/)
        .filter((word) => word !== '')
      const found: { index: number; rank: number }[] = []
      for (let index = 0; index < lines.length; index++) {
        const rank = rankOf(lines[index] ?? '', words)
        if (rank >= 0) found.push({ index, rank })
      }
      found.sort((a, b) => a.rank - b.rank || a.index - b.index)
      return found.slice(0, limit).map(({ index }) => `c${index}`)
    },
    update: (client) => {
      lines[indexOfId(client.id)] = peerLine(client)
    },
    remove: (id) => {
      lines[indexOfId(id)] = ''
    },
  }
}

/** Lower is better; -1 where a word is missing. Words inside of words come after all that begin one. */
function rankOf(line: string, words: readonly string[]): number {
  let rank = 0
  for (const word of words) {
    const at = line.indexOf(word)
    if (at < 0) return -1
    rank += at === 0 || line.charAt(at - 1) === ' ' ? at : at + 10_000
  }
  return rank
}
