import type { Coverage } from '../../shared/model/source.ts'
import { formatCount, formatNumber } from './format.ts'

/** How far a read has come: `Page 41 of 50`, `3,200 of about 5,000 clients`, `3,200 read so far`. */
export function coveragePlace(coverage: Coverage): string {
  const { pages, ofPages, clients, ofClients } = coverage
  // A list that grows while it is read may have more pages than it announced.
  if (ofPages !== null) return `Page ${formatNumber(Math.min(pages, ofPages))} of ${formatNumber(ofPages)}`
  if (ofClients !== null) {
    return `${formatNumber(Math.min(clients, ofClients))} of about ${formatCount(ofClients, 'client')}`
  }
  return `${formatNumber(clients)} read so far`
}

/** Where a read broke off: `page 41 of 50`, `3,200 of about 5,000 clients`, `3,200 clients`. */
export function stoppedPlace(coverage: Coverage): string {
  if (coverage.ofPages === null && coverage.ofClients === null) return formatCount(coverage.clients, 'client')
  const place = coveragePlace(coverage)
  return place.charAt(0).toLowerCase() + place.slice(1)
}

/** Share that has been read, 0 to 1, or null where nobody says how much there is. */
export function coverageShare(coverage: Coverage): number | null {
  const { pages, ofPages, clients, ofClients } = coverage
  if (ofPages !== null) return Math.min(1, pages / ofPages)
  if (ofClients === null) return null
  return ofClients === 0 ? 1 : Math.min(1, clients / ofClients)
}
