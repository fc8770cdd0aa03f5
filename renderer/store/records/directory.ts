import { type RecordId, sourceIdSchema } from '../../../shared/ids.ts'
import { type KeyedStore, NO_SLOT, type Slot } from './record-contract.ts'
import { CHUNK_MASK, KEYED } from './slot-chunk.ts'
import type { SlotColumns } from './slot-columns.ts'
import { NO_SOURCE, type SourceCodes } from './source-codes.ts'

const BETWEEN = '|'

/** `src|remoteId` → record, as a map. A record has one key: with another, it has lost the one before. */
export function createDirectory(columns: SlotColumns, sources: SourceCodes): KeyedStore<string, RecordId> {
  const find = (key: string): Slot => {
    const cut = key.indexOf(BETWEEN)
    const code = sources.known(key.slice(0, cut))
    if (code === NO_SOURCE) return NO_SLOT
    const bytes = columns.keyBytes(key.slice(cut + 1))
    return columns.findKey(code, bytes, 0, bytes.length)
  }
  const keyAt = (slot: Slot): string =>
    `${sources.at(columns.chunk(slot).source[slot & CHUNK_MASK] ?? 0)}${BETWEEN}${columns.remoteIdOf(slot)}`
  function* entries(): Generator<[string, RecordId]> {
    for (let slot = 0; slot < columns.count; slot++) {
      if (columns.has(slot, KEYED)) yield [keyAt(slot), columns.idOf(slot)]
    }
  }
  return {
    get size() {
      return columns.countWith(KEYED)
    },
    get: (key) => {
      const slot = find(key)
      return slot === NO_SLOT ? undefined : columns.idOf(slot)
    },
    has: (key) => find(key) !== NO_SLOT,
    set: (key, recordId) => {
      const before = find(key)
      const slot = columns.slotFor(recordId)
      if (before !== NO_SLOT && before !== slot) columns.set(before, 0, KEYED)
      const cut = key.indexOf(BETWEEN)
      const bytes = columns.keyBytes(key.slice(cut + 1))
      columns.setKey(slot, sources.codeOf(sourceIdSchema.parse(key.slice(0, cut))), bytes, 0, bytes.length)
    },
    delete: (key) => {
      const slot = find(key)
      if (slot === NO_SLOT) return false
      columns.set(slot, 0, KEYED)
      return true
    },
    keys: function* () {
      for (const [key] of entries()) yield key
    },
    values: function* () {
      for (const [, recordId] of entries()) yield recordId
    },
    [Symbol.iterator]: entries,
  }
}
