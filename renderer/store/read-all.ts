import { isUnreadable } from './storage-guard.ts'

/** A table, or a part of one. */
export interface Readable<K, R> {
  toArray(): PromiseLike<R[]>
  toCollection(): { primaryKeys(): PromiseLike<K[]> }
  get(key: K): PromiseLike<R | undefined>
}

/**
 * Every row that the disk gives. Where one value is missing from it (Chromium keeps large ones in files of their own),
 * reading all at once fails: then they are read one by one, and only that one is left out.
 */
export async function readAll<K, R>(table: Readable<K, R>, onLost: (key: K) => void): Promise<readonly R[]> {
  try {
    return await table.toArray()
  } catch (cause) {
    if (!isUnreadable(cause)) throw cause
  }
  const rows: R[] = []
  for (const key of await table.toCollection().primaryKeys()) {
    try {
      const row = await table.get(key)
      if (row !== undefined) rows.push(row)
    } catch (cause) {
      if (!isUnreadable(cause)) throw cause
      onLost(key)
    }
  }
  return rows
}
