import { isLoopbackHost } from '../../../shared/loopback.ts'

/**
 * The address under which the page may ask the host for a vendor's picture or video: signed, so that the host fetches
 * nothing that did not come out of a record. Null where the address is none that may be fetched: `http:` is for sources
 * on this machine only, and nobody may make the host look around on this machine: there only the source's own server is asked.
 */
export function mediaReference(options: {
  readonly url: string
  readonly kind: 'image' | 'hls'
  readonly baseUrl: string
  readonly sign: (text: string) => string
}): string | null {
  const { url, kind, baseUrl, sign } = options
  if (!URL.canParse(url)) return null
  const target = new URL(url)
  if (target.username !== '' || target.password !== '') return null
  const isLocal = isLoopbackHost(target.hostname)
  if (isLocal && !isServedBy(target, new URL(baseUrl))) return null
  if (target.protocol !== 'https:' && !(target.protocol === 'http:' && isLocal)) return null
  return `/media/${kind}?u=${encodeURIComponent(url)}&s=${sign(`${kind}\n${url}`)}`
}

/** However the two spell this machine. */
function isServedBy(target: URL, base: URL): boolean {
  return isLoopbackHost(base.hostname) && target.port === base.port && target.protocol === base.protocol
}
