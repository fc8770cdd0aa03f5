import type { SavedPart, SavedParts } from '../../saved/saved-part.ts'
import type { Hits, QueryToken, SearchEngine, SearchHow } from './engine-contract.ts'
import { FAR_ERRORS, INSIDE, ONE_ERROR } from './match-kinds.ts'
import { meaningful, type PlainDocument, rankDocument, readDocument } from './plain-document.ts'

interface Entry {
  readonly document: PlainDocument
  readonly recency: number
}

/** An empty engine. */
export function createSearchEngine(): SearchEngine {
  return engineOver(new Map())
}

/** An engine from its saved pieces; null where they do not fit, so that it is built anew. */
export function loadSearchEngine(parts: SavedParts): SearchEngine | null {
  const bytes = parts.get(PART)
  if (bytes === undefined) return null
  const rows: [number, Entry][] = JSON.parse(new TextDecoder().decode(bytes))
  return engineOver(new Map(rows))
}

const PART = 'search/plain'

function engineOver(entries: Map<number, Entry>): SearchEngine {
  let version = 1
  const find = (tokens: readonly QueryToken[], leastKind: number, accept: SearchHow['accept']) => {
    const asked = meaningful(tokens)
    const found: { readonly doc: number; readonly rank: number; readonly recency: number }[] = []
    for (const [doc, { document, recency }] of entries) {
      const rank = asked.length === 0 ? 1 : rankDocument(document, asked, leastKind)
      if (rank > 0 && (accept === undefined || accept(doc))) found.push({ doc, rank, recency })
    }
    return found.sort((a, b) => b.rank - a.rank || b.recency - a.recency || a.doc - b.doc)
  }
  const all = (tokens: readonly QueryToken[], { errors, accept }: SearchHow): Hits => {
    let found = find(tokens, errors ? ONE_ERROR : INSIDE, accept)
    if (errors && found.length === 0) found = find(tokens, FAR_ERRORS, accept)
    return { docs: Uint32Array.from(found, ({ doc }) => doc), ranks: Uint32Array.from(found, ({ rank }) => rank) }
  }
  return {
    size: () => entries.size,
    upsert: (doc, text, recency) => {
      entries.set(doc, { document: readDocument(text), recency })
      version++
    },
    remove: (doc) => {
      if (entries.delete(doc)) version++
    },
    has: (doc) => entries.has(doc),
    all,
    top: (tokens, limit, how) => {
      const { docs, ranks } = all(tokens, how)
      return { docs: docs.slice(0, limit), ranks: ranks.slice(0, limit) }
    },
    maintain: () => false,
    parts: (): readonly SavedPart[] => [
      { id: PART, version, bytes: () => new TextEncoder().encode(JSON.stringify([...entries])) },
    ],
    bytes: () => entries.size * 1_000,
  }
}
