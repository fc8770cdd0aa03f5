import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { isMediaPath, mediaReply } from '../media/media-reply.ts'
import type { EndorsTestimonial } from '../vendors/endors-testimonials.ts'
import { json, type Vendor } from '../vendors/vendor.ts'
import { type RawReply, replyInstead, shiftPages, spoilReply } from './apply-fault.ts'
import { CONTROL_PREFIX, handleControl } from './control.ts'
import type { FaultBook, FaultEffect } from './fault.ts'
import type { RequestRecorder } from './request-log.ts'
import { writeReply } from './write-reply.ts'

const MAX_BODY_BYTES = 4 * 1024 * 1024

export interface VendorServerParts {
  readonly vendor: Vendor
  readonly faults: FaultBook
  readonly requests: RequestRecorder
  readonly now: () => number
  readonly testimonialsOf: ((clientId: string) => readonly EndorsTestimonial[]) | null
}

/** The HTTP around a vendor: its API, its pictures and films, the control of tests, and the faults these ask for. */
export function createVendorServer(parts: VendorServerParts): Server {
  return createServer((request, response) => {
    response.on('error', () => response.destroy())
    serve(parts, request, response).catch(() => response.destroy())
  })
}

async function serve(parts: VendorServerParts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://simulator')
  const method = request.method ?? 'GET'
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  )
  if (!isLoopback(headers.host ?? '')) {
    // A page from elsewhere that has pointed its own name at this machine.
    return writeReply(response, json(403, { error: 'Only loopback' }))
  }
  const body = await readBody(request)
  if (url.pathname.startsWith(CONTROL_PREFIX)) {
    // Web pages send their origin along with everything that changes something; tests do not.
    const reply =
      headers.origin === undefined
        ? handleControl(parts, method, url.pathname, url.searchParams, body)
        : json(403, { error: 'Not for web pages' })
    return writeReply(response, reply)
  }

  const { vendor, faults, requests, now } = parts
  const isMedia = isMediaPath(url.pathname)
  const effects = faults.strike({ method, url: url.pathname + url.search, isMedia })
  const logged = requests.record({
    at: now(),
    method,
    path: url.pathname,
    query: url.search,
    body,
    keyIn: Object.keys(headers).filter((name) => headers[name]?.includes(vendor.keyPlace.key) === true),
    carriesKey: headers.authorization !== undefined || headers['x-api-key'] !== undefined,
    isMedia,
    faults: effects.map(({ kind }) => kind),
  })
  response.on('finish', () => {
    logged.status = response.statusCode
  })

  for (const effect of effects) {
    if (effect.kind === 'delay') {
      await wait(effect.ms, response)
    }
  }
  const effect: FaultEffect | undefined = effects.find(({ kind }) => kind !== 'delay')
  if (effect?.kind === 'drop-before' || response.destroyed) {
    request.socket.destroy()
    return
  }
  const instead = effect === undefined ? null : replyInstead(effect, vendor, now())
  if (instead !== null) {
    return writeReply(response, instead)
  }
  if (isMedia) {
    const media: RawReply = mediaReply(url.pathname, method, headers.range)
    if (effect?.kind === 'drop-after') {
      request.socket.destroy()
      return
    }
    return writeReply(response, media)
  }
  const reply = vendor.handle({
    method,
    path: url.pathname,
    query: url.searchParams,
    headers,
    body,
    cursorLoop: effect?.kind === 'cursor-loop',
  })
  if (effect?.kind === 'page-shift') {
    shiftPages(vendor, effect.change, effect.rows)
  }
  if (effect?.kind === 'drop-after') {
    request.socket.destroy()
    return
  }
  await writeReply(response, effect === undefined ? reply : spoilReply(effect, vendor, reply))
}

function isLoopback(host: string): boolean {
  return /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(host)
}

async function readBody(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = []
  let bytes = 0
  for await (const piece of request) {
    bytes += piece.length
    if (bytes > MAX_BODY_BYTES) {
      throw new RangeError('The body of a request is too long')
    }
    pieces.push(piece)
  }
  return Buffer.concat(pieces).toString('utf8')
}

/** Ends early when the other side hangs up, or the server stops. */
function wait(ms: number, response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(settle, ms)
    function settle(): void {
      clearTimeout(timer)
      response.off('close', settle)
      resolve()
    }
    response.on('close', settle)
  })
}
