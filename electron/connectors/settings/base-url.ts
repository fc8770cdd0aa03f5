import { isLoopbackHost } from '../../../shared/loopback.ts'
import { err, ok, type Result } from '../../../shared/result.ts'

export type BaseUrlRule = 'required' | 'not-a-url' | 'needs-protocol' | 'needs-https' | 'has-credentials' | 'not-a-host'

/**
 * A base address as typed → origin and path without trailing slashes. Nothing is added in silence: a missing `https://`
 * is said and not guessed. A fragment is dropped, because no request carries it; a query is refused as `not-a-url`,
 * because dropping it could drop what the user meant.
 */
export function readBaseUrl(typed: string): Result<string, BaseUrlRule> {
  const text = typed.trim()
  if (text === '') return err('required')
  if (/\s/.test(text)) return err('not-a-url')
  // Before parsing: `localhost:4010` is a valid URL of the protocol `localhost:`.
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(text))
    return err(/^(mailto|javascript|data|file):/i.test(text) ? 'not-a-url' : 'needs-protocol')
  if (!URL.canParse(text)) return err('not-a-url')
  const url = new URL(text)
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return err('not-a-url')
  if (url.hostname === '' || url.search !== '') return err('not-a-url')
  if (url.username !== '' || url.password !== '') return err('has-credentials')
  if (isNobodysHost(url.hostname)) return err('not-a-host')
  if (url.protocol === 'http:' && !isLoopbackHost(url.hostname)) return err('needs-https')
  return ok(`${url.protocol}//${url.host}${url.pathname.replace(/\/+$/, '')}`)
}

/**
 * Addresses that no vendor has: of no machine (0.0.0.0), of many (multicast), and link-local ones, where the metadata
 * services of clouds listen. `URL` has written numbers in any notation as four decimal ones by now.
 */
function isNobodysHost(hostname: string): boolean {
  const host = hostname.toLowerCase().replace(/\.$/, '')
  if (host.startsWith('[')) return /^\[(::|fe[89ab][0-9a-f]:.*|ff[0-9a-f]{2}:.*|::ffff:a9fe:.*)\]$/.test(host)
  return /^(0\.\d+|169\.254|(22[4-9]|2[3-5]\d)\.\d+)\.\d+\.\d+$/.test(host)
}

/** The address without this end, for vendors whose documentation writes it with and without. */
export function withoutSuffix(baseUrl: string, suffix: string): string {
  return baseUrl.toLowerCase().endsWith(suffix) ? baseUrl.slice(0, -suffix.length).replace(/\/+$/, '') : baseUrl
}
