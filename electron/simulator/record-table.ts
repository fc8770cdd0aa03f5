import { z } from 'zod'
import { type JsonValue, jsonValueSchema } from '../../shared/json.ts'

export type JsonRow = { readonly [key: string]: JsonValue }

/**
 * The clients of one vendor, in the vendor's own order. Seeded rows are made when they are looked at, so a million
 * of them cost a few bytes each; only rows that were added or changed are kept.
 */
export interface RecordTable<Row extends JsonRow> {
  count(): number
  /** Rows from position `from` up to, not including, `to`. */
  slice(from: number, to: number): Row[]
  /** All rows in order, made one at a time. */
  rows(): Iterable<Row>
  list(): Row[]
  get(id: string): Row | null
  /** Adds a row; what is not given is made up, the id and the times included. */
  insert(values?: Partial<Row>): Row
  /** Changes fields of a row and its time of change; null if there is no such row. */
  update(id: string, values: Partial<Row>): Row | null
  remove(id: string): boolean
  /** Position of the first row that sorts after the time `key` (and after the row `id`, where one is given). */
  positionAfter(key: number, id?: string): number
  /** What differs from the seeded rows, for a later table with the same seed and count. */
  save(): SavedTable
}

export const savedTableSchema = z.object({
  nextSlot: z.number().int().nonnegative(),
  /** Rows that were added or changed, with their slots. */
  kept: z.array(z.tuple([z.number().int().nonnegative(), z.record(z.string(), jsonValueSchema)])),
  /** Slots of rows that were removed. */
  removed: z.array(z.number().int().nonnegative()),
})
export interface SavedTable extends z.infer<typeof savedTableSchema> {}

export interface TableRules<Row extends JsonRow> {
  /** Number of seeded rows. */
  readonly count: number
  /** The row that belongs to a slot number. Slots from `count` on are rows that were added later, at `addedAt`. */
  readonly make: (slot: number, addedAt: number | null) => Row
  /** Time by which a seeded row sorts, without making the row. */
  readonly seededKey: (slot: number) => number
  readonly keyOf: (row: Row) => number
  readonly idOf: (row: Row) => string
  /** Slot of a seeded row's id, or null for any other text. */
  readonly slotOfId: (id: string) => number | null
  /** The fields that say when a row was last changed. */
  readonly touched: (at: number) => Partial<Row>
  readonly now: () => number
  /** The moment that the seeded times count back from. */
  readonly startedAt: number
  readonly saved: SavedTable | null
  /** Called after every change. */
  readonly changed: () => void
}

/** Rows sort by `keyOf`, oldest first, then by slot. */
export function createRecordTable<Row extends JsonRow>(rules: TableRules<Row>): RecordTable<Row> {
  const seededKeys = new Float64Array(rules.count)
  for (let slot = 0; slot < rules.count; slot += 1) {
    seededKeys[slot] = rules.seededKey(slot)
  }
  const kept = new Map<number, Row>()
  /** Ids of rows that were added later, and given ids: never forgotten, so that a cursor may still name them. */
  const slotsById = new Map<string, number>()
  const removed = new Set<number>()
  // A later start must not give an id again that an earlier one has given: slots of new rows move on with the seconds.
  let nextSlot = rules.count + Math.max(0, Math.floor((rules.now() - rules.startedAt) / 1000))

  const keyOfSlot = (slot: number): number => {
    const row = kept.get(slot)
    return row === undefined ? (seededKeys[slot] ?? 0) : rules.keyOf(row)
  }
  const compare = (a: number, b: number): number => keyOfSlot(a) - keyOfSlot(b) || a - b
  const order = Array.from(new Uint32Array(rules.count).map((_, slot) => slot).sort(compare))

  const rowOf = (slot: number): Row => kept.get(slot) ?? rules.make(slot, null)
  const slotOf = (id: string): number | null => slotsById.get(id) ?? rules.slotOfId(id)
  const liveSlotOf = (id: string): number | null => {
    const slot = slotOf(id)
    return slot === null || removed.has(slot) || slot >= nextSlot ? null : slot
  }

  /** First position whose row sorts after (key, slot). */
  const upperBound = (key: number, slot: number): number => {
    let low = 0
    let high = order.length
    while (low < high) {
      const middle = (low + high) >>> 1
      const there = order[middle] ?? 0
      const thereKey = keyOfSlot(there)
      if (thereKey < key || (thereKey === key && there <= slot)) {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return low
  }
  const takeOut = (slot: number): void => {
    order.splice(upperBound(keyOfSlot(slot), slot) - 1, 1)
  }
  const putIn = (slot: number): void => {
    order.splice(upperBound(keyOfSlot(slot), slot), 0, slot)
  }

  if (rules.saved !== null) {
    nextSlot = Math.max(nextSlot, rules.saved.nextSlot)
    for (const slot of rules.saved.removed) {
      if (slot < rules.count) {
        takeOut(slot)
      }
      removed.add(slot)
    }
    for (const [slot, row] of rules.saved.kept) {
      if (slot < rules.count) {
        takeOut(slot)
      }
      // The seeded row gives the fields, the saved one what was in them.
      const whole: Row = { ...rules.make(slot, null), ...row }
      kept.set(slot, whole)
      slotsById.set(rules.idOf(whole), slot)
      putIn(slot)
    }
  }

  function* rows(): Iterable<Row> {
    // A copy: rows added or removed while a long answer is being written do not disturb it.
    for (const slot of order.slice()) {
      yield rowOf(slot)
    }
  }

  return {
    count: () => order.length,
    slice: (from, to) => order.slice(from, to).map(rowOf),
    rows,
    list: () => order.map(rowOf),
    get: (id) => {
      const slot = liveSlotOf(id)
      return slot === null ? null : rowOf(slot)
    },
    insert: (values = {}) => {
      const slot = nextSlot
      nextSlot += 1
      const row: Row = { ...rules.make(slot, rules.now()), ...values }
      slotsById.set(rules.idOf(row), slot)
      kept.set(slot, row)
      putIn(slot)
      rules.changed()
      return row
    },
    update: (id, values) => {
      const slot = liveSlotOf(id)
      if (slot === null) {
        return null
      }
      const row: Row = { ...rowOf(slot), ...rules.touched(rules.now()), ...values }
      takeOut(slot)
      kept.set(slot, row)
      putIn(slot)
      rules.changed()
      return row
    },
    remove: (id) => {
      const slot = liveSlotOf(id)
      if (slot === null) {
        return false
      }
      takeOut(slot)
      kept.delete(slot)
      removed.add(slot)
      rules.changed()
      return true
    },
    save: () => ({ nextSlot, kept: [...kept], removed: [...removed] }),
    positionAfter: (key, id) => upperBound(key, id === undefined ? -1 : (slotOf(id) ?? -1)),
  }
}
