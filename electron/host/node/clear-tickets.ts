import { randomBytes } from 'node:crypto'
import { PAGE_HEADERS } from '../content-security-policy.ts'
import { plainReply, type Reply } from '../reply.ts'
import { sameSecret } from '../signer.ts'

/**
 * Addresses, each good once, at which the browser throws away what it keeps for this app. No page can do that itself
 * where its database cannot even be deleted; and no other page must be able to have it done.
 */
export interface ClearTickets {
  /** Path to send the page to. */
  readonly issue: () => string
  /** What a request there is answered with; null where the path is another. */
  readonly answer: (path: string, query: URLSearchParams) => Reply | null
}

const PATH = '/clear-page-data'

export function createClearTickets(): ClearTickets {
  let good: string | null = null
  return {
    issue: () => {
      good = randomBytes(24).toString('base64url')
      return `${PATH}?ticket=${good}`
    },
    answer: (path, query) => {
      if (path !== PATH) return null
      const isGood = good !== null && sameSecret(query.get('ticket') ?? '', good)
      good = null
      if (!isGood) return plainReply(403, 'This address was good once. Go back to Clientele.')
      // Cookies stay: the one of this server is what the page comes back with.
      return {
        status: 303,
        headers: { ...PAGE_HEADERS, 'clear-site-data': '"storage"', 'cache-control': 'no-store', location: '/' },
        body: '',
      }
    },
  }
}
