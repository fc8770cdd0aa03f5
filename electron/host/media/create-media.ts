import { join } from 'node:path'
import type { Host } from '../host.ts'
import { plainReply } from '../reply.ts'
import { sameSecret } from '../signer.ts'
import { createImages } from './images.ts'
import { createMediaCache } from './media-cache.ts'
import type { MediaHandler } from './media-handler.ts'
import { serveStream } from './serve-stream.ts'

export type MediaHost = Pick<Host, 'fetch' | 'sign' | 'clock' | 'log' | 'profileFolder'>

export interface MediaDeps {
  readonly host: MediaHost
  /** False while the user works offline: then only what is kept already is served. */
  readonly isTrafficAllowed: () => boolean
  /** Bytes of pictures kept on disk. */
  readonly maxCacheBytes?: number
}

const MAX_CACHE_BYTES = 200_000_000

/**
 * `/media/image?u=&s=` and `/media/hls?u=&s=`. Only addresses that the core signed are fetched, so nothing that runs in
 * the page can make this machine call an address of its choice.
 */
export function createMedia(deps: MediaDeps): MediaHandler {
  const { host, isTrafficAllowed } = deps
  const cache = createMediaCache({
    folder: join(host.profileFolder, 'media'),
    maxBytes: deps.maxCacheBytes ?? MAX_CACHE_BYTES,
    now: host.clock.now,
  })
  const images = createImages({ host, cache, isTrafficAllowed })

  return async (request) => {
    if (request.method !== 'GET') return plainReply(405, 'Only GET is understood here.', { allow: 'GET' })
    const kind = KINDS[request.path]
    if (kind === undefined) return plainReply(404, 'There is no such media.')
    const url = request.query.get('u') ?? ''
    const signature = request.query.get('s') ?? ''
    if (!sameSecret(signature, host.sign(`${kind}\n${url}`))) return plainReply(403, 'This address was not signed.')
    try {
      return kind === 'image' ? await images(url) : await serveStream({ host, isTrafficAllowed }, url, request)
    } catch (cause) {
      host.log.warn('media.failed', { kind, error: cause instanceof Error ? cause.name : 'unknown' })
      return plainReply(502, 'This could not be fetched.')
    }
  }
}

const KINDS: Readonly<Record<string, 'image' | 'hls'>> = { '/media/image': 'image', '/media/hls': 'hls' }
