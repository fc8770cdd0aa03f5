import type { VendorFailure } from '../../../shared/app-error.ts'

/**
 * What a failed pull means for the source:
 * `key`      paused until the key is replaced or the user asks again: polling with a dead key locks accounts
 * `settings` stopped until the settings change or the user asks again
 * `retry`    tried again by itself, with backoff
 * `schedule` tried again at the next regular sync: asking sooner would get the same answer
 */
export type FailurePolicy = 'key' | 'settings' | 'retry' | 'schedule'

export function failurePolicy(error: VendorFailure): FailurePolicy {
  switch (error.code) {
    case 'key-rejected':
    case 'forbidden':
      return 'key'
    case 'not-found':
    case 'redirected':
    case 'not-supported':
    case 'refused':
    case 'bad-input':
      return 'settings'
    case 'rate-limited':
    case 'server-error':
    case 'cancelled':
      return 'retry'
    case 'unreachable':
      return error.reason === 'tls' ? 'schedule' : 'retry'
    case 'not-json':
      return error.got === 'cut-short' ? 'retry' : 'schedule'
    case 'bad-shape':
    case 'vendor-error':
    case 'too-large':
    case 'paging-loop':
      return 'schedule'
  }
}
