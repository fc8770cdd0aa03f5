import type { HostResponse } from '../host.ts'
import type { Reply } from '../reply.ts'
import type { MediaHost } from './create-media.ts'
import { drop, fetchMedia, MediaRefused } from './fetch-media.ts'
import { imageType } from './image-type.ts'
import type { MediaCache } from './media-cache.ts'
import { MEDIA_HEADERS } from './media-headers.ts'

export interface ImageDeps {
  readonly host: Pick<MediaHost, 'fetch' | 'clock'>
  readonly cache: MediaCache
  readonly isTrafficAllowed: () => boolean
}

/**
 * Nothing to show: not read before and no network, refused by the vendor, or no picture at all. Not an error status: the
 * page shows initials in its place, and a browser would report each one in the console.
 */
const NO_PICTURE: Reply = { status: 204, headers: { ...MEDIA_HEADERS, 'cache-control': 'no-store' }, body: '' }

const MAX_BYTES = 5_000_000
const TIMEOUT_MS = 20_000
/** A kept picture is shown without asking again for this long. */
const FRESH_MS = 24 * 60 * 60 * 1000
/** A grid of faces must not open a hundred connections at once. */
const MAX_PARALLEL = 6

/**
 * Pictures by address: from disk while fresh, else from the network, and from disk again if that fails. Only what
 * really is a PNG, JPEG, GIF, WebP or AVIF is kept and served.
 */
export function createImages(deps: ImageDeps): (url: string) => Promise<Reply> {
  const underWay = new Map<string, Promise<Uint8Array>>()
  const takeTurn = createTurns(MAX_PARALLEL)

  const fetchOnce = (url: string): Promise<Uint8Array> => {
    const running = underWay.get(url)
    if (running !== undefined) return running
    const fetching = takeTurn(async () => {
      const bytes = await fetchImage(deps, url)
      await deps.cache.write(url, bytes)
      return bytes
    }).finally(() => underWay.delete(url))
    underWay.set(url, fetching)
    return fetching
  }

  return async (url) => {
    const kept = await deps.cache.read(url)
    if (kept !== null && deps.host.clock.now() - kept.fetchedAt < FRESH_MS) return imageReply(kept.bytes)
    if (!deps.isTrafficAllowed()) {
      return kept === null ? NO_PICTURE : imageReply(kept.bytes)
    }
    try {
      return imageReply(await fetchOnce(url))
    } catch {
      return kept === null ? NO_PICTURE : imageReply(kept.bytes)
    }
  }
}

async function fetchImage(deps: ImageDeps, url: string): Promise<Uint8Array> {
  const aborting = new AbortController()
  const cancel = deps.host.clock.schedule(TIMEOUT_MS, () => aborting.abort())
  try {
    const headers = { accept: 'image/avif,image/webp,image/png,image/jpeg,image/gif' }
    const { response } = await fetchMedia(deps.host, url, headers, aborting.signal)
    if (response.status !== 200) {
      await drop(response)
      throw new MediaRefused(`Status ${response.status}`)
    }
    const bytes = await readAll(response, deps.isTrafficAllowed)
    if (imageType(bytes) === null) throw new MediaRefused('Not a picture')
    return bytes
  } finally {
    cancel()
  }
}

async function readAll(response: HostResponse, isTrafficAllowed: () => boolean): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body) {
    size += chunk.byteLength
    // Leaving the loop closes the connection.
    if (size > MAX_BYTES) throw new MediaRefused('Too large')
    if (!isTrafficAllowed()) throw new Error('Traffic was stopped')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function imageReply(bytes: Uint8Array): Reply {
  const type = imageType(bytes)
  if (type === null) return NO_PICTURE
  return {
    status: 200,
    headers: {
      ...MEDIA_HEADERS,
      'content-type': type,
      'content-length': String(bytes.byteLength),
      'cache-control': 'private, max-age=3600',
    },
    body: bytes,
  }
}

/** Runs at most `limit` tasks at once, the others in the order they came. */
function createTurns(limit: number): <T>(task: () => Promise<T>) => Promise<T> {
  let free = limit
  const waiting: (() => void)[] = []
  return async (task) => {
    if (free > 0) free -= 1
    else await new Promise<void>((resolve) => waiting.push(resolve))
    try {
      return await task()
    } finally {
      const next = waiting.shift()
      if (next === undefined) free += 1
      else next()
    }
  }
}
