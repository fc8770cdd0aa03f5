import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { expect, it } from 'vitest'
import { StoreDatabase } from '../../../../../renderer/store/database.ts'
import { EVERYTHING } from '../../../../../renderer/store/saved/changed-records.ts'
import { loadSaved, type SavedForm } from '../../../../../renderer/store/saved/load-saved.ts'
import { createPartsWriter, type PartsWriter } from '../../../../../renderer/store/saved/save-parts.ts'
import type { SavedPart } from '../../../../../renderer/store/saved/saved-part.ts'
import { recordIdSchema } from '../../../../../shared/ids.ts'

/** Memory that is nothing but pieces: each change writes one of them anew, and is one segment. */
class Memory {
  readonly pieces = new Map<string, { version: number; bytes: Uint8Array }>()
  segment = 0
  change = 0

  set(id: string, bytes: Uint8Array): void {
    this.pieces.set(id, { version: (this.pieces.get(id)?.version ?? 0) + 1, bytes })
    this.segment++
  }

  parts(): readonly SavedPart[] {
    return [...this.pieces].map(([id, { version, bytes }]) => ({ id, version, bytes: () => bytes }))
  }

  /** All of it as text, to be compared. */
  shape(): string {
    return shapeOf(new Map([...this.pieces].map(([id, { bytes }]) => [id, bytes])))
  }
}

function shapeOf(parts: ReadonlyMap<string, Uint8Array>): string {
  return [...parts]
    .map(([id, bytes]) => `${id}=${[...bytes].join()}`)
    .sort()
    .join(';')
}

function open(idb: IDBFactory): StoreDatabase {
  return new StoreDatabase('saved-test', 'relaxed', { indexedDB: idb, IDBKeyRange })
}

function writerOf(
  db: StoreDatabase,
  memory: Memory,
  more: Partial<Parameters<typeof createPartsWriter>[0]> = {},
): PartsWriter {
  return createPartsWriter({
    db,
    parts: () => memory.parts(),
    watermark: () => ({ segment: memory.segment, change: memory.change, at: 0 }),
    checkOwner: async () => undefined,
    prepareFirst: async () => undefined,
    first: () => null,
    owner: 'me',
    pause: async () => true,
    ...more,
  })
}

async function form(db: StoreDatabase): Promise<SavedForm> {
  const loaded = await loadSaved(db)
  if (typeof loaded === 'string') throw new Error(`no form: ${loaded}`)
  return loaded
}

const bytes = (...values: number[]): Uint8Array => new Uint8Array(values)

it('gives back what was saved, with its watermark', async () => {
  const db = open(new IDBFactory())
  const memory = new Memory()
  memory.set('a', bytes(1, 2, 3))
  memory.set('empty', bytes())
  // Beyond one row.
  memory.set('big', new Uint8Array(33 * 1024 * 1024).fill(7))
  expect(await loadSaved(db)).toBe('none')
  expect(await writerOf(db, memory).save()).toBe('saved')
  const loaded = await form(db)
  expect(loaded).toMatchObject({ segment: 3, change: 0 })
  expect([...loaded.parts.keys()].sort()).toEqual(['a', 'big', 'empty'])
  expect([...(loaded.parts.get('a') ?? [])]).toEqual([1, 2, 3])
  expect(loaded.parts.get('empty')).toHaveLength(0)
  expect(loaded.parts.get('big')).toHaveLength(33 * 1024 * 1024)
  // The manifest, a row that the small ones share, and two of the long one.
  expect(await db.saved.count()).toBe(4)
  db.close()
})

it('writes only pieces that have changed, also after a start, and takes old ones away', async () => {
  const idb = new IDBFactory()
  const db = open(idb)
  const memory = new Memory()
  memory.set('a', bytes(1))
  memory.set('b', bytes(2))
  await writerOf(db, memory).save()
  const before = await form(db)
  // Another life of the same memory: its versions begin anew.
  const again = new Memory()
  for (const [id, piece] of before.parts) again.pieces.set(id, { version: 0, bytes: piece })
  const writer = writerOf(db, again, { owner: 'next' })
  writer.adopt(before)
  again.set('b', bytes(22))
  await writer.save()
  const after = await form(db)
  expect(after.entries.get('a')).toEqual(before.entries.get('a'))
  expect(after.entries.get('b')).not.toEqual(before.entries.get('b'))
  expect(await db.saved.count()).toBe(3)
  // Of the first row, less than half is read any more: what is left of it moves.
  again.set('c', new Uint8Array(100))
  again.set('d', new Uint8Array(100))
  await writer.save()
  again.set('c', new Uint8Array(100))
  again.set('d', new Uint8Array(10))
  await writer.save()
  expect(await db.saved.count()).toBeLessThanOrEqual(4)
  expect([...(await form(db)).parts].map(([id, piece]) => [id, piece.length]).sort()).toEqual([
    ['a', 1],
    ['b', 1],
    ['c', 100],
    ['d', 10],
  ])
  db.close()
})

it('rows that a write has taken away meanwhile are in no manifest, and are written anew', async () => {
  const db = open(new IDBFactory())
  const memory = new Memory()
  memory.set('a', bytes(1))
  let clear = true
  const writer = writerOf(db, memory, {
    // In the moment before the manifest.
    checkOwner: async () => {
      if (clear && (await db.saved.count()) > 0) await db.saved.clear()
    },
  })
  expect(await writer.save()).toBe('at-work')
  expect(await loadSaved(db)).toBe('none')
  clear = false
  expect(await writer.save()).toBe('saved')
  expect([...(await form(db)).parts.keys()]).toEqual(['a'])
  db.close()
})

it('names the records that were written after it, and nothing counts once everything was', async () => {
  const db = open(new IDBFactory())
  const memory = new Memory()
  memory.set('a', bytes(1))
  const [one, two] = ['rec_0000000000000001', 'rec_0000000000000002'].map((id) => recordIdSchema.parse(id))
  memory.change = await db.changes.add({ recordIds: [`${one}`] })
  await writerOf(db, memory).save()
  expect(await db.changes.count()).toBe(0)
  const newest = await db.changes.add({ recordIds: [`${two}`] })
  expect(await form(db)).toMatchObject({ changed: new Set([two]), change: newest })
  await db.changes.add({ recordIds: [EVERYTHING] })
  expect(await loadSaved(db)).toBe('none')
  // Without a form they are of no use to anybody, and numbers go on.
  await writerOf(db, memory).drop()
  expect(await db.changes.count()).toBe(0)
  expect(await db.changes.add({ recordIds: [] })).toBe(newest + 2)
  db.close()
})

it('takes nothing that is not as it was written, to the last byte', async () => {
  const db = open(new IDBFactory())
  const memory = new Memory()
  memory.set('a', bytes(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17))
  const writer = writerOf(db, memory)
  for (const spoil of [
    (at: Uint8Array) => at.map((value, i) => (i === 16 ? value + 1 : value)),
    (at: Uint8Array) => at.map((value, i) => (i === 3 ? value ^ 128 : value)),
    (at: Uint8Array) => at.slice(1),
    (at: Uint8Array) => new Uint8Array(at.length),
  ]) {
    await writer.drop()
    await writer.save()
    await form(db)
    for (const row of await db.saved.toArray()) await db.saved.put({ ...row, bytes: spoil(row.bytes) })
    expect(await loadSaved(db)).toBe('damaged')
  }
  await writer.drop()
  await writer.save()
  const rows = await db.saved.toCollection().primaryKeys()
  await db.saved.bulkDelete(rows.filter((key) => key.startsWith('part')))
  expect(await loadSaved(db)).toBe('damaged')
  db.close()
})

it('an owner of before makes no form any more', async () => {
  const db = open(new IDBFactory())
  const memory = new Memory()
  memory.set('a', bytes(1))
  await writerOf(db, memory).save()
  memory.set('a', bytes(2))
  const fenced = writerOf(db, memory, { owner: 'old', checkOwner: () => Promise.reject(new Error('fenced')) })
  await expect(fenced.save()).rejects.toThrow('fenced')
  expect([...((await form(db)).parts.get('a') ?? [])]).toEqual([1])
  db.close()
})

it('memory that changes while it is saved, and kills at any moment, leave a form of one moment', async () => {
  for (let seed = 1; seed <= 6; seed++) {
    let state = seed * 7919
    const below = (n: number): number => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0
      return Math.floor((state / 2 ** 32) * n)
    }
    const idb = new IDBFactory()
    const memory = new Memory()
    const shapes = new Map<number, string>()
    const change = (): void => {
      memory.set(`p${below(5)}`, new Uint8Array(below(40)).fill(below(256)))
      if (below(6) === 0) memory.pieces.delete(`p${below(5)}`)
      shapes.set(memory.segment, memory.shape())
    }
    change()
    let saved = 0
    for (let life = 0; life < 6; life++) {
      const db = open(idb)
      const writer = writerOf(db, memory, {
        owner: `life${life}`,
        pause: async () => {
          if (below(4) === 0) change()
          // The worker is killed: nothing of it reaches the disk any more.
          if (below(6) === 0) db.close({ disableAutoOpen: true })
          return below(10) > 0
        },
      })
      for (let i = below(4); i > 0; i--) change()
      const outcome = await writer.save().catch(() => 'killed')
      if (outcome === 'saved') saved++
      db.close()
      const reader = open(idb)
      const loaded = await loadSaved(reader)
      if (loaded === 'none') expect(saved).toBe(0)
      else if (typeof loaded === 'string') throw new Error(`seed ${seed}: ${loaded}`)
      else expect(shapeOf(loaded.parts)).toBe(shapes.get(loaded.segment))
      reader.close()
    }
  }
})

it('is given up where its pieces are forgotten while they are written', async () => {
  const db = open(new IDBFactory())
  const memory = new Memory()
  memory.set('a', bytes(1))
  const writer: PartsWriter = writerOf(db, memory, {
    pause: async () => {
      writer.forgotten()
      await db.saved.clear()
      return true
    },
  })
  expect(await writer.save()).toBe('at-work')
  expect(await loadSaved(db)).toBe('none')
  db.close()
})
