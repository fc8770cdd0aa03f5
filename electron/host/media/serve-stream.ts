import type { HostResponse } from '../host.ts'
import { plainReply, type Reply } from '../reply.ts'
import type { MediaHost } from './create-media.ts'
import { drop, fetchMedia, MediaRefused } from './fetch-media.ts'
import { mediaAddress } from './media-address.ts'
import type { MediaRequest } from './media-handler.ts'
import { MEDIA_HEADERS } from './media-headers.ts'
import { mediaReference } from './media-reference.ts'
import { rewritePlaylist } from './rewrite-playlist.ts'

export interface StreamDeps {
  readonly host: Pick<MediaHost, 'fetch' | 'sign' | 'clock'>
  readonly isTrafficAllowed: () => boolean
}

const MAX_PLAYLIST_BYTES = 2_000_000
/** Until the headers are there. */
const TIMEOUT_MS = 20_000
const MARK = '#EXTM3U'
const BOM_BYTES = 3

/** A playlist, rewritten, or a piece of video, passed on as it comes. Nothing is kept. */
export async function serveStream(deps: StreamDeps, address: string, request: MediaRequest): Promise<Reply> {
  if (!deps.isTrafficAllowed()) return plainReply(503, 'This video needs the network.')
  const aborting = new AbortController()
  const abort = (): void => aborting.abort()
  request.signal.addEventListener('abort', abort)
  const cancel = deps.host.clock.schedule(TIMEOUT_MS, abort)
  try {
    const { response, url } = await fetchMedia(
      deps.host,
      address,
      { 'accept-encoding': 'identity', ...(request.range === null ? {} : { range: request.range }) },
      aborting.signal,
    )
    if (response.status !== 200 && response.status !== 206) {
      await drop(response)
      return plainReply(response.status === 416 ? 416 : 404, 'There is no video to show.')
    }
    const { head, rest } = await peek(response, deps.isTrafficAllowed)
    const start = Buffer.from(head.buffer, head.byteOffset, head.byteLength)
    if (
      !start
        .toString('utf8')
        .replace(/^\uFEFF/, '')
        .startsWith(MARK)
    )
      return piece(response, head, rest)
    const playlist = await readText(head, rest)
    return {
      status: 200,
      headers: { ...MEDIA_HEADERS, 'content-type': 'application/vnd.apple.mpegurl', 'cache-control': 'no-store' },
      body: rewritePlaylist(playlist, url, (target) => {
        const allowed = mediaAddress(target, url)
        return allowed === null ? null : mediaReference(deps.host.sign, 'hls', allowed.href)
      }),
    }
  } catch (cause) {
    if (cause instanceof MediaRefused) return plainReply(404, 'There is no video to show.')
    return plainReply(502, 'This video could not be fetched.')
  } finally {
    cancel()
  }
}

function piece(response: HostResponse, head: Uint8Array, rest: AsyncGenerator<Uint8Array>): Reply {
  const type = response.header('content-type')?.split(';')[0]?.trim().toLowerCase() ?? ''
  const passed: Record<string, string> = {}
  for (const name of ['content-range', 'accept-ranges', ...lengthHeader(response)]) {
    const value = response.header(name)
    if (value !== null) passed[name] = value
  }
  return {
    status: response.status,
    headers: {
      ...MEDIA_HEADERS,
      ...passed,
      'content-type':
        /^(video|audio)\/[a-z0-9.+-]+$/.test(type) || type === 'text/vtt' ? type : 'application/octet-stream',
      'cache-control': 'no-store',
    },
    body: join(head, rest),
  }
}

/** The length is that of the bytes on the wire: of no use once they were decoded. */
function lengthHeader(response: HostResponse): readonly string[] {
  return response.header('content-encoding') === null ? ['content-length'] : []
}

/** The first bytes, enough to tell a playlist, and an iteration of all others that ends the connection with it. */
async function peek(
  response: HostResponse,
  isTrafficAllowed: () => boolean,
): Promise<{ head: Uint8Array; rest: AsyncGenerator<Uint8Array> }> {
  const rest = whileAllowed(response.body, isTrafficAllowed)
  let head: Uint8Array = new Uint8Array(0)
  while (head.byteLength < MARK.length + BOM_BYTES) {
    const next = await rest.next()
    if (next.done === true) break
    head = Buffer.concat([head, next.value])
  }
  return { head, rest }
}

async function* whileAllowed(
  body: AsyncIterable<Uint8Array>,
  isTrafficAllowed: () => boolean,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of body) {
    if (!isTrafficAllowed()) throw new Error('Traffic was stopped')
    yield chunk
  }
}

async function* join(head: Uint8Array, rest: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    if (head.byteLength > 0) yield head
    yield* rest
  } finally {
    // Also where the page went away before the first piece was taken.
    await rest.return(undefined)
  }
}

async function readText(head: Uint8Array, rest: AsyncGenerator<Uint8Array>): Promise<string> {
  const chunks = [head]
  let size = head.byteLength
  for await (const chunk of rest) {
    size += chunk.byteLength
    if (size > MAX_PLAYLIST_BYTES) throw new MediaRefused('Playlist too large')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
