import type { RecordId } from '../../../shared/ids.ts'
import type { Place } from '../book.ts'
import type { RecordHead } from '../segments/codec.ts'
import { type KeyedStore, NO_SLOT, type RecordTable, type Slot } from './record-contract.ts'

/** All records of a book. */
export function createRecordTable(): RecordTable {
  const ids: RecordId[] = []
  const slots = new Map<RecordId, Slot>()
  const live: (RecordHead | undefined)[] = []
  const places = new Map<RecordId, Place>()
  const directory = new Map<string, RecordId>()
  let size = 0

  const slotOf = (recordId: RecordId): Slot => slots.get(recordId) ?? NO_SLOT
  const slotFor = (recordId: RecordId): Slot => {
    const known = slots.get(recordId)
    if (known !== undefined) return known
    const slot = ids.length
    ids.push(recordId)
    live.push(undefined)
    slots.set(recordId, slot)
    return slot
  }
  function* entries(): Generator<[RecordId, RecordHead]> {
    for (let slot = 0; slot < ids.length; slot++) {
      const head = live[slot]
      if (head !== undefined) yield [head.recordId, head]
    }
  }
  const heads: KeyedStore<RecordId, RecordHead> = {
    get size() {
      return size
    },
    get: (recordId) => live[slotOf(recordId)],
    has: (recordId) => live[slotOf(recordId)] !== undefined,
    set: (recordId, head) => {
      const slot = slotFor(recordId)
      if (live[slot] === undefined) size++
      live[slot] = head
    },
    delete: (recordId) => {
      const slot = slotOf(recordId)
      if (live[slot] === undefined) return false
      live[slot] = undefined
      size--
      return true
    },
    keys: function* () {
      for (const [recordId] of entries()) yield recordId
    },
    values: function* () {
      for (const [, head] of entries()) yield head
    },
    [Symbol.iterator]: entries,
  }

  return {
    heads,
    places,
    directory,
    slotOf,
    recordAt: (slot) => ids[slot],
    isLive: (slot) => live[slot] !== undefined,
    headAt: (slot) => live[slot],
    slots: () => ids.length,
    hashOf: (recordId) => heads.get(recordId)?.hash,
    sourceOf: (slot) => live[slot]?.sourceId ?? null,
    recordsOf: function* (sourceId) {
      for (const [recordId, head] of entries()) if (head.sourceId === sourceId) yield recordId
    },
    unread: () => [],
    parts: () => [],
    bytes: () => 0,
  }
}
