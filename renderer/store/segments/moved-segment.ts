import type { SourceId } from '../../../shared/ids.ts'

/** A segment that housekeeping has made of others. */
export interface MovedSegment {
  readonly sourceId: SourceId
  readonly n: number
  /** As they stay in memory. */
  readonly heads: Uint8Array<ArrayBuffer>
  /** As both lie on the disk. */
  readonly stored: { readonly heads: Uint8Array<ArrayBuffer>; readonly bodies: Uint8Array<ArrayBuffer> }
}
