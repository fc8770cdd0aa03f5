import type { SearchEngine, SearchText } from '../renderer/store/search/engine/engine-contract.ts'
import { createSearchEngine as createEngine, loadSearchEngine } from '../renderer/store/search/engine/search-engine.ts'
import { readWords, wordsOf } from '../renderer/store/search/query/read-words.ts'
import { ClientIds, type SavedIds } from './client-ids.ts'

type Id = string | number

/** A client as it is handed in from outside: whatever is missing is not searched. */
export interface AdapterClient {
  readonly id: Id
  readonly firstName?: string | null
  readonly lastName?: string | null
  readonly company?: string | null
  readonly email?: string | null
  readonly phone?: string | readonly string[] | null
  readonly jobTitle?: string | null
  readonly location?: string | null
  readonly tags?: readonly string[] | string | null
  readonly notes?: string | null
}

/** What `save` gives: arrays of bytes by name, for IndexedDB or `postMessage`. */
export interface SavedIndex {
  readonly ids: SavedIds
  readonly parts: Readonly<Record<string, Uint8Array>>
}

export interface AdapterEngine {
  readonly build: (clients: Iterable<AdapterClient>) => void
  readonly save: () => SavedIndex
  readonly load: (saved: SavedIndex) => void
  /** Ids of the best, best first. `query` as it is typed: words and phone numbers. Typing errors are forgiven. */
  readonly search: (query: string, limit?: number) => Id[]
  readonly update: (client: AdapterClient) => void
  readonly remove: (id: Id) => void
}

const DEFAULT_LIMIT = 50
const MEANS_SOMETHING = /[\p{L}\p{N}@_]/u

/** The search engine of the app over clients with ids, by itself: this module is all that a bundler needs. */
export function createSearchEngine(): AdapterEngine {
  let engine: SearchEngine = createEngine()
  let ids = new ClientIds()
  return {
    build: (clients) => {
      engine = createEngine()
      ids = new ClientIds()
      const known: Id[] = []
      for (const client of clients) {
        engine.upsert(known.length, textOf(client), 0)
        known.push(client.id)
      }
      ids.fill(known)
      engine.maintain(Number.POSITIVE_INFINITY)
    },
    save: () => ({
      ids: ids.save(),
      parts: Object.fromEntries(engine.parts().map(({ id, bytes }) => [id, ownBytes(bytes())])),
    }),
    load: (saved) => {
      const loaded = loadSearchEngine(new Map(Object.entries(saved.parts)))
      if (loaded === null) throw new Error('not an index that this engine has saved')
      engine = loaded
      ids = new ClientIds(saved.ids)
    },
    search: (query, limit = DEFAULT_LIMIT) => {
      const tokens = readWords(wordsOf(query))
      // Marks alone ask for nobody.
      if (!tokens.some(({ text, digits }) => digits !== null || MEANS_SOMETHING.test(text))) return []
      return Array.from(engine.top(tokens, limit, { errors: true }).docs, (doc) => ids.at(doc))
    },
    update: (client) => {
      engine.upsert(ids.take(client.id), textOf(client), 0)
      engine.maintain(1)
    },
    remove: (id) => {
      const doc = ids.find(id)
      if (doc !== -1) engine.remove(doc)
    },
  }
}

function textOf(client: AdapterClient): SearchText {
  const { firstName, lastName, phone, tags } = client
  const name = firstName && lastName ? `${firstName} ${lastName}` : firstName || lastName || ''
  return {
    name,
    company: client.company ?? null,
    email: client.email ?? null,
    tags: typeof tags === 'string' ? [tags] : (tags ?? []),
    jobTitle: client.jobTitle ?? null,
    location: client.location ?? null,
    notes: client.notes ?? null,
    phones: typeof phone === 'string' ? (phone === '' ? [] : [phone]) : (phone ?? []),
  }
}

/** A piece may be a view into live memory: what is saved is its own. */
function ownBytes(bytes: Uint8Array): Uint8Array {
  return bytes.slice()
}
