import { HostFetchError, type HostRequest, type HostResponse } from '../../../electron/host/host.ts'
import type { JsonRow } from '../../../electron/simulator/record-table.ts'
import type { VendorReply } from '../../../electron/simulator/vendors/vendor.ts'
import type { Mutant, NetworkFault } from '../fault-mix.ts'
import type { Dice } from './dice.ts'
import { mutateReply, mutateRequest } from './mutant.ts'
import type { Oracle } from './oracle.ts'
import type { Life, SimTime } from './time.ts'
import type { SimVendor } from './vendors.ts'

export interface NetworkDeps {
  readonly time: SimTime
  readonly dice: Dice
  readonly oracle: Oracle
  readonly vendors: readonly SimVendor[]
  readonly mutant: { readonly vendor: string; readonly rule: Mutant } | null
  /** The fault that strikes this request, if any. */
  readonly strike: (vendor: SimVendor, method: string) => NetworkFault | null
  readonly pageRows: number
  /** Marks what a vendor does for us. */
  readonly asApp: <T>(work: () => T) => T
  readonly wrong: (what: string) => void
  readonly noted: (line: string) => void
  /** A list lacks this row although the vendor has it. */
  readonly leftOut: (key: string) => void
}

export interface SimNetwork {
  readonly fetch: (request: HostRequest, life: Life) => Promise<HostResponse>
  readonly requests: () => number
  /** A vendor has taken writes that it has not applied yet, or gives lists that are spoiled for a while. */
  readonly isUnsettled: () => boolean
}

/** Worst delay that the app guards against (GRACE_MS of the core), and what is beyond it. */
const LATE_MS = { low: 1_000, high: 100_000 }
const VERY_LATE_MS = { low: 130_000, high: 400_000 }
/** A row is left out of one answer at a time, so that no two readings in a row miss it. */
const LASTS_MS = 200_000
/** Copies of a vendor's database lag by no more than this (YOUNG_MS of the verdict is longer). */
const LAG_MS = 300_000
const LEFT_OUT_AGAIN_MS = 3_600_000

type Wire = { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly text: string }

/** The vendors as seen through a bad network: a request takes a seeded time, during which anything may happen. */
export function createNetwork(deps: NetworkDeps): SimNetwork {
  const { time, dice, oracle, vendors, mutant, strike, asApp, wrong } = deps
  /** Until when a vendor has asked a process for silence, in true time. */
  const silences = new WeakMap<Life, Map<string, number>>()
  const leftOutAt = new Map<string, number>()
  /** What lasts for a while once it has begun: a copy that lags, a row that cannot be read. */
  const lasting = new Map<string, { readonly kind: NetworkFault; readonly until: number }>()
  let requests = 0
  let inTheAir = 0

  const vendorOf = (url: URL): SimVendor | undefined => vendors.find(({ origin }) => origin === url.origin)

  /** What the vendor really does. */
  const serve = (source: SimVendor, request: HostRequest, n: number): VendorReply => {
    const url = new URL(request.url)
    const path = url.pathname
    const query = url.searchParams
    if (query.has('limit')) query.set('limit', String(Math.min(deps.pageRows, Number(query.get('limit')))))
    const rule = mutant?.vendor === source.id ? mutant.rule : null
    if (rule !== null) mutateRequest(rule, query, deps.pageRows)
    const id = idIn(source, path)
    const { table } = source.vendor
    const before = id === '' ? null : table.get(id)
    const reply = asApp(() =>
      source.vendor.handle({
        method: request.method,
        path,
        query,
        headers: request.headers,
        body: request.body ?? '',
        cursorLoop: false,
      }),
    )
    const isGood = reply.kind === 'list' || reply.status < 300
    if (isGood) {
      const body = readBody(request.body)
      const madeId = request.method === 'POST' ? newestId(reply, table.list().at(-1)) : id
      oracle.note({
        at: time.now(),
        vendor: source.id,
        kind: request.method === 'GET' ? (id === '' ? 'listed' : 'read') : 'applied',
        method: request.method,
        path,
        id: madeId,
        body,
        before,
        after: madeId === '' ? null : table.get(madeId),
        request: n,
      })
    }
    return rule === null ? reply : mutateReply(rule, reply, request.method, { id, source, before })
  }

  const wireOf = (reply: VendorReply): Wire =>
    reply.kind === 'json'
      ? { status: reply.status, headers: {}, text: JSON.stringify(reply.body) }
      : {
          status: 200,
          headers: {},
          text: `${reply.before}${[...reply.rows].map((row) => JSON.stringify(row)).join()}${reply.after}`,
        }

  const silence = (source: SimVendor, life: Life, ms: number): void => {
    const known = silences.get(life) ?? new Map<string, number>()
    silences.set(life, known)
    known.set(source.id, Math.max(known.get(source.id) ?? 0, time.now() + ms))
  }

  /** Answers in place of the vendor's, which then never sees the request. */
  const instead = (kind: NetworkFault, source: SimVendor, request: HostRequest, life: Life): Wire | null => {
    const seconds = dice.between(2, 150)
    switch (kind) {
      case 'status-500':
        return { status: 500, headers: {}, text: '{"error":"x"}' }
      case 'status-503-wait':
        silence(source, life, seconds * 1000)
        return { status: 503, headers: { 'retry-after': String(seconds) }, text: 'later' }
      case 'status-408':
        return { status: 408, headers: {}, text: '' }
      case 'rate-limit':
        silence(source, life, seconds * 1000)
        return { status: 429, headers: { 'retry-after': String(seconds) }, text: '{"error":"slow down"}' }
      case 'rate-limit-date': {
        // Whole seconds: up to one of them is lost in writing it.
        silence(source, life, seconds * 1000 - 1000)
        const date = new Date(time.now()).toUTCString()
        return {
          status: 429,
          headers: { date, 'retry-after': new Date(time.now() + seconds * 1000).toUTCString() },
          text: '',
        }
      }
      case 'rate-limit-odd':
        return {
          status: 429,
          headers: {
            'retry-after': dice.pick(['-5', '', 'soon', '1e9', '9999999999', 'Thu, 01 Jan 1970 00:00:00 GMT']) ?? '',
          },
          text: '',
        }
      case 'status-401':
        return { status: 401, headers: {}, text: '{"error":"no"}' }
      case 'status-403':
        return { status: 403, headers: {}, text: '{"error":"not yours"}' }
      case 'status-404':
        // For one record a 404 is the vendor's word, and never a lie here.
        return idIn(source, new URL(request.url).pathname) === ''
          ? { status: 404, headers: {}, text: '{"error":"nothing here"}' }
          : null
      case 'status-409':
        return request.method === 'GET' ? null : { status: 409, headers: {}, text: '{"error":"changed"}' }
      case 'status-400':
        return { status: 400, headers: {}, text: '{"error":"bad"}' }
      case 'status-405':
        return request.method === 'GET' ? null : { status: 405, headers: {}, text: '' }
      case 'redirect':
        return { status: 302, headers: { location: '/elsewhere' }, text: '' }
      case 'redirect-away':
        return { status: 307, headers: { location: 'https://collector.example/take' }, text: '' }
      case 'html':
        return { status: 200, headers: { 'content-type': 'text/html' }, text: '<!doctype html><title>Sign in</title>' }
      case 'empty-body':
        return { status: 200, headers: {}, text: '' }
      case 'wrong-envelope':
        return { status: 200, headers: {}, text: '{"result":{"rows":[]},"success":"yes"}' }
      case 'key-echo':
        return { status: 500, headers: {}, text: `{"error":"key ${Object.values(request.headers).join(' ')} unknown"}` }
      default:
        return null
    }
  }

  /** Spoils a list that the vendor gave. */
  const spoil = (kind: NetworkFault, source: SimVendor, reply: VendorReply): VendorReply => {
    if (reply.kind !== 'list') return reply
    const rows = [...reply.rows]
    if (kind === 'empty-list') {
      for (const one of rows) deps.leftOut(`${source.id}|${String(one.id)}`)
      return { ...reply, rows: [] }
    }
    // Always the same one: a row that cannot be read stays so for a while.
    const at = kind === 'row-bad' ? 0 : dice.below(Math.max(1, rows.length))
    const row = rows[at]
    if (row === undefined) return reply
    switch (kind) {
      case 'lagging-list': {
        // A copy of the database that does not know yet of what was made in the last minutes.
        const since = time.now() - LAG_MS
        const isKnown = (one: JsonRow): boolean => (oracle.rowOf(source.id, String(one.id))?.since ?? 0) < since
        for (const one of rows) if (!isKnown(one)) oracle.lagged.set(`${source.id}|${String(one.id)}`, time.now())
        return { ...reply, rows: rows.filter(isKnown) }
      }
      case 'row-missing': {
        const key = `${source.id}|${String(row.id)}`
        if (time.now() - (leftOutAt.get(source.id) ?? -LEFT_OUT_AGAIN_MS) < LEFT_OUT_AGAIN_MS) return reply
        leftOutAt.set(source.id, time.now())
        deps.leftOut(key)
        return { ...reply, rows: rows.filter((_, i) => i !== at) }
      }
      case 'row-twice':
        return { ...reply, rows: rows.flatMap((one, i) => (i === at ? [one, one] : [one])) }
      case 'row-bad':
        return { ...reply, rows: rows.map((one, i) => (i === at ? source.vendor.spoil.badRecord(one) : one)) }
      case 'field-missing':
        return {
          ...reply,
          rows: rows.map((one, i) => (i === at ? without(one, ['phone', 'notes', 'note', 'email']) : one)),
        }
      default:
        return reply
    }
  }

  /** Right after a page, the list moves under the reader: some go at the front, or some come, or both. */
  const shift = (source: SimVendor): void => {
    const { table } = source.vendor
    const kind = dice.below(3)
    const count = dice.between(1, 4)
    for (const row of kind === 1 ? [] : table.slice(0, count)) table.remove(String(row.id))
    for (let i = 0; i < count && kind !== 0; i++) table.insert({})
  }

  const fetch = async (request: HostRequest, life: Life): Promise<HostResponse> => {
    const n = ++requests
    const url = new URL(request.url)
    const source = vendorOf(url)
    const isWrite = request.method !== 'GET'
    if (source === undefined) {
      wrong(`I15 a request left for ${url.origin}`)
      throw new HostFetchError('dns', false, 'ENOTFOUND')
    }
    for (const other of vendors) {
      if (other !== source && JSON.stringify(request.headers).includes(other.key))
        wrong(`I15 the key of ${other.id} went to ${source.id}`)
    }
    if (request.url.includes(source.key) || (request.body ?? '').includes(source.key))
      wrong('I15 a key left outside its header')
    checkCapability(source, request.method)
    const silentFor = (silences.get(life)?.get(source.id) ?? 0) - time.now()
    if (silentFor > 1_000)
      wrong(`I17 ${source.id} was asked ${Math.round(silentFor / 1000)} s before the time it had asked for`)
    oracle.note({
      at: time.now(),
      vendor: source.id,
      kind: 'sent',
      method: request.method,
      path: url.pathname,
      id: idIn(source, url.pathname),
      body: readBody(request.body),
      before: null,
      after: null,
      request: n,
    })
    deps.noted(`${request.method} ${source.id}${url.pathname}`)

    const wait = (ms: number): Promise<void> =>
      new Promise((resolve, reject) => {
        const leave = (): void => {
          request.signal.removeEventListener('abort', stop)
        }
        const cancel = time.schedule(ms, () => {
          leave()
          if (life.alive) resolve()
        })
        const stop = (): void => {
          leave()
          cancel()
          if (life.alive) reject(new HostFetchError('aborted', true, null))
        }
        request.signal.addEventListener('abort', stop)
        if (request.signal.aborted) stop()
      })
    /** Never answers; ends when the caller gives up, or dies. */
    const hang = async (): Promise<never> => {
      await wait(86_400_000)
      throw new HostFetchError('timeout', true, null)
    }

    const kind = strike(source, request.method)
    if (kind !== null) deps.noted(`  ${kind}`)
    await wait(5 + dice.below(60))
    switch (kind) {
      case 'dns':
        throw new HostFetchError('dns', false, 'ENOTFOUND')
      case 'refused':
        throw new HostFetchError('refused', false, 'ECONNREFUSED')
      case 'reset-before':
        throw new HostFetchError('reset', true, 'ECONNRESET')
      case 'silence':
        return hang()
      case 'slow':
        await wait(dice.between(1_000, 25_000))
        break
      case 'late-write':
      case 'very-late-write':
        if (isWrite) {
          const range = kind === 'late-write' ? LATE_MS : VERY_LATE_MS
          inTheAir++
          time.schedule(dice.between(range.low, range.high), () => {
            inTheAir--
            serve(source, request, n)
          })
          if (dice.chance(0.5)) throw new HostFetchError('reset', true, 'ECONNRESET')
          return answer({ status: 504, headers: {}, text: 'gateway timeout' })
        }
        break
      case 'replayed-post':
        if (request.method === 'POST') serve(source, request, n)
        break
    }
    const other = kind === null ? null : instead(kind, source, request, life)
    if (other !== null) return answer(other)

    // From here on the vendor has seen it, whether we live to hear of it or not.
    let reply = serve(source, request, n)
    if (kind === 'lagging-list' || kind === 'row-bad') lasting.set(source.id, { kind, until: time.now() + LASTS_MS })
    const lasts = lasting.get(source.id)
    if (lasts !== undefined && time.now() < lasts.until) reply = spoil(lasts.kind, source, reply)
    else if (kind !== null) reply = spoil(kind, source, reply)
    if (kind === 'page-shift' && reply.kind === 'list') shift(source)
    await wait(5 + dice.below(60))
    // Lists: they are asked for long before they are stored, and much may happen meanwhile.
    if (kind === 'slow-answer' && reply.kind === 'list') await wait(dice.between(500, 15_000))
    if (kind === 'reset-after') throw new HostFetchError('reset', true, 'ECONNRESET')
    if (kind === 'status-500-after' && isWrite) return answer({ status: 500, headers: {}, text: '{"error":"x"}' })
    if (kind === 'status-502-after') return answer({ status: 502, headers: {}, text: 'bad gateway' })
    const wire = wireOf(reply)
    if (kind === 'cut-json') return answer({ ...wire, text: wire.text.slice(0, dice.below(wire.text.length)) })
    if (kind === 'cut-body') return answer(wire, dice.below(wire.text.length))
    if (isWrite && wire.status < 300) {
      if (kind === 'write-garbled') return answer({ ...wire, text: '<ok>' })
      if (kind === 'write-without-entity') return answer({ ...wire, text: '{}' })
      // Of a create nobody can tell that the id is wrong.
      if (kind === 'write-other-entity' && request.method === 'PATCH')
        return answer({ ...wire, text: wire.text.replace(/"id":"?[^",]+"?/, '"id":"someone-else"') })
    }
    for (const id of idsIn(reply)) tell(`${source.id}|${id}`)
    return answer(wire)
  }

  const tell = (key: string): void => {
    if (!oracle.told.has(key)) oracle.told.set(key, time.now())
  }

  const checkCapability = (source: SimVendor, method: string): void => {
    const { create, update, remove } = source.canWrite
    const isAllowed =
      method === 'GET' ||
      (method === 'POST' && create) ||
      (method === 'PATCH' && update) ||
      (method === 'DELETE' && remove)
    if (!isAllowed) wrong(`I23 ${method} went to ${source.id}, which cannot take it`)
  }

  return {
    fetch,
    requests: () => requests,
    isUnsettled: () => inTheAir > 0 || [...lasting.values()].some(({ until }) => time.now() < until),
  }
}

export function idIn(source: SimVendor, path: string): string {
  if (source.id !== 'full-engage') return ''
  return decodeURIComponent(path.split('/')[4] ?? '')
}

/** Whom an answer names. */
function idsIn(reply: VendorReply): readonly string[] {
  if (reply.kind === 'list') return [...reply.rows].map((row) => String(row.id))
  const id = reply.status < 300 ? newestId(reply, undefined) : ''
  return id === '' ? [] : [id]
}

function newestId(reply: VendorReply, newest: JsonRow | undefined): string {
  const body = reply.kind === 'json' ? reply.body : null
  const data = isObject(body) && isObject(body.data) ? body.data : body
  return String((isObject(data) ? data.id : undefined) ?? newest?.id ?? '')
}

function isObject(value: unknown): value is JsonRow {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function readBody(body: string | null): JsonRow {
  const parsed: unknown = body === null ? {} : JSON.parse(body)
  return { ...Object(parsed) }
}

function without(row: JsonRow, fields: readonly string[]): JsonRow {
  return Object.fromEntries(Object.entries(row).filter(([name]) => !fields.includes(name)))
}

function answer(wire: Wire, cutAt?: number): HostResponse {
  return {
    status: wire.status,
    header: (name) => wire.headers[name] ?? null,
    body: (async function* () {
      yield new TextEncoder().encode(cutAt === undefined ? wire.text : wire.text.slice(0, cutAt))
      if (cutAt !== undefined) throw new HostFetchError('reset', true, 'ECONNRESET')
    })(),
  }
}
