import type { VendorFailure } from '../../../shared/app-error.ts'

/** Would the next edit of this source meet the same fate? */
export function isSourceWide(error: VendorFailure): boolean {
  switch (error.code) {
    case 'key-rejected':
    case 'rate-limited':
    case 'server-error':
    case 'unreachable':
    case 'redirected':
    case 'not-json':
    case 'cancelled':
      return true
    default:
      return false
  }
}
