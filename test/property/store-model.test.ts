import { expect, it } from 'vitest'
import { remoteKey } from '../../renderer/store/book.ts'
import { maintain } from '../../renderer/store/maintain.ts'
import { type ClientId, createAttemptId } from '../../shared/ids.ts'
import type { Outcome } from '../../shared/ipc/store-sync-contract.ts'
import { type FieldKey, type Fields, sameFieldValue } from '../../shared/model/field.ts'
import { changedSince, mergeFields } from '../../shared/sync/merge-fields.ts'
import {
  FULL_ENGAGE,
  remote,
  removeBySweeps,
  settle,
  sweep,
  type TestStore,
  type TestTime,
  take,
  testCreateRandom,
  testOpenStore,
  value,
} from '../unit/renderer/store/test-open-store.ts'

/**
 * The store alone, under a user who does everything that can be done about edits, conflicts, rules, history and the
 * tray, a source whose other users do likewise, and restarts in between. After each step the rows must fit together,
 * and the disk must hold what the memory holds.
 */
/** A number and no time: a fast machine must not find what a slow one cannot. `MODEL_RUNS` looks further. */
const RUNS = Number(process.env.MODEL_RUNS ?? 100)
const STEPS = 45
/**
 * An undo opened a conflict again beside one that had come since; a value put back behind a delete was lost; a client made
 * again under a new key was not loaded once somebody else had its old one; a rule took off what a delete would bring back.
 */
const FOUND: readonly number[] = [20_033, 20_041, 223, 339]
const FIELDS = ['phone', 'notes'] as const
const SCALAR_CHOICE = ['mine', 'theirs'] as const

interface Model {
  t: TestStore
  epoch: number
  /** What the source has. */
  readonly there: Map<string, Fields>
  nextRemote: number
  readonly below: (n: number) => number
  readonly story: string[]
  /** Conflicts that were open when the user took a step back. */
  readonly reopened: Set<string>
}

for (const seed of FOUND) it(`store model, seed ${seed}`, () => run(seed), 60_000)

it(
  'whatever users do in whatever order, the rows of the store fit together, and a restart changes nothing',
  async () => {
    const first = Number(process.env.MODEL_SEED ?? 1)
    for (let seed = first; seed < first + RUNS; seed++) await run(seed)
  },
  60_000 + RUNS * 2_000,
)

async function run(seed: number): Promise<void> {
  const random = testCreateRandom(seed * 2654435761)
  const m: Model = {
    t: await testOpenStore({ random: testCreateRandom(seed), time: stillTime() }),
    epoch: 1,
    there: new Map(),
    nextRemote: 1,
    below: (n) => Math.floor(random.next() * n),
    story: [],
    reopened: new Set(),
  }
  for (let i = 0; i < 12; i++) insert(m, `Person ${i}`)
  try {
    await pull(m)
    for (let step = 0; step < STEPS; step++) {
      m.story.push(await act(m, step))
      if (/^(undo|resolve)/.test(m.story.at(-1) ?? '')) noteReopened(m)
      check(m)
    }
    await restart(m)
  } catch (cause) {
    const why = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)
    throw new Error(`seed ${seed}: ${why}\n\n${m.story.join('\n')}`)
  } finally {
    m.t.store.close()
  }
}

async function act(m: Model, step: number): Promise<string> {
  const { below } = m
  const api = m.t.store.page
  const word = `w${step}`
  switch (below(22)) {
    case 0:
    case 1:
      return collide(m, step)
    case 2:
    case 3: {
      const row = await somebody(m)
      const field = FIELDS[below(2)] ?? 'phone'
      const shown = await shownOf(m, row.clientId)
      const to = below(6) === 0 ? (m.there.get(row.remoteId ?? '')?.[field] ?? null) : `${below(99)}${word}`
      const changes = below(4) === 0 ? { [field]: `1${word}`, company: word } : { [field]: to }
      const saved = await api['client.save']({ clientId: row.clientId, changes, seen: shown })
      return `save ${row.name} ${JSON.stringify(changes)} ${refused(saved)}`
    }
    case 4:
    case 5:
    case 6: {
      const id = someRemote(m)
      if (id === undefined) return 'nobody there'
      const field = FIELDS[below(2)] ?? 'phone'
      const to = below(3) === 0 ? await mineOf(m, id, field) : `${below(99)}~${step}`
      m.there.set(id, { ...m.there.get(id), [field]: to })
      return `they write ${field} of ${id}: ${JSON.stringify(to)}`
    }
    case 7:
    case 8:
      await pull(m)
      return 'pull'
    case 9:
    case 10:
    case 11:
      return push(m, step)
    case 12:
    case 13: {
      const [conflict] = value(await api['conflicts.list']({}))
      if (conflict === undefined) return 'nothing to decide'
      const side = SCALAR_CHOICE[below(2)] ?? 'mine'
      const choices = {
        record: side,
        ...Object.fromEntries(conflict.fields.map((f) => [f.field, SCALAR_CHOICE[below(2)]])),
      }
      const seen = Object.fromEntries(conflict.fields.map((f) => [f.field, f.theirs]))
      const done = await api['conflict.resolve']({ conflictId: conflict.conflictId, choices, seen })
      const reopen = below(3) === 0 ? refused(await api['conflict.reopen']({ conflictId: conflict.conflictId })) : ''
      return `resolve ${conflict.kind} ${JSON.stringify(choices)} ${refused(done)} ${reopen}`
    }
    case 14:
    case 15:
    case 16: {
      const undone = await api['edit.undoLast']({})
      return `undo ${undone.ok ? JSON.stringify(undone.value) : undone.error.code} ${refused(undone)}`
    }
    case 17: {
      const { clientId, name } = await somebody(m)
      const items = value(await api['clients.timeline']({ clientId, limit: 30 })).filter((i) => i.canPutBack.length > 0)
      const item = items[below(items.length)]
      const field = item?.canPutBack[0]
      if (item === undefined || field === undefined) return 'nothing to put back'
      return `put back ${field} of ${name} ${refused(await api['timeline.putBack']({ clientId, itemId: item.id, field }))}`
    }
    case 18: {
      const queue = value(await api['queue.list']({}))
      const edit = queue[below(queue.length)]
      if (edit === undefined) return 'nothing queued'
      return `discard ${edit.operation} of ${edit.clientName} ${refused(await api['edit.discard']({ editId: edit.editId }))}`
    }
    case 19: {
      const rules = value(await api['fieldRules.list']({}))
      if (rules.length === 0 && below(2) === 0) return 'no rule'
      const [rule] = rules
      if (rule !== undefined && below(4) > 0)
        return `rule off ${refused(await api['fieldRules.remove']({ ruleId: rule.ruleId }))}`
      const field = FIELDS[below(2)] ?? 'phone'
      const choice = SCALAR_CHOICE[below(2)] ?? 'mine'
      return `rule ${field} ${choice} ${refused(await api['fieldRules.make']({ sourceId: FULL_ENGAGE, field, choice }))}`
    }
    case 20:
      return below(2) === 0 ? removeThere(m) : fromTray(m)
    default: {
      if (below(3) === 0) {
        await restart(m)
        return 'restart'
      }
      if (below(4) === 0) {
        value(await maintain(m.t.store.context))
        return 'housekeeping'
      }
      if (below(2) === 0) {
        const fields = { name: `New ${word}`, phone: word }
        return `create ${refused(await api['client.create']({ sourceId: FULL_ENGAGE, deviceOnly: below(4) === 0, fields }))}`
      }
      const { clientId, name } = await somebody(m)
      return `delete ${name} ${refused(await api['client.delete']({ clientId }))}`
    }
  }
}

/** Both sides write the same field, and the edit goes out. */
async function collide(m: Model, step: number): Promise<string> {
  const row = await somebody(m)
  const theirs = m.there.get(row.remoteId ?? '')
  if (row.remoteId === null || theirs === undefined) return 'nobody to collide with'
  const field = FIELDS[m.below(2)] ?? 'phone'
  const seen = await shownOf(m, row.clientId)
  const saved = await m.t.store.page['client.save']({ clientId: row.clientId, changes: { [field]: `${step}+` }, seen })
  m.there.set(row.remoteId, { ...theirs, [field]: `${step}~` })
  return `collide in ${field} of ${row.name} ${refused(saved)}, ${await push(m, step)}`
}

const refused = (result: { ok: boolean; error?: unknown }): string => (result.ok ? '' : JSON.stringify(result.error))

function insert(m: Model, name: string): void {
  m.there.set(`r${m.nextRemote++}`, { name, phone: '0', notes: null })
}

const records = (m: Model) => [...m.there].map(([id, fields]) => remote(id, fields))

async function pull(m: Model): Promise<void> {
  await sweep(m.t, FULL_ENGAGE, records(m))
}

/** Gone there, and by two sweeps here as well, unless somebody writes to it. */
async function removeThere(m: Model): Promise<string> {
  const id = someRemote(m)
  if (id === undefined || m.there.size < 9) return 'too few to remove one'
  const fields = m.there.get(id)
  m.there.delete(id)
  const removed = await removeBySweeps(m.t, FULL_ENGAGE, records(m))
  // Sometimes it was a mistake of theirs.
  if (fields !== undefined && m.below(3) === 0) m.there.set(id, fields)
  return `they remove ${id}: ${removed}`
}

async function fromTray(m: Model): Promise<string> {
  const items = value(await m.t.store.page['tray.list']({}))
  const item = items[m.below(items.length)]
  if (item === undefined) return 'an empty tray'
  const step = (['tray.restore', 'tray.recreate', 'tray.forget'] as const)[m.below(3)] ?? 'tray.restore'
  return `${step} ${item.name} ${refused(await m.t.store.page[step]({ key: item.key }))}`
}

/** As the core does it: take, read, merge, send, settle; the line may break before or after the source has taken it. */
async function push(m: Model, step: number): Promise<string> {
  m.t.time.tick(20_000)
  const { edit, editId, synced, wasUnknown } = await take(m.t, FULL_ENGAGE)
  if (edit === null || editId === null) return 'nothing to push'
  const name = `push ${edit.operation} ${JSON.stringify(edit.changes)}`
  const outcome = (kind: Outcome) => settle(m.t, editId, kind)
  const theirs = edit.remoteId === null ? undefined : m.there.get(edit.remoteId)
  const wire = async (body: Fields, apply: () => Outcome): Promise<string> => {
    const attemptId = createAttemptId(m.t.random)
    value(await m.t.store.sync['outbox.freeze']({ editId, attemptId, body, fence: [], at: m.t.time.now() }))
    const luck = m.below(6)
    if (luck === 0) {
      if (m.below(2) === 0 && edit.operation !== 'create') apply()
      const error = { code: 'unreachable', reason: 'reset', sent: true, detail: null } as const
      await outcome({ kind: 'unknown', at: m.t.time.now(), error })
      return `${name}: unknown`
    }
    if (luck === 1) {
      const error = { code: 'refused', status: 422, vendorText: 'no', field: null } as const
      await outcome({ kind: 'needs-attention', error })
      return `${name}: refused`
    }
    await outcome(apply())
    return `${name}: done`
  }
  if (edit.operation === 'create') {
    const body: Fields = edit.frozenBody ?? bodyOf(edit.changes)
    return wire(body, () => {
      const id = `r${m.nextRemote++}`
      m.there.set(id, body)
      return { kind: 'done', record: remote(id, body), writeSeq: step }
    })
  }
  const id = edit.remoteId ?? ''
  if (theirs === undefined) {
    if (edit.operation === 'delete') {
      await outcome({ kind: 'done', record: null, writeSeq: step })
      return `${name}: was gone`
    }
    const fields = edit.changes.map(({ field, from, to }) => ({ field, base: from, mine: to, theirs: null }))
    await outcome({ kind: 'conflict', conflict: 'gone', remote: null, fields, merged: [], candidates: [] })
    return `${name}: gone`
  }
  if (edit.operation === 'delete') {
    const fields = wasUnknown ? [] : changedSince(synced ?? {}, theirs)
    if (fields.length === 0) {
      return wire({}, () => {
        m.there.delete(id)
        return { kind: 'done', record: null, writeSeq: step }
      })
    }
    const conflict = 'changed-before-delete'
    await outcome({ kind: 'conflict', conflict, remote: remote(id, theirs), fields, merged: [], candidates: [] })
    return `${name}: changed`
  }
  const merged = mergeFields(edit.changes, theirs)
  if (merged.conflicts.length > 0) {
    const rest = edit.changes.map((c) => c.field).filter((field) => !merged.conflicts.some((c) => c.field === field))
    const fields = merged.conflicts
    await outcome({
      kind: 'conflict',
      conflict: 'field',
      remote: remote(id, theirs),
      fields,
      merged: rest,
      candidates: [],
    })
    return `${name}: conflict ${JSON.stringify(fields)}`
  }
  if (Object.keys(merged.send).length === 0) {
    await outcome({ kind: 'done', record: remote(id, theirs), writeSeq: step })
    return `${name}: settled`
  }
  return wire(merged.send, () => {
    const now = { ...theirs, ...merged.send }
    m.there.set(id, now)
    return { kind: 'done', record: remote(id, now), writeSeq: step }
  })
}

const bodyOf = (changes: readonly { readonly field: FieldKey; readonly to: Fields[FieldKey] }[]): Fields =>
  Object.fromEntries(changes.map(({ field, to }) => [field, to]))

async function somebody(m: Model) {
  const { rows } = value(await m.t.store.page['clients.list']({ text: '', sort: null, offset: 0, limit: 500 }))
  const { book } = m.t.store.context
  // Mostly the same two, so that both sides meet.
  const hot = [...m.there.keys()].slice(0, 2)
  const few = rows.filter((row) => hot.includes(book.heads.get(row.recordId)?.remoteId ?? ''))
  const among = few.length === 0 || m.below(4) === 0 ? rows : few
  const row = among[m.below(among.length)]
  if (row === undefined) throw new Error('nobody is left')
  return { ...row, remoteId: book.heads.get(row.recordId)?.remoteId ?? null }
}

function someRemote(m: Model): string | undefined {
  const ids = [...m.there.keys()]
  return ids[m.below(m.below(4) === 0 ? ids.length : Math.min(2, ids.length))]
}

async function shownOf(m: Model, clientId: ClientId): Promise<Fields> {
  const found = value(await m.t.store.page['clients.get']({ clientId }))
  return Object.fromEntries((found?.fields ?? []).map((f) => [f.field, f.value]))
}

/** What is written here of that client, so that both sides come to say the same now and then. */
async function mineOf(m: Model, remoteId: string, field: FieldKey): Promise<Fields[FieldKey]> {
  const { book } = m.t.store.context
  const recordId = book.directory.get(remoteKey(FULL_ENGAGE, remoteId))
  return (recordId === undefined ? undefined : book.overlays.get(recordId)?.fields[field]?.value) ?? null
}

async function restart(m: Model): Promise<void> {
  const before = dump(m.t)
  m.t.store.close()
  m.epoch++
  m.t = await testOpenStore({ idb: m.t.idb, time: m.t.time, random: m.t.random, epoch: m.epoch })
  expect(dump(m.t)).toEqual(before)
  value(await m.t.store.sync['outbox.recover']({ at: m.t.time.now() }))
}

/** Nothing happens by itself: housekeeping is a step like any other. */
function stillTime(): TestTime {
  let now = Date.UTC(2026, 10, 1)
  return {
    now: () => now,
    schedule: () => () => undefined,
    tick: (ms) => {
      now += ms
    },
  }
}

function noteReopened({ t, reopened }: Model): void {
  for (const { conflictId, resolvedAt } of t.store.context.book.conflicts.values())
    if (resolvedAt === null) reopened.add(conflictId)
}

/** All that the memory holds and that outlives it. */
function dump({ store }: TestStore): unknown {
  const { book } = store.context
  const plain = (map: { [Symbol.iterator](): Iterator<[string, unknown]> }) =>
    [...map].map(([key, row]) => [key, JSON.parse(JSON.stringify(row))] as const).sort(([a], [b]) => (a < b ? -1 : 1))
  return {
    heads: plain(book.heads),
    locals: plain(book.locals),
    directory: plain(book.directory),
    overlays: plain(book.overlays),
    edits: plain(book.edits),
    conflicts: plain(book.conflicts),
    tombstones: plain(book.tombstones),
    holds: plain(book.holds),
    rules: plain(book.fieldRules),
    undo: JSON.parse(JSON.stringify(book.undo)),
  }
}

function check({ t, reopened }: Model): void {
  const { book } = t.store.context
  for (const [recordId, head] of book.heads) {
    const isLocal = book.locals.has(recordId)
    expect(head.remoteId === null, `${recordId}: local or at a source`).toBe(isLocal)
    if (head.remoteId !== null) expect(book.directory.get(remoteKey(FULL_ENGAGE, head.remoteId))).toBe(recordId)
  }
  for (const [key, recordId] of book.directory) expect(`${FULL_ENGAGE}|${book.heads.get(recordId)?.remoteId}`).toBe(key)
  const open = [...book.conflicts.values()].filter((conflict) => conflict.resolvedAt === null)
  for (const edit of book.edits.values()) {
    expect(book.heads.has(edit.recordId), 'an edit has a client').toBe(true)
    expect(open.filter((c) => c.editId === edit.editId)).toHaveLength(edit.state === 'conflict' ? 1 : 0)
    if (edit.operation === 'update')
      expect(edit.changes.length + (edit.state === 'conflict' ? 1 : 0)).toBeGreaterThan(0)
  }
  for (const conflict of open) {
    const edit = book.edits.get(conflict.editId)
    expect(edit?.state).toBe('conflict')
    if (conflict.kind !== 'field') continue
    expect(conflict.fields.length).toBeGreaterThan(0)
    for (const { field, mine, theirs } of conflict.fields) {
      expect(mine).toEqual(edit?.changes.find((c) => c.field === field)?.to)
      expect(sameFieldValue(theirs, book.heads.get(conflict.recordId)?.fields[field])).toBe(true)
      expect(sameFieldValue(mine, theirs)).toBe(false)
      // Opened again by the user, it waits for him, whatever rules there are by now.
      const isRuled = !reopened.has(conflict.conflictId) && [...book.fieldRules.values()].some((r) => r.field === field)
      expect(isRuled, 'a rule decides it').toBe(false)
    }
  }
  for (const [recordId, edits] of book.editsOfRecord) {
    const seqs = edits.map((edit) => edit.seq)
    expect(new Set(seqs).size).toBe(seqs.length)
    if (edits.some((edit) => edit.operation === 'delete')) continue
    for (const field of FIELDS) {
      const carrier = edits.findLast((edit) => edit.changes.some((c) => c.field === field))
      if (carrier === undefined) continue
      const wanted = carrier.changes.find((c) => c.field === field)?.to
      const over = book.overlays.get(recordId)?.fields[field]
      const shown = over === undefined ? book.heads.get(recordId)?.fields[field] : over.value
      expect(sameFieldValue(shown, wanted), `${field} shows what is on its way`).toBe(true)
    }
  }
  for (const [recordId, overlay] of book.overlays) {
    const edits = book.editsOfRecord.get(recordId) ?? []
    const carried = new Set(edits.flatMap((edit) => [...edit.changes, ...edit.restores].map((c) => c.field)))
    for (const [field, over] of Object.entries(overlay.fields)) {
      if (over.mode === 'push')
        expect(carried.has(field as FieldKey), `${field} of ${recordId} is on its way`).toBe(true)
    }
  }
}
