import type { VendorRequest } from '../../connectors/connector.ts'

/** Base address, path and query as one address. What is undefined in the query is left out; '' is not. */
export function addressOf(baseUrl: string, request: VendorRequest): string {
  const query = Object.entries(request.query ?? {})
    .filter((entry): entry is [string, string] => entry[1] !== undefined)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(wellFormed(value))}`)
    .join('&')
  const path = request.path.startsWith('/') ? request.path : `/${request.path}`
  return `${baseUrl.replace(/\/+$/, '')}${path}${query === '' ? '' : `?${query}`}`
}

/** encodeURIComponent throws on half a surrogate pair, and a name may hold one. */
function wellFormed(text: string): string {
  return text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd')
}

/** Printable and in one line: a pasted line break would begin another header. */
export function isHeaderValue(key: string): boolean {
  return /^[\u0020-\u007e\u00a0-\u00ff]*$/.test(key)
}
