import type { RecordId } from '../../../shared/ids.ts'
import type { Place } from '../book.ts'
import { type KeyedStore, NO_SLOT, type Slot } from './record-contract.ts'
import { CHUNK_MASK, PLACED } from './slot-chunk.ts'
import type { SlotColumns } from './slot-columns.ts'

/** Where the newest state of each record stands, as a map. Of records that are in the book, or were. */
export function createPlaces(columns: SlotColumns): KeyedStore<RecordId, Place> {
  const placeAt = (slot: Slot): Place => {
    const chunk = columns.chunk(slot)
    const at = slot & CHUNK_MASK
    return { segmentId: chunk.segment[at] ?? 0, index: chunk.index[at] ?? 0 }
  }
  const placed = (recordId: RecordId): Slot => {
    const slot = columns.find(recordId)
    return slot !== NO_SLOT && columns.has(slot, PLACED) ? slot : NO_SLOT
  }
  function* entries(): Generator<[RecordId, Place]> {
    for (let slot = 0; slot < columns.count; slot++) {
      if (columns.has(slot, PLACED)) yield [columns.idOf(slot), placeAt(slot)]
    }
  }
  return {
    get size() {
      return columns.countWith(PLACED)
    },
    get: (recordId) => {
      const slot = placed(recordId)
      return slot === NO_SLOT ? undefined : placeAt(slot)
    },
    has: (recordId) => placed(recordId) !== NO_SLOT,
    set: (recordId, place) => {
      const slot = columns.slotFor(recordId)
      const chunk = columns.chunk(slot)
      chunk.segment[slot & CHUNK_MASK] = place.segmentId
      chunk.index[slot & CHUNK_MASK] = place.index
      columns.set(slot, PLACED, 0)
    },
    delete: (recordId) => {
      const slot = placed(recordId)
      if (slot === NO_SLOT) return false
      columns.set(slot, 0, PLACED)
      return true
    },
    keys: function* () {
      for (const [recordId] of entries()) yield recordId
    },
    values: function* () {
      for (const [, place] of entries()) yield place
    },
    [Symbol.iterator]: entries,
  }
}
