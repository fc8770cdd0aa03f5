import type { Store } from '../../renderer/store/create-store.ts'
import { fail } from './checks.ts'
import type { Intent } from './ledger.ts'
import type { RunState } from './run-one.ts'
import { clientOf } from './users.ts'
import type { OracleEvent } from './world/oracle.ts'

/** I10, I7: the book and the vendors name the same clients, and say the same of them. */
export function checkBook(state: RunState, store: Store): void {
  const { world, mayStrike } = state
  const { book } = store.context
  const isBlind = BLINDING.some((rule) => mayStrike.has(rule))
  for (const vendor of world.vendors) {
    const sourceId = world.sources.get(vendor.id)
    const heads = [...book.heads.values()].filter((head) => head.sourceId === sourceId && head.remoteId !== null)
    const ids = new Set(heads.map(({ remoteId }) => String(remoteId)))
    if (ids.size !== heads.length) fail(state, `I12 ${vendor.id}: one client is listed twice`)
    const rows = vendor.vendor.table.list()
    // Pages here are smaller than was asked for; with a total that is one too small as well, the list says twice that it
    // ends before its last row.
    const unsaid = mayStrike.has('total-wrong') ? rows.at(-1) : undefined
    for (const row of rows) {
      if (!ids.has(String(row.id)) && row !== unsaid)
        fail(state, `I10 ${vendor.id} ${String(row.id)} is there and not listed`)
    }
    for (const head of heads) {
      const row = vendor.vendor.table.get(String(head.remoteId))
      if (row === null) {
        if (!isBlind) fail(state, `I10 ${vendor.id} ${head.remoteId} is listed and not there`)
        continue
      }
      for (const field of COMPARED[vendor.id]) {
        const there = row[vendor.fieldOf(field)] ?? null
        const here = head.fields[field] ?? null
        if (here !== there)
          fail(state, `I10 ${vendor.id} ${head.remoteId} ${field}: ${String(here)} here, ${String(there)} there`)
      }
    }
  }
}

/** A vendor that breaks one of these rules gives no proof of anybody's absence; nobody is removed then. */
const BLINDING = ['ignores-sort', 'created-at-equal', 'created-at-moves', 'total-wrong'] as const

const COMPARED = {
  'full-engage': ['name', 'phone', 'notes', 'status'],
  connect: ['firstName', 'notes'],
  clnt: [],
  spott: [],
  endors: [],
} as const

/** I3: what was made once here was made once there, and is one line. */
export function checkCreates(state: RunState, store: Store): void {
  const { world, ledger, watch } = state
  const { book } = store.context
  const posts = world.oracle.events.filter((event) => event.kind === 'applied' && event.method === 'POST')
  for (const intent of ledger.intents) {
    if (!intent.creates) continue
    if (intent.isTwin) {
      checkTwin(state, store, intent)
      continue
    }
    const made = posts.filter(({ body }) => body.name === intent.value || body.firstName === intent.value)
    // Deleted and undone, it is made again; so is one that was decided about.
    const { clientId } = intent
    const isRemade = clientId !== null && (watch.remade.has(clientId) || watch.deleted.has(clientId))
    const doubles = made.slice(1).map((post, i) => whyTwice(state, made[i], post))
    if (!isRemade && doubles.includes('wrong')) fail(state, `I3 ${intent.value} was created ${made.length} times`)
    if (!isRemade && doubles.includes('promised')) checkShown(state, store, intent, made)
    if (intent.state !== 'ok' || intent.released !== null || isRemade || doubles.length > 0) continue
    const lines = [...book.heads.values()].filter((head) => {
      const overlay = book.overlays.get(head.recordId)?.fields
      return [head.fields.name, head.fields.firstName, overlay?.name?.value, overlay?.firstName?.value].includes(
        intent.value,
      )
    })
    const left = [...world.oracle.rows.values()].filter(
      ({ row, removedAt }) => removedAt === null && (row.name === intent.value || row.firstName === intent.value),
    )
    const wasRemoved = made.length > 0 && left.length === 0
    if (!wasRemoved && lines.length !== 1) fail(state, `I1 ${intent.value} is listed ${lines.length} times`)
    const line = lines[0]
    if (line !== undefined && !wasRemoved && clientOf(line.recordId) !== intent.clientId) {
      fail(state, `I12 ${intent.value} has become another client`)
    }
  }
}

/** What a vendor may take to apply a request, or to show what it has applied (P5). */
const PROMISED_MS = 120_000

/**
 * Why a create was applied again. `promised`: its vendor was slower than P5 bears, or got one request twice. `unseen`: others
 * had removed what the first one made before any answer named it, so that for the app it had never been.
 */
function whyTwice(
  { world: { oracle } }: RunState,
  first: OracleEvent | undefined,
  second: OracleEvent,
): 'promised' | 'unseen' | 'wrong' {
  if (first === undefined) return 'wrong'
  const sentAt = (event: OracleEvent): number =>
    oracle.events.find(({ kind, request }) => kind === 'sent' && request === event.request)?.at ?? event.at
  const key = `${first.vendor}|${first.id}`
  const isLate = [first, second].some((event) => event.at - sentAt(event) > PROMISED_MS)
  const isLagging = (oracle.lagged.get(key) ?? 0) - first.at > PROMISED_MS
  if (first.request === second.request || isLate || isLagging) return 'promised'
  const row = oracle.rows.get(key)
  const again = sentAt(second)
  const wasThere = row?.removedBy !== 'other' || row.removedAt === null || row.removedAt > again
  return wasThere || (oracle.told.get(key) ?? again) < again ? 'wrong' : 'unseen'
}

/** P5: a double that could not be helped is listed, and the user is told. */
function checkShown(state: RunState, store: Store, intent: Intent, made: readonly OracleEvent[]): void {
  const { world, watch, mayStrike } = state
  const left = made.filter(({ vendor, id }) => world.oracle.rowOf(vendor, id)?.removedAt === null)
  // Who was told, and then lost the database or set the clock, may have been told in vain.
  if (left.length < 2 || watch.isDatabaseOld || watch.isClockOff || mayStrike.has('tx-quota')) return
  const notices = [...store.context.book.notices.values()]
  if (!notices.some(({ kind, clientId }) => kind === 'made-twice' && clientId === intent.clientId))
    fail(state, `I3 ${intent.value} is there ${left.length} times, and nobody was told`)
}

/** A namesake is a client of its own, here and there. */
function checkTwin(state: RunState, store: Store, intent: Intent): void {
  const { world, watch } = state
  const { clientId, value } = intent
  if (intent.state !== 'ok' || intent.released !== null || clientId === null) return
  // A source that takes no creates (405): the client stays here, and the user is told.
  const kept = new Set(
    [...store.context.book.locals.values()].flatMap((local) => (local.deviceOnly ? [clientOf(local.recordId)] : [])),
  )
  const isOver = (id: Intent['clientId']): boolean =>
    id === null || watch.remade.has(id) || watch.deleted.has(id) || kept.has(id)
  const head = [...store.context.book.heads.values()].find(({ recordId }) => clientOf(recordId) === clientId)
  const posts = world.oracle.events.filter(
    (event) => event.kind === 'applied' && event.method === 'POST' && event.body.name === value,
  )
  const { intents } = state.ledger
  const twins = intents.filter(
    (one) => one.isTwin && one.value === value && one.state === 'ok' && one.released === null && !isOver(one.clientId),
  )
  if (posts.length < twins.length) fail(state, `I3 of ${twins.length} namesakes ${value} only ${posts.length} arrived`)
  const isThere =
    head?.remoteId != null && world.vendors.some(({ vendor }) => vendor.table.get(String(head.remoteId)) !== null)
  if (isThere && !posts.some(({ id }) => id === head.remoteId)) {
    fail(state, `I3 ${value} was taken for a client that had been there before`)
  }
}

const GAP_MS = 130_000

/** I4: nothing of others is overwritten that had been there to read, and that no user had seen. */
export function checkWrites(state: RunState): void {
  const { world, watch } = state
  const { events } = world.oracle
  const sentOf = new Map(events.filter(({ kind }) => kind === 'sent').map((event) => [event.request, event]))
  for (const write of events) {
    if (write.kind !== 'applied' || (write.method !== 'PATCH' && write.method !== 'DELETE')) continue
    const sent = sentOf.get(write.request)
    if (sent === undefined) continue
    const read = events
      .slice(0, sent.n)
      .findLast((event) => event.kind === 'read' && event.id === write.id && event.vendor === write.vendor)
    if (read === undefined || sent.at - read.at > GAP_MS) {
      fail(state, `I4 ${write.method} ${write.path} went unread`)
      continue
    }
    if (write.method === 'DELETE') continue
    for (const field of Object.keys(write.body)) {
      const past = world.oracle.rowOf(write.vendor, write.id)?.values.get(field) ?? []
      // By the order of what happened: much may happen in one millisecond.
      const then = past.findLast(({ n }) => n <= read.n)
      const value = then?.value
      if (typeof value !== 'string' || then?.by !== 'other' || !value.startsWith('~')) continue
      if (value === write.body[field] || watch.seen.has(value)) continue
      fail(state, `I4 ${String(write.body[field])} went over ${value}, which nobody had seen`)
    }
  }
}

/** I8: values of one field are sent in the order in which they were saved, and the last one stands in the end. */
export function checkOrder(state: RunState): void {
  const { world, ledger, watch, mayStrike } = state
  if (watch.revived || watch.remade.size > 0) return
  const byValue = new Map(ledger.intents.map((intent) => [intent.value, intent]))
  const newest = new Map<string, { readonly intent: Intent; readonly event: OracleEvent }>()
  for (const event of world.oracle.events) {
    if (event.kind !== 'sent' || event.method !== 'PATCH') continue
    for (const [field, value] of Object.entries(event.body)) {
      const intent = byValue.get(String(value))
      if (intent === undefined) continue
      const key = `${event.vendor} ${event.id} ${field}`
      const before = newest.get(key)
      if (before !== undefined && isBefore(intent, before.intent)) {
        fail(state, `I8 ${field} ${intent.value} was sent after ${before.intent.value}, which is newer`)
      }
      newest.set(key, { intent, event })
    }
  }
  if (mayStrike.has('very-late-write') || mayStrike.has('patch-ignores-notes')) return
  for (const [key, { intent }] of newest) {
    const [vendor = '', id = '', field = ''] = key.split(' ')
    const row = world.oracle.rowOf(vendor, id)
    // Removed there, nothing more can be written into it.
    if (row === undefined || row.removedAt !== null) continue
    const truth = row.values.get(field)?.at(-1)
    const standing = byValue.get(String(truth?.value))
    if (standing === undefined || standing === intent || intent.released !== null) continue
    // The vendor said that it takes no such write (405): the newer value stays on this device, over the older one.
    if (isBefore(standing, intent) && !isKeptHere(state, intent.value)) {
      fail(state, `I8 ${key}: ${standing.value} stands, ${intent.value} is newer and was sent`)
    }
  }
}

/** All values are unique: one that lies over a record as a value of this device is looked for as it is. */
function isKeptHere({ world }: RunState, value: string): boolean {
  const overlays = world.owner()?.store.context.book.overlays.values() ?? []
  return [...overlays].some((overlay) =>
    Object.values(overlay.fields).some((over) => over.mode === 'local' && over.value === value),
  )
}

function isBefore(a: Intent, b: Intent): boolean {
  return a.savedAt !== null && a.savedAt < b.askedAt
}

/** I15, I24: no key and no hidden value lies anywhere. */
export function checkScan(state: RunState): void {
  const { world, watch } = state
  const database = JSON.stringify(world.storage.dump())
  const journal = world.disk.journal.text()
  const documents = JSON.stringify([...world.disk.documents.values()])
  for (const { key, id } of world.vendors) {
    for (const [name, text] of [
      ['database', database],
      ['journal', journal],
      ['profile', documents],
    ] as const) {
      if (text.includes(key)) fail(state, `I15 the key of ${id} lies in the ${name}`)
    }
  }
  const clnt = world.vendors.find(({ id }) => id === 'clnt')
  if (clnt === undefined || watch.pii) return
  for (const row of clnt.vendor.table.list()) {
    if (typeof row.email === 'string' && database.includes(row.email))
      fail(state, 'I24 a hidden e-mail address is kept')
  }
}
