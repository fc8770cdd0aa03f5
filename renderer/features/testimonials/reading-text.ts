import type { SourceView } from '../../../shared/model/source.ts'
import type { TestimonialPage } from '../../store/store-contract.ts'
import { formatNumber, formatRelative } from '../../text/format.ts'

/**
 * How far the reading has come, where it is not done: `Read for 120 of 212 clients so far`. Null when every client has
 * been read.
 */
export function coverageText(
  coverage: TestimonialPage['coverage'] | null,
  sources: readonly SourceView[],
  offline: boolean,
): string | null {
  if (coverage === null || sources.length === 0) return null
  const { read, of } = coverage
  if (of > 0 && read >= of) return null
  if (of === 0) return 'They are read one client at a time, as soon as the clients are here.'
  const far = `Read for ${formatNumber(read)} of ${formatNumber(of)} clients so far`
  return offline ? `${far}; the rest needs the network` : far
}

/** `From Endors, read 8 min ago`, or how far the reading has come. */
export function fromText(
  sources: readonly SourceView[],
  readAt: number | null,
  now: number,
  reading: string | null,
): string {
  const from = `From ${sources.map((source) => source.name).join(', ')}`
  if (reading !== null) return `${from}. ${reading}`
  return readAt === null ? from : `${from}, read ${formatRelative(readAt, now)}`
}
