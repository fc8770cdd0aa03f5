import type { RecordId } from '../../../shared/ids.ts'
import { FLAGS } from '../projection/line.ts'
import type { Columns } from '../projection/line-columns.ts'
import { statusLabels } from '../projection/sort-columns.ts'
import { NO_SLOT, type Slot } from '../records/record-contract.ts'
import { foldText } from '../search/fold-text.ts'
import type { Has, Is, QueryFilter, Span } from '../search/query/query.ts'
import { resolveSpan } from '../search/query/read-span.ts'
import type { StoreContext } from '../store-context.ts'

export type Passes = (slot: Slot) => boolean

/** Filters as one question about a slot, answered from the columns; null where all pass. Good until the next change. */
export function compileFilters(context: StoreContext, filters: readonly QueryFilter[]): Passes | null {
  const tests = filters.flatMap((filter): Passes[] => {
    const passes = compile(context, filter)
    if (passes === null) return []
    return [filter.not ? (slot) => !passes(slot) : passes]
  })
  const [first] = tests
  if (first === undefined) return null
  return tests.length === 1 ? first : (slot) => tests.every((passes) => passes(slot))
}

/** Without its `not`. Null: nobody has such a value, and it may not be typed to its end. */
function compile(context: StoreContext, filter: QueryFilter): Passes | null {
  const { view, search, clock } = context
  const columns = view.columns()
  switch (filter.kind) {
    case 'text': {
      const found = new Uint8Array(columns.flags.length)
      for (const tokens of filter.any) for (const slot of search.all(tokens, { errors: false }).docs) found[slot] = 1
      return (slot) => found[slot] === 1
    }
    case 'status':
    case 'source': {
      const wanted = filter.kind === 'status' ? statusKinds(context, filter.any) : sourceKinds(context, filter.any)
      const isUsed = wanted.some((isWanted, kind) => isWanted && view.words.linesOfKind(kind) > 0)
      if (filter.open && (filter.kind === 'status' ? !isUsed : !isSource(context, filter.any))) return null
      return byNumber(wanted, columns.kinds)
    }
    case 'tag': {
      const tags = view.words.tags().map((tag) => filter.any.includes(foldText(tag)))
      const lines = filter.open ? view.words.linesOfTags() : null
      if (lines !== null && !tags.some((isWanted, tag) => isWanted && (lines[tag] ?? 0) > 0)) return null
      return byNumber(
        view.words.tagSets().map((set) => set.some((tag) => tags[tag] === true)),
        columns.tagSets,
      )
    }
    case 'created':
    case 'updated':
      return withinSpans(columns[filter.kind], filter.any, clock.now())
    case 'has':
      return anyOf(filter.any.map((what) => hasTest(context, columns, what)))
    case 'is':
      return anyOf(filter.any.map((what) => isTest(context, columns, what)))
  }
}

function anyOf(tests: readonly Passes[]): Passes {
  const [only] = tests
  return tests.length === 1 && only !== undefined ? only : (slot) => tests.some((passes) => passes(slot))
}

function byNumber(wanted: readonly boolean[], numbers: Uint32Array): Passes {
  const isWanted = Uint8Array.from(wanted, Number)
  return (slot) => isWanted[numbers[slot] ?? 0] === 1
}

function statusKinds({ book, view }: StoreContext, any: readonly string[]): readonly boolean[] {
  const labels = statusLabels({ book, words: view.words })
  return view.words
    .kinds()
    .map(
      ({ status }, kind) => status !== null && [labels[kind] ?? status, status].some((n) => any.includes(foldText(n))),
    )
}

const THIS_DEVICE = 'this device'

function sourceKinds({ book, view }: StoreContext, any: readonly string[]): readonly boolean[] {
  const wanted = new Set(sourcesNamed(book, any))
  const device = any.some((value) => THIS_DEVICE.startsWith(value))
  return view.words.kinds().map(({ sourceId, here }) => (here || sourceId === null ? device : wanted.has(sourceId)))
}

function isSource({ book }: StoreContext, any: readonly string[]): boolean {
  return sourcesNamed(book, any).length > 0 || any.some((value) => THIS_DEVICE.startsWith(value))
}

function sourcesNamed(book: StoreContext['book'], any: readonly string[]) {
  return [...book.sources.values()]
    .filter(({ name, label, connectorId }) =>
      [name, label, connectorId].some((each) => any.some((value) => foldText(each).startsWith(value))),
    )
    .map(({ sourceId }) => sourceId)
}

function withinSpans(instants: Float64Array, any: readonly Span[], now: number): Passes {
  const spans = any.map((span) => resolveSpan(span, now))
  return (slot) => {
    const at = instants[slot] ?? Number.POSITIVE_INFINITY
    return at !== Number.POSITIVE_INFINITY && spans.some(({ from, until }) => at >= from && at < until)
  }
}

const HAS_FLAGS: Readonly<Record<Exclude<Has, 'testimonial' | 'video'>, number>> = {
  email: FLAGS.email,
  phone: FLAGS.phone,
  company: FLAGS.company,
  title: FLAGS.title,
  location: FLAGS.location,
  notes: FLAGS.notes,
  tags: FLAGS.tags,
  status: FLAGS.status,
  owner: FLAGS.owner,
  website: FLAGS.website,
  photo: FLAGS.photo,
  local: FLAGS.localValues,
}

function hasTest(context: StoreContext, { flags }: Columns, what: Has): Passes {
  if (what !== 'testimonial' && what !== 'video') {
    const flag = HAS_FLAGS[what]
    return (slot) => ((flags[slot] ?? 0) & flag) !== 0
  }
  const told: RecordId[] = []
  for (const { recordId, items } of context.book.testimonials.values()) {
    if (what === 'video' ? items.some((item) => item.video) : items.length > 0) told.push(recordId)
  }
  return ofRecords(context, told)
}

function isTest(context: StoreContext, { flags, kinds }: Columns, what: Is): Passes {
  const { book, view } = context
  switch (what) {
    case 'deleting':
      return (slot) => ((flags[slot] ?? 0) & FLAGS.deleting) !== 0
    case 'local':
      return byNumber(
        view.words.kinds().map(({ here }) => here),
        kinds,
      )
    case 'read-only':
      return byNumber(
        view.words
          .kinds()
          .map(
            ({ sourceId, here }) =>
              !here && sourceId !== null && (book.sources.get(sourceId)?.updates?.length ?? 0) === 0,
          ),
        kinds,
      )
    default: {
      const is = EDITS[what]
      // Edits that wait are few, however many clients there are.
      const records: RecordId[] = []
      for (const [recordId, edits] of book.editsOfRecord) if (edits.some(is)) records.push(recordId)
      return ofRecords(context, records)
    }
  }
}

type Edit = Parameters<StoreContext['book']['edits']['set']>[1]

const EDITS: Readonly<Record<Exclude<Is, 'deleting' | 'local' | 'read-only'>, (edit: Edit) => boolean>> = {
  waiting: (edit) => edit.state !== 'conflict',
  conflict: (edit) => edit.state === 'conflict',
  failed: (edit) => edit.state === 'needs-attention',
  unknown: (edit) => edit.state === 'unknown-outcome',
  held: (edit) => edit.hold !== null,
  new: (edit) => edit.operation === 'create',
}

function ofRecords({ book }: StoreContext, recordIds: readonly RecordId[]): Passes {
  const slots = new Set(recordIds.map((recordId) => book.records.slotOf(recordId)))
  slots.delete(NO_SLOT)
  return (slot) => slots.has(slot)
}
