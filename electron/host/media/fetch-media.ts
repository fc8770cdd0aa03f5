import type { AbortSignalLike } from '../../../shared/clock.ts'
import type { Host, HostResponse } from '../host.ts'
import { mediaAddress } from './media-address.ts'

export interface FetchedMedia {
  readonly response: HostResponse
  /** Where it came from in the end: relative addresses in a playlist start here. */
  readonly url: URL
}

/** Why there is nothing: an address that may not be asked, or too many redirects. */
export class MediaRefused extends Error {
  override readonly name = 'MediaRefused'
}

const MAX_REDIRECTS = 3

/** Fetches a media address, following redirects that lead to an allowed address. Rejects with `HostFetchError` or `MediaRefused`. */
export async function fetchMedia(
  host: Pick<Host, 'fetch'>,
  address: string,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignalLike,
): Promise<FetchedMedia> {
  let url = mediaAddress(address)
  for (let hop = 0; hop <= MAX_REDIRECTS && url !== null; hop++) {
    const response = await host.fetch({ method: 'GET', url: url.href, headers, body: null, signal })
    const location = REDIRECTS.has(response.status) ? response.header('location') : null
    if (location === null) return { response, url }
    await drop(response)
    url = mediaAddress(location, url)
  }
  throw new MediaRefused('Not an address for media')
}

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])

/** Closes the connection of a response whose body nobody wants. */
export async function drop(response: HostResponse): Promise<void> {
  for await (const _ of response.body) break
}
