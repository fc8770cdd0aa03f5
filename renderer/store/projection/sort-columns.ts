import type { SourceId } from '../../../shared/ids.ts'
import type { Book } from '../book.ts'
import type { Slot } from '../records/record-contract.ts'
import type { SortKey } from '../store-contract.ts'
import { statusOptionsOf } from './client-row.ts'
import { lineText, type TextColumn } from './line.ts'
import { type LineColumns, NO_INSTANT } from './line-columns.ts'
import type { LineWords } from './line-words.ts'
import type { SortKey as SlotKey } from './sort-slots.ts'
import { statusView } from './status-view.ts'
import type { TextKeys } from './text-keys.ts'

export type Compare = (a: Slot, b: Slot) => number

/** A column as the lines are put in order by it. */
export interface SortColumn {
  readonly isEmpty: (slot: Slot) => boolean
  /** 0 for equals; lines without a value stand last. */
  readonly compare: Compare
  /** The order as numbers, the most significant first; infinite where there is no value. */
  readonly keys: readonly SlotKey[]
  /** Whether lines of equal numbers are equal; null where they always are. */
  readonly isSame: ((a: Slot, b: Slot) => boolean) | null
}

export interface SortContext {
  readonly book: Book
  readonly columns: LineColumns
  readonly words: LineWords
  readonly collator: Intl.Collator
}

export type TextOf = (slot: Slot, column: TextColumn) => string

export function isTextColumn(key: SortKey): key is TextColumn {
  return key === 'name' || key === 'company' || key === 'email' || key === 'phone'
}

export function sortColumn(context: SortContext, key: SortKey, textOf = liveTexts(context.book)): SortColumn {
  const { updated, created, kinds, tagSets } = context.columns.now()
  switch (key) {
    case 'name':
    case 'company':
    case 'email':
    case 'phone': {
      const keys = context.columns.texts.get(key)
      return keys === undefined ? NO_COLUMN : textColumn(keys, (slot) => textOf(slot, key), context.collator)
    }
    case 'updated':
      return numberColumn((slot) => updated[slot] ?? NO_INSTANT)
    case 'created':
      return numberColumn((slot) => created[slot] ?? NO_INSTANT)
    case 'status': {
      const ranks = rankTexts(statusLabels(context), context.collator)
      return numberColumn((slot) => ranks[kinds[slot] ?? 0] ?? NO_INSTANT)
    }
    case 'source': {
      const names = context.words
        .kinds()
        .map(({ sourceId, here }) => (here ? null : sourceName(context.book, sourceId)))
      const ranks = rankTexts(names, context.collator)
      return numberColumn((slot) => ranks[kinds[slot] ?? 0] ?? NO_INSTANT)
    }
    case 'tags': {
      const tags = rankTexts(context.words.tags(), context.collator)
      const ranks = Float64Array.from(context.words.tagSets(), ([first]) => tags[first ?? -1] ?? NO_INSTANT)
      return numberColumn((slot) => ranks[tagSets[slot] ?? 0] ?? NO_INSTANT)
    }
  }
}

/** The whole order by a column: equals by name, equals of these by id, so that nothing jumps among equals. */
export function compareBy(context: SortContext, key: SortKey, textOf = liveTexts(context.book)): Compare {
  const column = sortColumn(context, key, textOf)
  const byId = context.book.records.compareIds
  if (key === 'name') return (a, b) => column.compare(a, b) || byId(a, b)
  const names = sortColumn(context, 'name', textOf)
  return (a, b) => column.compare(a, b) || names.compare(a, b) || byId(a, b)
}

/** The column as it is now, whatever changes meanwhile: for an order that is made bit by bit. */
export function frozenColumn(context: SortContext, key: SortKey): SortColumn {
  const { columns } = context
  const { flags, updated, created, kinds, tagSets } = columns.now()
  const now = {
    flags,
    updated: key === 'updated' ? updated.slice() : updated,
    created: key === 'created' ? created.slice() : created,
    kinds: key === 'status' || key === 'source' ? kinds.slice() : kinds,
    tagSets: key === 'tags' ? tagSets.slice() : tagSets,
  }
  const texts = new Map<TextColumn, TextKeys>()
  for (const [column, keys] of columns.texts) if (column === key) texts.set(column, keys.snapshot())
  return sortColumn({ ...context, columns: { ...columns, now: () => now, texts } }, key)
}

export function liveTexts(book: Book): TextOf {
  return (slot, column) => lineText(book, slot, column) ?? ''
}

const NO_COLUMN: SortColumn = { isEmpty: () => true, compare: () => 0, keys: [], isSame: null }

function numberColumn(value: (slot: Slot) => number): SortColumn {
  return {
    isEmpty: (slot) => value(slot) === NO_INSTANT,
    keys: [value],
    isSame: null,
    compare: (a, b) => {
      const left = value(a)
      const right = value(b)
      return left === right ? 0 : left < right ? -1 : 1
    },
  }
}

function textColumn(keys: TextKeys, textOf: (slot: Slot) => string, collator: Intl.Collator): SortColumn {
  return {
    isEmpty: keys.isEmpty,
    keys: keys.numbers,
    isSame: keys.isSameText,
    compare: (a, b) => keys.compare(a, b) || (keys.isSameText(a, b) ? 0 : collator.compare(textOf(a), textOf(b))),
  }
}

/** Texts as their places in the order of the collator, equals with the same place. */
function rankTexts(texts: readonly (string | null)[], collator: Intl.Collator): Float64Array {
  const ranks = new Float64Array(texts.length).fill(NO_INSTANT)
  const places = new Map<string, number>()
  const sorted = [...new Set(texts)].filter((text) => text !== null).sort(collator.compare)
  let before: string | null = null
  let rank = 0
  for (const text of sorted) {
    if (before !== null && collator.compare(before, text) !== 0) rank++
    before = text
    places.set(text, rank)
  }
  texts.forEach((text, i) => {
    if (text !== null) ranks[i] = places.get(text) ?? NO_INSTANT
  })
  return ranks
}

export function statusLabels({ book, words }: Pick<SortContext, 'book' | 'words'>): readonly (string | null)[] {
  return words
    .kinds()
    .map(({ sourceId, status }) => (status === null ? null : statusView(status, statusOptionsOf(book, sourceId)).label))
}

function sourceName(book: Book, sourceId: SourceId | null): string | null {
  if (sourceId === null) return null
  return book.sources.get(sourceId)?.name || sourceId
}
