import { err, ok, type Result } from '../../../shared/result.ts'

/** Headers that belong to the connection or to the request itself; the key must not replace them. */
const RESERVED = new Set([
  'accept',
  'accept-encoding',
  'connection',
  'content-encoding',
  'content-length',
  'content-type',
  'cookie',
  'date',
  'expect',
  'host',
  'keep-alive',
  'origin',
  'proxy-authorization',
  'proxy-connection',
  'referer',
  'set-cookie',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'user-agent',
  'via',
])

/** A header name as typed, where the vendor does not say which one carries the key. */
export function readHeaderName(typed: string): Result<string, 'required' | 'bad-header'> {
  const name = typed.trim()
  if (name === '') return err('required')
  if (name.length > 100 || !/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name)) return err('bad-header')
  if (RESERVED.has(name.toLowerCase()) || /^(proxy|sec)-/i.test(name)) return err('bad-header')
  return ok(name)
}

/** The word before the key, such as `Bearer`. May be empty: then the header holds the key alone. */
export function readHeaderScheme(typed: string): Result<string, 'bad-header'> {
  const scheme = typed.trim()
  return scheme.length <= 100 && /^[!-~]*$/.test(scheme) ? ok(scheme) : err('bad-header')
}
