import type { SourceId } from '../../../shared/ids.ts'
import { grown } from './grown.ts'

/** What many lines have in common: where a client comes from and its status. */
export interface LineKind {
  /** Whose words its status is in. */
  readonly sourceId: SourceId | null
  /** Shown as a client of this device, whatever form it follows. */
  readonly here: boolean
  readonly status: string | null
}

/** Kinds, tags and sets of tags that occur, each with a number that it keeps, and how many lines have it now. */
export interface LineWords {
  readonly kindOf: (kind: LineKind) => number
  readonly kinds: () => readonly LineKind[]
  readonly tagSetOf: (tags: readonly string[]) => number
  readonly tags: () => readonly string[]
  /** Numbers of tags, by number of the set. */
  readonly tagSets: () => readonly (readonly number[])[]
  /** One line more (1) or less (-1). */
  readonly count: (kind: number, tagSet: number, by: 1 | -1) => void
  readonly linesOfKind: (kind: number) => number
  /** How many lines have each tag, by its number. Adds up what the sets have. */
  readonly linesOfTags: () => Uint32Array
  /** Tags and statuses that no line has are not known any more; their numbers stay taken. */
  readonly forget: () => void
  /** Changes with every new word. 0: loaded, and the same since. */
  readonly version: () => number
}

export interface SavedWords {
  readonly kinds: readonly LineKind[]
  readonly tags: readonly string[]
  readonly tagSets: readonly (readonly number[])[]
}

/** In the place of one that is forgotten. */
const NO_KIND: LineKind = { sourceId: null, here: false, status: null }

const NO_WORDS: SavedWords = { kinds: [], tags: [], tagSets: [] }

export function createLineWords(saved: SavedWords = NO_WORDS): LineWords {
  const kinds = numbered(
    saved.kinds,
    ({ sourceId, here, status }) => `${sourceId ?? ''}|${here ? 1 : 0}|${status ?? ''}`,
  )
  const tags = numbered(saved.tags, (tag) => tag)
  const tagSets = numbered(saved.tagSets, (set) => set.join())
  let ofKind = new Uint32Array(0)
  let ofSet = new Uint32Array(0)
  const isSaved = saved !== NO_WORDS
  const known = (): number => kinds.all.length + tags.all.length + tagSets.all.length
  const atFirst = known()
  let timesForgotten = 0

  const linesOfTags = (): Uint32Array => {
    const lines = new Uint32Array(tags.all.length)
    for (const [number, set] of tagSets.all.entries()) {
      const own = ofSet[number] ?? 0
      if (own > 0) for (const tag of set) lines[tag] = (lines[tag] ?? 0) + own
    }
    return lines
  }

  return {
    kindOf: kinds.numberOf,
    kinds: () => kinds.all,
    tagSetOf: (list) => tagSets.numberOf(list.map(tags.numberOf)),
    tags: () => tags.all,
    tagSets: () => tagSets.all,
    count: (kind, tagSet, by) => {
      ofKind = grown(ofKind, kind)
      ofSet = grown(ofSet, tagSet)
      ofKind[kind] = (ofKind[kind] ?? 0) + by
      ofSet[tagSet] = (ofSet[tagSet] ?? 0) + by
    },
    linesOfKind: (kind) => ofKind[kind] ?? 0,
    linesOfTags,
    forget: () => {
      timesForgotten++
      const lines = linesOfTags()
      tags.forget((number) => (lines[number] ?? 0) === 0, '')
      kinds.forget((number) => (ofKind[number] ?? 0) === 0, NO_KIND)
    },
    // Words come one by one, and are never forgotten so often.
    version: () => known() - atFirst + (isSaved ? 0 : 1) + timesForgotten * 2 ** 32,
  }
}

interface Numbered<T> {
  readonly all: readonly T[]
  readonly numberOf: (value: T) => number
  /** Others stay at their numbers; who comes again gets another. */
  readonly forget: (isGone: (number: number) => boolean, blank: T) => void
}

/** Values by number, and numbers by value: these only once somebody asks. */
function numbered<T>(saved: readonly T[], keyOf: (value: T) => string): Numbered<T> {
  const all = [...saved]
  let numbers: Map<string, number> | null = null
  return {
    all,
    numberOf: (value) => {
      numbers ??= new Map(all.map((each, number) => [keyOf(each), number]))
      const key = keyOf(value)
      const known = numbers.get(key)
      if (known !== undefined) return known
      numbers.set(key, all.length)
      return all.push(value) - 1
    },
    forget: (isGone, blank) => {
      for (const number of all.keys()) if (isGone(number)) all[number] = blank
      numbers = null
    },
  }
}
