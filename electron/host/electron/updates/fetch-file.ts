import type { Clock } from '../../../../shared/clock.ts'
import { type HostFetch, HostFetchError, type HostResponse } from '../../host.ts'
import { UpdateFailure } from './update-failure.ts'

const MAX_REDIRECTS = 5
/** Without a byte for so long, a server is taken for gone. */
const SILENCE_MS = 30_000

export interface FetchFileDeps {
  readonly fetch: HostFetch
  readonly clock: Clock
}

/**
 * The bytes of a file, over the network of the host, so that the system's proxies and certificates hold. Redirects are
 * followed from https to https only; more than `maxBytes` are not read. Rejects with `UpdateFailure`.
 */
export async function* fetchFile(deps: FetchFileDeps, url: URL, maxBytes: number): AsyncGenerator<Uint8Array> {
  const abort = new AbortController()
  let cancel = (): void => undefined
  const heard = (): void => {
    cancel()
    cancel = deps.clock.schedule(SILENCE_MS, () => abort.abort())
  }
  heard()
  try {
    const response = await follow(deps, url, abort.signal, heard)
    let read = 0
    for await (const bytes of response.body) {
      heard()
      read += bytes.byteLength
      if (read > maxBytes) throw new UpdateFailure('server', 'more bytes than announced')
      yield bytes
    }
  } catch (cause) {
    throw failureOf(cause)
  } finally {
    cancel()
    abort.abort()
  }
}

/** A small text file, whole. */
export async function fetchSmall(deps: FetchFileDeps, url: URL, maxBytes: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  for await (const bytes of fetchFile(deps, url, maxBytes)) parts.push(bytes)
  return Buffer.concat(parts)
}

async function follow(deps: FetchFileDeps, from: URL, signal: AbortSignal, heard: () => void): Promise<HostResponse> {
  let url = from
  for (let hops = 0; hops <= MAX_REDIRECTS; hops++) {
    const headers = { accept: '*/*', 'cache-control': 'no-cache' }
    const response = await deps.fetch({ method: 'GET', url: url.href, headers, body: null, signal })
    heard()
    if (response.status === 200) return response
    const location = response.header('location')
    if (response.status < 300 || response.status > 399 || location === null)
      throw new UpdateFailure('server', `status ${response.status}`)
    const next = addressFrom(location, url)
    if (next === null || (next.protocol !== 'https:' && next.origin !== from.origin))
      throw new UpdateFailure('server', 'redirected to an address that is not https')
    url = next
  }
  throw new UpdateFailure('server', 'redirected too often')
}

function addressFrom(location: string, base: URL): URL | null {
  try {
    return new URL(location, base)
  } catch {
    return null
  }
}

function failureOf(cause: unknown): unknown {
  if (!(cause instanceof HostFetchError)) return cause
  return new UpdateFailure(cause.reason === 'tls' ? 'server' : 'offline', cause.detail ?? cause.reason)
}
