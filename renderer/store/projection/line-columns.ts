import type { Slot } from '../records/record-contract.ts'
import { grown } from './grown.ts'
import { FLAGS, flagsOf, type Line, type TextColumn } from './line.ts'
import type { LineWords } from './line-words.ts'
import type { SortSymbols } from './sort-symbols.ts'
import { createTextKeys, type TextKeys } from './text-keys.ts'

/** Behind every instant: nobody says when. */
export const NO_INSTANT = Number.POSITIVE_INFINITY

/** All that lists count, filter and sort by, a number per slot. Good until the next change. */
export interface Columns {
  readonly flags: Uint32Array<ArrayBuffer>
  /** ms since the epoch, or `NO_INSTANT`. */
  readonly updated: Float64Array<ArrayBuffer>
  readonly created: Float64Array<ArrayBuffer>
  /** Numbers of `LineWords`. */
  readonly kinds: Uint32Array<ArrayBuffer>
  readonly tagSets: Uint32Array<ArrayBuffer>
}

export interface LineColumns {
  readonly now: () => Columns
  readonly isListed: (slot: Slot) => boolean
  readonly put: (slot: Slot, line: Line) => void
  /** False where it was not listed. */
  readonly remove: (slot: Slot) => boolean
  /** Nothing stays of lines that are not listed. */
  readonly forget: () => void
  /** Lines that are listed. */
  readonly size: () => number
  /** One more than the highest slot that a line was ever at. */
  readonly slots: () => number
  /** Keys of a text column, where somebody has asked for its order. */
  readonly texts: Map<TextColumn, TextKeys>
  /** Keeps saved columns; `texts` are filled beside. */
  readonly load: (columns: Columns) => void
  readonly bytes: () => number
}

/** Kept for each line from the start: the order of nearly everything rests on names, and companies are sorted by often. */
const KEPT_TEXTS: readonly TextColumn[] = ['name', 'company']

export function createLineColumns(words: LineWords, symbols: SortSymbols): LineColumns {
  const texts = new Map<TextColumn, TextKeys>(KEPT_TEXTS.map((column) => [column, createTextKeys(symbols)]))
  let flags = new Uint32Array(0)
  let updated = new Float64Array(0)
  let created = new Float64Array(0)
  let kinds = new Uint32Array(0)
  let tagSets = new Uint32Array(0)
  let size = 0
  let slots = 0

  const isListed = (slot: Slot): boolean => ((flags[slot] ?? 0) & FLAGS.listed) !== 0
  const countOut = (slot: Slot): void => {
    if (!isListed(slot)) return
    size--
    words.count(kinds[slot] ?? 0, tagSets[slot] ?? 0, -1)
  }

  return {
    now: () => ({ flags, updated, created, kinds, tagSets }),
    isListed,
    texts,
    put: (slot, line) => {
      flags = grown(flags, slot)
      updated = grown(updated, slot)
      created = grown(created, slot)
      kinds = grown(kinds, slot)
      tagSets = grown(tagSets, slot)
      countOut(slot)
      const { row, head } = line
      const kind = words.kindOf({
        sourceId: head.sourceId,
        here: row.sourceIds.length === 0,
        status: row.status?.id ?? null,
      })
      const tagSet = words.tagSetOf(row.tags)
      flags[slot] = flagsOf(line)
      updated[slot] = row.updatedAt ?? NO_INSTANT
      created[slot] = row.createdAt ?? NO_INSTANT
      kinds[slot] = kind
      tagSets[slot] = tagSet
      for (const [column, keys] of texts) keys.set(slot, row[column])
      words.count(kind, tagSet, 1)
      size++
      slots = Math.max(slots, slot + 1)
    },
    remove: (slot) => {
      if (!isListed(slot)) return false
      countOut(slot)
      flags[slot] = 0
      return true
    },
    forget: () => {
      for (let slot = 0; slot < slots; slot++) {
        if (isListed(slot)) continue
        updated[slot] = NO_INSTANT
        created[slot] = NO_INSTANT
        kinds[slot] = 0
        tagSets[slot] = 0
        for (const keys of texts.values()) keys.set(slot, null)
      }
    },
    size: () => size,
    slots: () => slots,
    load: (columns) => {
      flags = columns.flags
      updated = columns.updated
      created = columns.created
      kinds = columns.kinds
      tagSets = columns.tagSets
      size = 0
      slots = flags.length
      for (let slot = 0; slot < flags.length; slot++) {
        if (!isListed(slot)) continue
        size++
        words.count(kinds[slot] ?? 0, tagSets[slot] ?? 0, 1)
      }
    },
    bytes: () => {
      let bytes = flags.byteLength + updated.byteLength + created.byteLength + kinds.byteLength + tagSets.byteLength
      for (const keys of texts.values()) bytes += keys.bytes()
      return bytes
    },
  }
}
