import { IDBKeyRange } from 'fake-indexeddb'
import { expect, it } from 'vitest'
import { StoreDatabase } from '../../renderer/store/database.ts'
import { MANIFEST_KEY } from '../../renderer/store/saved/manifest.ts'
import { compactSegments } from '../../renderer/store/segments/compact.ts'
import type { Fields } from '../../shared/model/field.ts'
import {
  FULL_ENGAGE,
  remote,
  removeBySweeps,
  SOURCES,
  SPOTT,
  sweep,
  type TestStore,
  testCreateRandom,
  testOpenStore,
  value,
} from '../unit/renderer/store/test-open-store.ts'

/**
 * A store that is used, saved at odd moments, killed in the middle of that and opened again: what a start makes of the
 * saved form and of what was written since is what a start makes of the segments alone.
 */
const RUNS = Number(process.env.SAVED_RUNS ?? 3)
const LIVES = 5
const WORDS = ['anna', 'bo', 'cleo', 'dora', '555', 'fjord', 'x1']

for (let seed = 1; seed <= RUNS; seed++) {
  it(`a start from the saved form is a start from the segments, seed ${seed}`, () => run(seed), 60_000)
}

async function run(seed: number): Promise<void> {
  const random = testCreateRandom(seed * 2654435761)
  const below = (n: number): number => Math.floor(random.next() * n)
  // One for all lives: ids are drawn from it.
  const ids = testCreateRandom(seed)
  const there = new Map<string, Fields>()
  const story: string[] = []
  let next = 1
  let savedStarts = 0
  let t = await testOpenStore({ random: ids })
  for (let i = 0; i < 30; i++) insert(there, next++, below)
  await pull(t, there)
  try {
    for (let life = 0; life < LIVES; life++) {
      for (let step = below(7); step >= 0; step--) story.push(await act(t, there, below, () => next++))
      // Quiet enough for a save, which is then left to itself for a while, or cut short.
      t.time.tick(below(3) === 0 ? 1_000 : 70_000)
      await turns(t, below(4) === 0 ? below(40) : 400)
      if (below(3) === 0) story.push(await act(t, there, below, () => next++))
      t.store.close()
      story.push('killed')
      const { idb, time } = t
      t = await testOpenStore({ idb, time, epoch: 10 + life * 2, random: ids })
      if (t.store.context.saved.report().startedFrom === 'saved') savedStarts++
      const fromSaved = await shapeOf(t)
      t.store.close()
      await forgetSaved(t, below(2) === 0)
      t = await testOpenStore({ idb, time, epoch: 11 + life * 2, random: ids })
      expect(t.store.context.saved.report().startedFrom).not.toBe('saved')
      const fromSegments = await shapeOf(t)
      for (const part of typedKeys(fromSegments)) expect(fromSaved[part], part).toEqual(fromSegments[part])
      // Once more there is one, most of the time, before the next life begins.
      t.time.tick(70_000)
      await turns(t, 400)
      story.push('opened again')
    }
  } catch (cause) {
    throw new Error(
      `seed ${seed}: ${cause instanceof Error ? (cause.stack ?? cause.message) : cause}\n\n${story.join('\n')}`,
    )
  } finally {
    t.store.close()
  }
  expect(savedStarts, 'starts from the saved form').toBeGreaterThan(0)
}

function insert(there: Map<string, Fields>, n: number, below: (n: number) => number): void {
  there.set(`r${n}`, {
    name: `${WORDS[below(WORDS.length)]} ${WORDS[below(WORDS.length)]} ${n}`,
    phone: `+47 ${below(9)} 555 ${n}`,
    notes: WORDS[below(WORDS.length)] ?? null,
    status: below(2) === 0 ? 'active' : 'inactive',
  })
}

function records(there: ReadonlyMap<string, Fields>) {
  return [...there].map(([id, fields]) =>
    remote(id, fields, { updatedAt: `2026-01-${10 + (Number(id.slice(1)) % 19)}T00:00:00Z` }),
  )
}

async function pull(t: TestStore, there: ReadonlyMap<string, Fields>): Promise<void> {
  await sweep(t, FULL_ENGAGE, records(there))
}

async function act(
  t: TestStore,
  there: Map<string, Fields>,
  below: (n: number) => number,
  number: () => number,
): Promise<string> {
  const { page, sync } = t.store
  const rows = value(await page['clients.list']({ text: '', sort: null, offset: 0, limit: 100 })).rows
  const row = rows[below(rows.length)]
  const ids = [...there.keys()]
  switch (below(10)) {
    case 0: {
      for (let i = below(5); i >= 0; i--) insert(there, number(), below)
      await pull(t, there)
      return 'new ones pulled'
    }
    case 1:
      for (const id of ids.filter(() => below(4) === 0)) there.set(id, { ...there.get(id), notes: `now ${number()}` })
      await pull(t, there)
      return 'changes pulled'
    case 2: {
      for (const id of ids.filter(() => below(8) === 0)) there.delete(id)
      return `removed ${await removeBySweeps(t, FULL_ENGAGE, records(there))}`
    }
    case 3:
    case 4: {
      if (row === undefined) return 'nobody'
      const saved = await page['client.save']({
        clientId: row.clientId,
        changes: { notes: `mine ${number()}` },
        seen: {},
      })
      return `saved ${row.name} ${saved.ok}`
    }
    case 5: {
      const made = await page['client.create']({
        sourceId: null,
        deviceOnly: true,
        fields: { name: `here ${number()}` },
      })
      return `made ${made.ok}`
    }
    case 6: {
      if (row === undefined) return 'nobody'
      return `deleted ${row.name} ${(await page['client.delete']({ clientId: row.clientId })).ok}`
    }
    case 7:
      return `merged ${value(await compactSegments(t.store.context, 1)).merged}`
    case 8:
      value(await sync['sources.configure']({ sources: SOURCES, removed: [] }))
      await sweep(t, SPOTT, [
        remote(`s${below(3)}`, { firstName: WORDS[below(WORDS.length)] ?? 'a', lastName: `${number()}` }),
      ])
      return 'another source pulled'
    default:
      value(await sync['sources.configure']({ sources: [], removed: [SPOTT] }))
      return 'a source removed'
  }
}

/** Turns of the event loop, in which the fake database does its work. */
async function turns(t: TestStore, most: number): Promise<void> {
  const before = t.store.context.saved.report().savedAt
  for (let i = 0; i < most && t.store.context.saved.report().savedAt === before; i++) {
    await new Promise<void>((resolve) => setImmediate(resolve))
    t.time.tick(0)
  }
}

/** All of it is taken away, or only what names the pieces. */
async function forgetSaved({ idb }: TestStore, all: boolean): Promise<void> {
  const db = new StoreDatabase('clientele-test', 'relaxed', { indexedDB: idb, IDBKeyRange })
  await (all ? db.saved.clear() : db.saved.delete(MANIFEST_KEY))
  db.close()
}

/** What the page sees, and what the next write rests on. */
async function shapeOf(t: TestStore) {
  const { page, context } = t.store
  const { book } = context
  const lists: Record<string, unknown> = {}
  for (const key of ['updated', 'name', 'company', 'status', 'source'] as const) {
    for (const direction of ['asc', 'desc'] as const) {
      const list = value(await page['clients.list']({ text: '', sort: { key, direction }, offset: 0, limit: 1000 }))
      lists[`${key} ${direction}`] = { rows: list.rows, total: list.total, newestAt: list.newestAt }
    }
  }
  for (const text of [...WORDS, 'an', 'mine', 'now', 'here', 'status:active', 'source:spott', 'is:waiting bo']) {
    const list = value(
      await page['clients.list']({ text, sort: { key: 'name', direction: 'asc' }, offset: 0, limit: 1000 }),
    )
    lists[text] = { ids: list.rows.map((row) => row.clientId), total: list.total }
  }
  const heads = [...book.heads.values()].map((head) => ({ ...head })).sort((a, b) => (a.recordId < b.recordId ? -1 : 1))
  const places = [...book.places].map(([id, place]) => `${id} ${JSON.stringify(place)}`).sort()
  const directory = [...book.directory].map(([key, id]) => `${key} ${id}`).sort()
  const segments = [...book.segments]
    .map(([id, { n, live, damaged }]) => ({ id, n, live, damaged }))
    .filter(({ live }) => live > 0)
  const { unreadable } = book
  return { heads, places, directory, segments, unreadable, lists, counts: value(await page['counts.get']({})) }
}

function typedKeys<T extends object>(shape: T): readonly (keyof T & string)[] {
  // `Object.keys` widens to string; these are literally the keys of the shape.
  return Object.keys(shape) as (keyof T & string)[]
}
