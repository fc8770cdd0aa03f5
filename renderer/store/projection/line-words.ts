import type { SourceId } from '../../../shared/ids.ts'

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
  readonly tagsOf: (tags: readonly string[]) => number
  readonly tags: () => readonly string[]
  /** Numbers of tags, by number of the set; the set 0 is empty. */
  readonly tagSets: () => readonly (readonly number[])[]
  /** One line more (1) or less (-1). */
  readonly count: (kind: number, tagSet: number, by: 1 | -1) => void
  readonly linesOfKind: (kind: number) => number
  readonly linesOfTag: (tag: number) => number
  /** Changes with every new word. */
  readonly version: () => number
  readonly save: () => SavedWords
}

export interface SavedWords {
  readonly kinds: readonly LineKind[]
  readonly tags: readonly string[]
  readonly tagSets: readonly (readonly number[])[]
}

const NO_WORDS: SavedWords = { kinds: [], tags: [], tagSets: [[]] }

export function createLineWords(saved: SavedWords = NO_WORDS): LineWords {
  const kinds = [...saved.kinds]
  const kindNumbers = new Map(kinds.map((kind, i) => [kindKey(kind), i]))
  const tags = [...saved.tags]
  const tagNumbers = new Map(tags.map((tag, i) => [tag, i]))
  const tagSets = [...saved.tagSets]
  const setNumbers = new Map(tagSets.map((set, i) => [set.join(), i]))
  const ofKind: number[] = kinds.map(() => 0)
  const ofTag: number[] = tags.map(() => 0)
  // As everything that is loaded and has not changed since.
  let version = saved === NO_WORDS ? 1 : 0

  const numberOf = <T>(key: string, value: T, numbers: Map<string, number>, values: T[]): number => {
    const known = numbers.get(key)
    if (known !== undefined) return known
    version++
    numbers.set(key, values.length)
    return values.push(value) - 1
  }

  return {
    kindOf: (kind) => numberOf(kindKey(kind), kind, kindNumbers, kinds),
    kinds: () => kinds,
    tagsOf: (list) => {
      const set = list.map((tag) => numberOf(tag, tag, tagNumbers, tags))
      return numberOf(set.join(), set, setNumbers, tagSets)
    },
    tags: () => tags,
    tagSets: () => tagSets,
    count: (kind, tagSet, by) => {
      ofKind[kind] = (ofKind[kind] ?? 0) + by
      for (const tag of tagSets[tagSet] ?? []) ofTag[tag] = (ofTag[tag] ?? 0) + by
    },
    linesOfKind: (kind) => ofKind[kind] ?? 0,
    linesOfTag: (tag) => ofTag[tag] ?? 0,
    version: () => version,
    save: () => ({ kinds, tags, tagSets }),
  }
}

function kindKey({ sourceId, here, status }: LineKind): string {
  return `${sourceId ?? ''}|${here ? 1 : 0}|${status ?? ''}`
}
