import type { VendorFailure } from '../../../shared/app-error.ts'

/** What a response with its status, headers and error text amounts to. Everything here is already redacted. */
export interface ResponseFacts {
  readonly status: number
  /** Reads of a list and of one record differ in what 403 and 404 mean. A write always speaks of one record. */
  readonly subject: 'list' | 'record'
  readonly write: boolean
  /** From readRetryAfter: null where there is none that can be used. */
  readonly retryAfterMs: number | null
  /** The `Location` header. */
  readonly location: string | null
  /** The vendor's own sentence (vendor-text.ts). */
  readonly vendorText: string | null
}

/**
 * The one table from HTTP status to meaning (API-CONTRACTS.md "Errors, for every source"). What a failed write means
 * for its edit is the next table's (outcome-class.ts). Null for 2xx: the body decides then.
 */
export function classifyResponse(facts: ResponseFacts): VendorFailure | null {
  const { status, subject, retryAfterMs, vendorText } = facts
  if (status >= 200 && status < 300) return null
  if (status >= 300 && status < 400) return { code: 'redirected', status, location: originAndPath(facts.location) }
  switch (status) {
    case 401:
      return { code: 'key-rejected', status, vendorText }
    case 403:
      if (facts.write || subject === 'record') return { code: 'forbidden', status, vendorText }
      return { code: 'key-rejected', status, vendorText }
    case 404:
    case 410:
      return { code: 'not-found', what: subject, status }
    case 405:
    case 501:
      return { code: 'not-supported', status }
    case 408:
      return { code: 'server-error', status, retryAfterMs, vendorText }
    case 425:
    case 429:
      return { code: 'rate-limited', status, retryAfterMs }
    case 503:
      if (retryAfterMs !== null) return { code: 'rate-limited', status, retryAfterMs }
      return { code: 'server-error', status, retryAfterMs, vendorText }
  }
  // 400, 409, 413, 415, 422, and whatever else says that the request itself is at fault.
  if (status >= 400 && status < 500) return { code: 'refused', status, vendorText, field: null }
  return { code: 'server-error', status, retryAfterMs, vendorText }
}

/** A redirect target may carry tokens in its query: only origin and path are shown. */
function originAndPath(location: string | null): string | null {
  if (location === null) return null
  if (!URL.canParse(location)) return location.split(/[?#]/)[0]?.slice(0, 300) ?? null
  const url = new URL(location)
  return `${url.protocol}//${url.host}${url.pathname}`.slice(0, 300)
}
