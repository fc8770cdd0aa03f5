import { LOADED_VERSION, type SavedPart, type SavedParts } from '../../saved/saved-part.ts'
import { buildSegment } from './build-segment.ts'
import { chooseMerge } from './choose-merge.ts'
import { sourceOfPending, sourceOfSegment } from './document-source.ts'
import type { Hits, QueryToken, SearchEngine, SearchHow } from './engine-contract.ts'
import { Homes, IN_FROZEN, IN_PENDING, NOWHERE } from './homes.ts'
import { readManifest, writeManifest } from './manifest.ts'
import { FAR_ERRORS, INSIDE, ONE_ERROR } from './match-kinds.ts'
import { mergeHits } from './merge-hits.ts'
import { PendingDocuments } from './pending-documents.ts'
import { loadSegment, partsOfSegment } from './save-segment.ts'
import { allOfSegment, countOfSegment, type SegmentSearch, topOfSegment } from './search-segment.ts'
import { kill, type Segment, segmentBytes } from './segment.ts'
import type { SegmentHits } from './sort-by-rank.ts'
import { splitToken } from './split-words.ts'

/** An empty engine. */
export function createSearchEngine(): SearchEngine {
  return engineOf([], 1, LOADED_VERSION + 1)
}

/** An engine from its saved pieces (their ids begin with `search/`); null where they do not fit, so that it is built anew. */
export function loadSearchEngine(parts: SavedParts): SearchEngine | null {
  const manifest = readManifest(parts)
  if (manifest === null) return null
  const segments: Segment[] = []
  for (const saved of manifest.segments) {
    const segment = loadSegment(parts, saved)
    if (segment === null) return null
    segments.push(segment)
  }
  return engineOf(segments, manifest.nextId, LOADED_VERSION)
}

/** Without tokens that ask for nothing, as a lone dash. */
function meaningful(tokens: readonly QueryToken[]): readonly QueryToken[] {
  return tokens.filter((token) => token.digits !== null || splitToken(token.text).length > 0)
}

/** A segment in the making. */
interface Work {
  /** Where its documents come from; whoever has moved on meanwhile is dead in it. */
  readonly homes: ReadonlySet<number>
  readonly steps: Generator<void, Segment>
}

/** Segments of so many documents together are merged at once; more in slices, or where these do not come. */
const AT_ONCE = 256
const MANY_SEGMENTS = 16
const AT_ONCE_OF_MANY = 16_384

function engineOf(loaded: readonly Segment[], firstId: number, firstVersion: number): SearchEngine {
  let segments: readonly Segment[] = loaded
  let pending = new PendingDocuments()
  let frozen: PendingDocuments | null = null
  let work: Work | null = null
  let nextId = firstId
  let forgetting = false
  let version: number = firstVersion
  const homes = new Homes()
  for (const segment of segments) homes.fill(segment)

  /** Takes a new segment's documents in, other than those that have moved on since. */
  function settle(segment: Segment, from: ReadonlySet<number>): void {
    for (let at = 0; at < segment.size; at++) {
      const doc = segment.docs[at] ?? 0
      if (from.has(homes.homeOf(doc))) homes.set(doc, segment.id, at)
      else kill(segment, at)
    }
  }

  function leave(doc: number): void {
    const home = homes.homeOf(doc)
    if (home === NOWHERE) return
    const place = homes.placeOf(doc)
    if (home === IN_PENDING) pending.dead.add(place)
    else if (home !== IN_FROZEN) {
      const segment = segments.find(({ id }) => id === home)
      if (segment !== undefined) kill(segment, place)
    }
    homes.set(doc, NOWHERE, 0)
    version++
  }

  function freeze(): void {
    for (let place = 0; place < pending.size; place++) {
      if (!pending.dead.has(place)) homes.set(pending.docs.items[place] ?? 0, IN_FROZEN, place)
    }
    frozen = pending
    pending = new PendingDocuments()
    work = { homes: new Set([IN_FROZEN]), steps: buildSegment(nextId++, [sourceOfPending(frozen)]) }
  }

  function merge(chosen: readonly Segment[]): void {
    work = {
      homes: new Set(chosen.map(({ id }) => id)),
      steps: buildSegment(nextId++, chosen.map(sourceOfSegment)),
    }
  }

  /** @returns false where it goes on. */
  function step(current: Work): boolean {
    const result = current.steps.next()
    if (result.done !== true) return false
    const segment = result.value
    settle(segment, current.homes)
    const isLiving = segment.size > segment.scratch.deadCount
    segments = [...segments.filter(({ id }) => !current.homes.has(id)), ...(isLiving ? [segment] : [])]
    if (current.homes.has(IN_FROZEN)) frozen = null
    work = null
    version++
    return true
  }

  /** A segment that still has words of the dead, while these are to be forgotten. */
  function leftBehind(): readonly Segment[] | null {
    const found = forgetting ? segments.find(({ scratch }) => scratch.deadCount > 0) : undefined
    forgetting = found !== undefined
    return found === undefined ? null : [found]
  }

  function finish(): void {
    while (work !== null && !step(work));
  }

  /** Everything that was put in is in a segment. */
  function settleAll(): void {
    if (frozen !== null) finish()
    if (pending.size > pending.dead.size) {
      const waiting = work
      freeze()
      finish()
      work = waiting
      if (waiting === null) {
        const small = chooseMerge(segments, segments.length > MANY_SEGMENTS ? AT_ONCE_OF_MANY : AT_ONCE)
        if (small !== null) {
          merge(small)
          finish()
        }
      }
    }
  }

  function inStages(how: SearchHow, find: (leastKind: number) => Hits): Hits {
    const hits = find(how.errors ? ONE_ERROR : INSIDE)
    return how.errors && hits.docs.length === 0 ? find(FAR_ERRORS) : hits
  }

  function search(
    tokens: readonly QueryToken[],
    how: SearchHow,
    of: (segment: Segment, search: SegmentSearch) => SegmentHits,
    limit: number,
  ): Hits {
    settleAll()
    const asked = meaningful(tokens)
    return inStages(how, (leastKind) => {
      const own = segments.map((segment) => ({
        segment,
        hits: of(segment, { tokens: asked, leastKind, accept: how.accept }),
      }))
      return mergeHits(own, limit)
    })
  }

  return {
    size: () => homes.size,
    upsert: (doc, text, recency) => {
      leave(doc)
      homes.set(doc, IN_PENDING, pending.add(doc, text, recency))
      version++
    },
    remove: leave,
    has: (doc) => homes.homeOf(doc) !== NOWHERE,
    top: (tokens, limit, how) => search(tokens, how, (segment, asked) => topOfSegment(segment, asked, limit), limit),
    count: (tokens, how) => {
      settleAll()
      const asked = meaningful(tokens)
      const least = how.errors ? [ONE_ERROR, FAR_ERRORS] : [INSIDE]
      for (const leastKind of least) {
        const one = { tokens: asked, leastKind, accept: how.accept }
        const count = segments.reduce((sum, segment) => sum + countOfSegment(segment, one), 0)
        if (count > 0) return count
      }
      return 0
    },
    all: (tokens, how) => search(tokens, how, allOfSegment, Number.POSITIVE_INFINITY),
    maintain: (budgetMs) => {
      for (let slice = 0; slice < Math.max(1, budgetMs); slice++) {
        if (work !== null) step(work)
        else if (pending.size > 0) freeze()
        else {
          const chosen = leftBehind() ?? chooseMerge(segments, Number.POSITIVE_INFINITY)
          if (chosen === null) return false
          merge(chosen)
        }
      }
      return true
    },
    forget: () => {
      forgetting = true
    },
    parts: (): readonly SavedPart[] => {
      settleAll()
      return [writeManifest(segments, nextId, version), ...segments.flatMap(partsOfSegment)]
    },
    bytes: () => segments.reduce((sum, segment) => sum + segmentBytes(segment), homes.bytes() + pending.bytes()),
  }
}
