/** Ids as they are saved: numbers as such, texts end to end. */
export interface SavedIds {
  readonly numbers: Float64Array
  /** UTF-8 of all texts. */
  readonly texts: Uint8Array
  /** Per number where its text ends in `texts`; where it is the same as the one before, the id is in `numbers`. */
  readonly ends: Uint32Array
}

type Id = string | number

/** Ids of clients and the numbers that the engine knows them by. Texts that were loaded are made when asked for. */
export class ClientIds {
  private readonly loaded: SavedIds | null
  private readonly loadedCount: number
  private readonly added: Id[] = []
  private known: Map<Id, number> | null = null

  constructor(saved: SavedIds | null = null) {
    this.loaded = saved
    this.loadedCount = saved?.ends.length ?? 0
  }

  at(doc: number): Id {
    if (this.loaded === null || doc >= this.loadedCount) return this.added[doc - this.loadedCount] ?? ''
    const from = doc === 0 ? 0 : (this.loaded.ends[doc - 1] ?? 0)
    const to = this.loaded.ends[doc] ?? 0
    if (from === to) return this.loaded.numbers[doc] ?? 0
    return new TextDecoder().decode(this.loaded.texts.subarray(from, to))
  }

  /** The next number, for an id that is known to be new. */
  add(id: Id): number {
    const doc = this.loadedCount + this.added.length
    this.added.push(id)
    this.known?.set(id, doc)
    return doc
  }

  /** The number of an id, or -1. */
  find(id: Id): number {
    return this.map().get(id) ?? -1
  }

  /** The number of an id, a new one where it has none. */
  take(id: Id): number {
    const known = this.map()
    const before = known.get(id)
    if (before !== undefined) return before
    return this.add(id)
  }

  save(): SavedIds {
    const count = this.loadedCount + this.added.length
    const numbers = new Float64Array(count)
    const ends = new Uint32Array(count)
    const texts: string[] = []
    const encoder = new TextEncoder()
    let at = 0
    let hasNumbers = false
    for (let doc = 0; doc < count; doc++) {
      const id = this.at(doc)
      if (typeof id === 'number') {
        numbers[doc] = id
        hasNumbers = true
      } else {
        texts.push(id)
        at += isPlain(id) ? id.length : encoder.encode(id).length
      }
      ends[doc] = at
    }
    return { numbers: hasNumbers ? numbers : new Float64Array(0), texts: encoder.encode(texts.join('')), ends }
  }

  private map(): Map<Id, number> {
    if (this.known === null) {
      this.known = new Map()
      for (let doc = 0; doc < this.loadedCount + this.added.length; doc++) this.known.set(this.at(doc), doc)
    }
    return this.known
  }
}

function isPlain(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 127) return false
  return true
}
