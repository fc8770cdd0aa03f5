import type { VendorFailure } from '../../../shared/app-error.ts'
import type { AbortSignalLike } from '../../../shared/clock.ts'
import type { JsonValue } from '../../../shared/json.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { holds } from '../../../shared/safety/rules.ts'
import type { StreamBatch, VendorHttp, VendorReply, VendorRequest } from '../../connectors/connector.ts'
import { type Host, HostFetchError, type HostResponse } from '../../host/host.ts'
import { classifyResponse } from './classify-response.ts'
import { createListScanner, ScanFailure } from './list-scanner.ts'
import { mediaReference } from './media-reference.ts'
import { sendFailure } from './outcome-class.ts'
import { READ_LIMIT_BYTES, readJsonBody } from './read-json-body.ts'
import { addressOf, isHeaderValue } from './request-address.ts'
import { createRequestWatch, DEADLINES, type Deadlines, type RequestWatch, Stopped } from './request-watch.ts'
import { readHttpDate, readRetryAfter } from './retry-after.ts'
import { readVendorError, readVendorText } from './vendor-text.ts'

/** Decoded bytes of one streamed list. */
export const STREAM_LIMIT_BYTES = 56 * 1024 * 1024
const ERROR_BODY_LIMIT_BYTES = 64 * 1024

export interface VendorHttpDeps {
  readonly host: Pick<Host, 'fetch' | 'clock' | 'sign'>
  /** Origin and path, no trailing slash, no query (ReadSettings.baseUrl). */
  readonly baseUrl: string
  readonly auth: { readonly header: string; readonly scheme: string }
  /** Asked for at each request and kept nowhere. */
  readonly key: () => string
  readonly signal: AbortSignalLike
  readonly deadlines?: Partial<Deadlines>
  /** A member of an object came twice in an answer; the last one counts. */
  readonly onDuplicateKeys?: (() => void) | undefined
  /** Awaited before each request leaves: rate budget, request numbers. A failure keeps it from leaving. */
  readonly onRequest?: (
    kind: 'read' | 'write',
    request: VendorRequest,
  ) => VendorFailure | null | undefined | Promise<VendorFailure | null | undefined>
  /** What came of a request that left. Null: an answer that can be used. */
  readonly onAnswer?: (failure: VendorFailure | null, kind: 'read' | 'write') => void
  /** The server's own time, ms since the epoch, from each answer that says it. */
  readonly onServerDate?: (at: number) => void
}

/** What became of a request up to the point where its body may be read. */
interface Opened {
  readonly response: HostResponse
  readonly watch: RequestWatch
  readonly status: number
  readonly serverDate: string | null
}

export function createVendorHttp(deps: VendorHttpDeps): VendorHttp {
  const { host, baseUrl, signal } = deps
  const limits: Deadlines = { ...DEADLINES, ...deps.deadlines }

  /** Sends, and leaves the body of a 2xx unread. The caller closes the watch of what was opened. */
  const open = async (
    request: VendorRequest,
    kind: 'read' | 'write',
    totalMs: number,
  ): Promise<Result<Opened, FailedRequest>> => {
    const key = deps.key().trim()
    if (!isHeaderValue(key)) {
      return err({ failure: { code: 'bad-input', field: 'key', rule: 'bad-key' }, mayHaveLeft: false })
    }
    const held = await deps.onRequest?.(kind, request)
    if (held !== null && held !== undefined) return err({ failure: held, mayHaveLeft: false })
    if (signal.aborted) {
      deps.onAnswer?.({ code: 'cancelled' }, kind)
      return err({ failure: { code: 'cancelled' }, mayHaveLeft: false })
    }

    const watch = createRequestWatch(host.clock, signal, totalMs)
    try {
      const response = await watch.run(
        host.fetch({
          method: request.method,
          url: addressOf(baseUrl, request),
          headers: {
            accept: 'application/json',
            ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
            [deps.auth.header.toLowerCase()]: deps.auth.scheme === '' ? key : `${deps.auth.scheme} ${key}`,
          },
          body: request.body === undefined ? null : JSON.stringify(request.body),
          signal: watch.signal,
        }),
        limits.headersMs,
      )
      const { status } = response
      const serverDateMs = readHttpDate(response.header('date'))
      // An answer out of a cache says what time it was when it was made.
      if (serverDateMs !== null && response.header('age') === null) deps.onServerDate?.(serverDateMs)
      const retryAfterMs = holds('retry-after-floor')
        ? readRetryAfter(response.header('retry-after'), serverDateMs ?? host.clock.now())
        : null
      const facts = {
        status,
        subject: request.notFound ?? (kind === 'write' && request.method !== 'POST' ? 'record' : 'list'),
        write: kind === 'write',
        retryAfterMs,
        location: response.header('location'),
        vendorText: null,
      } as const
      if (classifyResponse(facts) === null) {
        const serverDate = serverDateMs === null ? null : new Date(serverDateMs).toISOString()
        return ok({ response, watch, status, serverDate })
      }
      const vendorText = readVendorText(await errorBody(response, watch), key)
      watch.close(true)
      const failure = classifyResponse({ ...facts, vendorText }) ?? { code: 'not-json', got: 'empty', status }
      deps.onAnswer?.(failure, kind)
      return err({ failure, mayHaveLeft: true })
    } catch (cause) {
      watch.close(true)
      return failedOnTheWay(cause, kind)
    }
  }

  const failedOnTheWay = (cause: unknown, kind: 'read' | 'write'): Result<never, FailedRequest> => {
    const failed = transportFailure(cause, true)
    deps.onAnswer?.(failed.failure, kind)
    return err(failed)
  }

  /** What the vendor said in place of a result. The status says enough if this cannot be read. */
  const errorBody = async (response: HostResponse, watch: RequestWatch): Promise<string> => {
    const decoder = new TextDecoder()
    let text = ''
    let received = 0
    try {
      for await (const bytes of watched(response.body, watch, limits.idleMs)) {
        received += bytes.length
        text += decoder.decode(bytes, { stream: true })
        if (received > ERROR_BODY_LIMIT_BYTES) break
      }
    } catch (cause) {
      if (!(cause instanceof Stopped || cause instanceof HostFetchError)) throw cause
    }
    return text
  }

  const exchange = async (
    request: VendorRequest,
    kind: 'read' | 'write',
  ): Promise<Result<VendorReply, FailedRequest>> => {
    const opened = await open(request, kind, limits.totalMs)
    if (!opened.ok) return opened
    const { response, watch, status, serverDate } = opened.value
    const failed = (failure: VendorFailure): Result<never, FailedRequest> => {
      deps.onAnswer?.(failure, kind)
      return err({ failure, mayHaveLeft: true })
    }
    try {
      const decoder = new TextDecoder()
      const parts: string[] = []
      let received = 0
      for await (const bytes of watched(response.body, watch, limits.idleMs)) {
        received += bytes.length
        if (received > READ_LIMIT_BYTES) {
          watch.close(true)
          return failed({ code: 'too-large', limitBytes: READ_LIMIT_BYTES })
        }
        parts.push(decoder.decode(bytes, { stream: true }))
      }
      parts.push(decoder.decode())
      watch.close(false)
      const body = readJsonBody(parts.join(''), status, deps.onDuplicateKeys)
      if (!body.ok) return failed(body.error)
      const refusal = refusalInBody(body.value, deps.key().trim())
      if (refusal !== null) return failed(refusal)
      deps.onAnswer?.(null, kind)
      return ok({ status, body: body.value, serverDate })
    } catch (cause) {
      watch.close(true)
      return failedOnTheWay(cause, kind)
    }
  }

  return {
    read: async (request) => {
      const reply = await exchange(request, 'read')
      return reply.ok ? reply : err(reply.error.failure)
    },
    send: async (request) => {
      const reply = await exchange(request, 'write')
      if (reply.ok) return reply
      const { failure, mayHaveLeft } = reply.error
      return err(mayHaveLeft ? sendFailure(failure) : { applied: 'not-applied', error: failure })
    },
    stream: async function* (request, { listKey, batchSize }): AsyncGenerator<Result<StreamBatch, VendorFailure>> {
      const opened = await open(request, 'read', limits.streamTotalMs)
      if (!opened.ok) {
        yield err(opened.error.failure)
        return
      }
      const { response, watch, status } = opened.value
      const scanner = createListScanner(listKey, status, deps.onDuplicateKeys)
      let waiting: JsonValue[] = []
      let firstIndex = 0
      let received = 0
      /** Said once: where nobody reads on, that says nothing about the line. */
      let answer: VendorFailure | null = { code: 'cancelled' }
      try {
        for await (const bytes of watched(response.body, watch, limits.idleMs)) {
          received += bytes.length
          if (received > STREAM_LIMIT_BYTES) {
            answer = { code: 'too-large', limitBytes: STREAM_LIMIT_BYTES }
            yield err(answer)
            return
          }
          for (const item of scanner.write(bytes)) waiting.push(item)
          // The last full batch is kept back: only the end of the body tells whether it is the last.
          while (waiting.length > batchSize) {
            const items = waiting.slice(0, batchSize)
            waiting = waiting.slice(batchSize)
            yield ok({ items, firstIndex, last: false, envelope: {} })
            firstIndex += items.length
          }
        }
        const { envelope, listFound } = scanner.end()
        answer = refusalInBody(envelope, deps.key().trim()) ?? (listFound ? null : listMissing(listKey, envelope))
        yield answer === null ? ok({ items: waiting, firstIndex, last: true, envelope }) : err(answer)
      } catch (cause) {
        answer = cause instanceof ScanFailure ? cause.failure : transportFailure(cause, true).failure
        yield err(answer)
      } finally {
        watch.close(true)
        deps.onAnswer?.(answer, 'read')
      }
    },
    media: (url, kind) => mediaReference({ url, kind, baseUrl, sign: host.sign }),
  }
}

interface FailedRequest {
  readonly failure: VendorFailure
  /** False where it is certain that nothing was sent. */
  readonly mayHaveLeft: boolean
}

/** Anything else that is thrown is a bug and stays one. */
function transportFailure(cause: unknown, started: boolean): FailedRequest {
  if (cause instanceof Stopped) {
    if (cause.reason === 'cancelled') return { failure: { code: 'cancelled' }, mayHaveLeft: started }
    return {
      failure: { code: 'unreachable', reason: 'timeout', sent: started, detail: null },
      mayHaveLeft: started,
    }
  }
  if (!(cause instanceof HostFetchError)) throw cause
  if (cause.reason === 'aborted') return { failure: { code: 'cancelled' }, mayHaveLeft: cause.sent }
  const { reason, sent, detail } = cause
  return {
    failure: { code: 'unreachable', reason, sent, detail: detail?.slice(0, 120) ?? null },
    mayHaveLeft: sent,
  }
}

/** Each chunk within the idle limit. Leaving the loop early closes the connection. */
async function* watched(
  body: AsyncIterable<Uint8Array>,
  watch: RequestWatch,
  idleMs: number,
): AsyncGenerator<Uint8Array> {
  const iterator = body[Symbol.asyncIterator]()
  let isOver = false
  try {
    while (true) {
      const step = await watch.run(iterator.next(), idleMs)
      if (step.done === true) {
        isOver = true
        return
      }
      yield step.value
    }
  } finally {
    // Not awaited: a transport that hangs would hang us too. Its failure is of no interest any more.
    if (!isOver) Promise.resolve(iterator.return?.()).catch(() => undefined)
  }
}

/** A 2xx whose body says that it failed. */
function refusalInBody(body: JsonValue, key: string): VendorFailure | null {
  if (body === null || typeof body !== 'object' || !('ok' in body) || body.ok !== false) return null
  return { code: 'vendor-error', ...readVendorError(body, key) }
}

function listMissing(listKey: string | null, envelope: Readonly<Record<string, JsonValue>>): VendorFailure {
  if (listKey === null) return { code: 'bad-shape', path: '', expected: 'array', found: 'object' }
  const found = Object.hasOwn(envelope, listKey) ? typeName(envelope[listKey]) : 'absent'
  return { code: 'bad-shape', path: listKey, expected: 'array', found }
}

function typeName(value: JsonValue | undefined): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'array' : typeof value
}
