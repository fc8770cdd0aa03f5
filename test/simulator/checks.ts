import type { Book } from '../../renderer/store/book.ts'
import { syncStatus } from '../../shared/sync/sync-status.ts'
import { ask } from './ask.ts'
import { checkBook, checkCreates, checkOrder, checkScan, checkWrites } from './end-checks.ts'
import type { RunState } from './run-one.ts'
import { clientOf } from './users.ts'

export { createWatch } from './watch.ts'

/** What can be told cheaply, in the middle of everything. */
export async function checkStep(state: RunState): Promise<void> {
  const { world, ledger } = state
  const owner = world.owner()
  if (owner === null || !owner.window.connected()) return
  const counts = await ask(world, owner.store.page['counts.get']({}), 0)
  if (world.owner()?.store !== owner.store || !owner.window.connected()) return
  if (counts?.ok === true && counts.value.unjournaled === 0 && counts.value.storage === 'ok' && journalExists(state))
    ledger.allJournaled()
  noteMerged(state, owner.store.context.book)
  for (const lost of ledger.check(owner.store, world.oracle)) fail(state, lost)
  checkRemovals(state)
  checkConflicts(state)
  checkReadYourWrites(state)
  checkPages(state)
  await checkStatus(state)
}

export async function checkAtEnd(state: RunState): Promise<void> {
  const { world } = state
  await checkStep(state)
  const owner = world.owner()
  if (owner === null) return fail(state, 'I10 nobody owns the database in the end')
  const { book } = owner.store.context
  for (const edit of book.edits.values()) {
    fail(
      state,
      `I10 still ${edit.state}: ${edit.operation} ${JSON.stringify(edit.changes)} ${JSON.stringify(edit.error)}`,
    )
  }
  for (const conflict of book.conflicts.values()) {
    if (conflict.resolvedAt === null) fail(state, `I10 conflict ${conflict.kind} is still open`)
  }
  const sources = await ask(world, owner.window.host()?.['sources.list']({}) ?? Promise.resolve(null))
  for (const source of sources?.ok === true ? sources.value : []) {
    if (source.state !== 'up-to-date')
      fail(state, `I10 ${source.name} is ${source.state}: ${JSON.stringify(source.error)}`)
    if (source.heldRemoval !== null) fail(state, `I10 ${source.name} still holds a removal`)
  }
  if (world.wrong.length > 0) return
  checkBook(state, owner.store)
  checkCreates(state, owner.store)
  checkWrites(state)
  checkOrder(state)
  checkScan(state)
}

export function fail(state: RunState, what: string): void {
  if (state.world.wrong.includes(what)) return
  state.world.wrong.push(what)
  state.world.note(`WRONG ${what}`)
}

/** What was pulled as a client of its own has turned out to be a create of ours: both are one client from then on. */
function noteMerged({ world, ledger, watch }: RunState, book: Book): void {
  for (const [vendor, sourceId] of world.sources) {
    for (const head of book.heads.values()) {
      if (head.sourceId !== sourceId || head.remoteId === null) continue
      const key = `${vendor}|${head.remoteId}`
      const clientId = clientOf(head.recordId)
      const before = watch.clients.get(key)
      if (before !== undefined && before !== clientId) ledger.merged(before, clientId)
      watch.clients.set(key, clientId)
    }
  }
}

function journalExists(state: RunState): boolean {
  return state.world.disk.journal.bytes() > 0
}

/** I2: whoever is no longer listed was removed at the source, by us, or by the user's word. */
function checkRemovals(state: RunState): void {
  const { world, watch } = state
  const book = world.owner()?.store.context.book
  if (book === undefined) return
  const listed = new Map<string, string | null>()
  for (const [vendor, sourceId] of world.sources) {
    for (const head of book.heads.values()) {
      if (head.sourceId !== sourceId || head.remoteId === null) continue
      listed.set(`${vendor}|${head.remoteId}`, head.fields.name?.toString() ?? null)
    }
  }
  for (const [key, name] of watch.listed) {
    if (listed.has(key)) continue
    const row = world.oracle.rows.get(key)
    const [vendor = '', id = ''] = key.split('|')
    const source = world.vendors.find((one) => one.id === vendor)
    const sourceId = source === undefined ? undefined : world.sources.get(source.id)
    const tombstone = book.tombstones.get(`${sourceId}|${id}`)
    const isKept = tombstone === undefined || name === null || tombstone.fields?.name === name
    if (!isKept && tombstone.how === 'sweep') fail(state, `I2 ${key} was removed here, and its last state is not kept`)
    if (row === undefined || row.removedAt !== null) continue
    if (tombstone === undefined || tombstone.how === 'own-delete' || tombstone.how === 'merged') continue
    fail(state, `I2 ${key} is there, and was removed here (${tombstone.how})`)
  }
  for (const key of watch.buried) {
    // A decision that was undone is a question again, and who it is about is listed again, as asked.
    if (listed.has(key) && !watch.revived && world.oracle.rows.get(key)?.removedAt !== null)
      fail(state, `I2 ${key} was removed at its vendor and here, and is listed again`)
  }
  watch.buried.clear()
  for (const [vendor, sourceId] of world.sources) {
    for (const tombstone of book.tombstones.values()) {
      if (tombstone.sourceId === sourceId) watch.buried.add(`${vendor}|${tombstone.remoteId}`)
    }
  }
  watch.listed.clear()
  for (const [key, name] of listed) watch.listed.set(key, name)
}

/** I2: what the app holds for proven gone, was gone at some moment since the reading that missed it began. */
export function checkProofs(state: RunState): void {
  const { world, watch } = state
  // Pages here are smaller than was asked for; with a total that is too small as well, a list lies twice over, and only
  // asking for the client itself is left.
  if (watch.isClockOff || state.mayStrike.has('total-wrong')) return
  for (const suspect of world.storage.dump('suspects') as readonly SuspectLike[]) {
    if (!suspect.proven) continue
    const vendor = [...world.sources].find(([, id]) => id === suspect.sourceId)?.[0]
    const row = vendor === undefined ? undefined : world.oracle.rowOf(vendor, suspect.remoteId)
    const isThere = row !== undefined && row.removedAt === null && row.since < suspect.since - PROOF_MS
    if (isThere && !world.leftOut.has(`${vendor}|${suspect.remoteId}`)) {
      fail(state, `I2 ${vendor} ${suspect.remoteId} is there and taken for proven gone (${suspect.proof})`)
    }
  }
}

interface SuspectLike {
  readonly sourceId: string
  readonly remoteId: string
  readonly proven: boolean
  readonly proof: string
  readonly since: number
}

/** No reading takes longer than this here. */
const PROOF_MS = 300_000

/** I22: once our own value has been shown as the source's, nothing older comes back while it stands there. */
function checkReadYourWrites(state: RunState): void {
  const { world, watch } = state
  const book = world.owner()?.store.context.book
  const sourceId = world.sources.get('full-engage')
  if (book === undefined || sourceId === undefined) return
  for (const head of book.heads.values()) {
    if (head.sourceId !== sourceId || head.remoteId === null) continue
    const row = world.oracle.rowOf('full-engage', head.remoteId)
    if (row === undefined || row.removedAt !== null) continue
    for (const field of ['phone', 'notes'] as const) {
      const key = `${head.remoteId} ${field}`
      const past = row.values.get(field) ?? []
      if (past.length === 1 && typeof past[0]?.value === 'string') {
        // Never changed there: once known here, it stays known.
        if (head.fields[field] === past[0].value) watch.known.add(key)
        else if (watch.known.has(key)) fail(state, `I13 ${key} was known, is unchanged, and is forgotten`)
      }
      const shown = head.fields[field]
      const truth = row.values.get(field)?.at(-1)
      const before = watch.shown.get(key)
      // The very same writing of it: undone and done again it may take a moment.
      if (before !== undefined && truth === before && shown !== before.value) {
        fail(state, `I22 ${key}: ${String(before.value)} was shown and stands there, ${String(shown)} is shown again`)
      }
      if (truth !== undefined && truth.value === shown && truth.by === 'app') watch.shown.set(key, truth)
      else watch.shown.delete(key)
    }
  }
}

/** I7: nobody is asked about a field that nobody else has changed. */
function checkConflicts(state: RunState): void {
  const { world, watch, mayStrike } = state
  const book = world.owner()?.store.context.book
  // Undone, sent very late or forgotten with a database, our own values may stand against each other.
  const isExcused = watch.revived || watch.isDatabaseOld || mayStrike.has('very-late-write') || mayStrike.has('row-bad')
  if (book === undefined || isExcused) return
  for (const conflict of book.conflicts.values()) {
    if (conflict.kind !== 'field' || conflict.resolvedAt !== null) continue
    const head = book.heads.get(conflict.recordId)
    const row = head?.remoteId == null ? undefined : world.oracle.rowOf('full-engage', head.remoteId)
    if (row === undefined) continue
    const isOurs = conflict.fields.every(({ field }) =>
      (row.values.get(field) ?? []).slice(1).every(({ by }) => by === 'app'),
    )
    if (isOurs)
      fail(
        state,
        `I7 a conflict about ${conflict.fields.map(({ field }) => field).join()} of ${row.id}, which nobody else has changed`,
      )
  }
}

interface CheckpointLike {
  readonly run: { readonly runId: string; readonly seq: number } | null
}

interface SightingsLike {
  readonly runId: string
  readonly seq: number
  readonly pages?: number
}

/** I5: a checkpoint of n pages has the ids of n pages beside it, no more and no less. */
function checkPages(state: RunState): void {
  if (!state.world.storage.isIdle()) return
  const pages = state.world.storage.dump('sweepPages') as readonly SightingsLike[]
  for (const { run } of state.world.storage.dump('checkpoints') as readonly CheckpointLike[]) {
    if (run === null) continue
    const stored = pages.filter(({ runId }) => runId === run.runId)
    const count = stored.reduce((sum, { pages: several = 1 }) => sum + several, 0)
    const isWhole = count === run.seq && stored.every(({ seq }) => seq <= run.seq)
    if (!isWhole) fail(state, `I5 the checkpoint says ${run.seq} pages, ${count} are stored`)
  }
}

/** I19: nothing claims to be up to date that is not. */
async function checkStatus(state: RunState): Promise<void> {
  const { world } = state
  const owner = world.owner()
  if (owner === null) return
  const sources = await ask(world, owner.window.host()?.['sources.list']({}) ?? Promise.resolve(null), 0)
  const counts = await ask(world, owner.store.page['counts.get']({}), 0)
  if (sources?.ok !== true || counts?.ok !== true) return
  const status = syncStatus({
    sources: sources.value,
    online: true,
    workOffline: false,
    connected: owner.window.connected(),
    edits: counts.value.edits,
    needsAttention: counts.value.needsAttention,
    conflicts: counts.value.conflicts,
    storage: counts.value.storage,
  })
  const open = owner.store.context.book.edits.size
  if (status.kind === 'up-to-date' && open > 0 && counts.value.edits === 0)
    fail(state, `I19 up to date with ${open} edits open`)
  if (state.mayStrike.has('clock-jump')) return
  for (const source of sources.value) {
    if (source.state !== 'up-to-date' || source.lastComplete === null) continue
    const { at, durationMs } = source.lastComplete
    const isRead = world.oracle.events.some(
      (event) =>
        event.kind === 'listed' &&
        event.vendor === source.name &&
        event.at <= at + 1_000 &&
        event.at >= at - durationMs - 1_000,
    )
    if (!isRead) fail(state, `I19 ${source.name} is up to date as of a moment at which it was not read`)
  }
}
