import { type SourceId, sourceIdSchema } from '../../../shared/ids.ts'
import type { SegmentForm } from '../book.ts'
import type { HeadRow } from '../rows.ts'
import { decodeHeads } from './codec.ts'
import { openPackedHeads, type PackedHeads, packHeads } from './packed-heads.ts'
import { isSqueezed, unsqueezed } from './squeeze.ts'

/** A segment as it was read from the disk. */
export interface ReadHeads {
  readonly segmentId: number
  readonly sourceId: SourceId
  /** Null where nothing of it can be read. */
  readonly packed: PackedHeads | null
  readonly form: SegmentForm
  /** It does not hold what its row says. */
  readonly isShort: boolean
}

export function readHeads(row: HeadRow): ReadHeads {
  const sourceId = sourceIdSchema.parse(row.sourceId)
  const packed = openHeads(row)
  return { segmentId: row.segmentId, sourceId, packed, form: formOf(row.heads), isShort: packed?.count !== row.n }
}

/** Null where nothing of it can be read. */
export function openHeads({ sourceId, heads }: Pick<HeadRow, 'sourceId' | 'heads'>): PackedHeads | null {
  return openPackedHeads(typeof heads === 'string' ? repack(sourceIdSchema.parse(sourceId), heads) : unsqueezed(heads))
}

function formOf(heads: Uint8Array | string): SegmentForm {
  return typeof heads === 'string' ? 'text' : isSqueezed(heads) ? 'squeezed' : 'plain'
}

function repack(sourceId: SourceId, text: string): Uint8Array {
  return packHeads(
    decodeHeads(sourceId, text).map((head) =>
      head === null || head.remoteId === null ? null : { ...head, sourceId, remoteId: head.remoteId },
    ),
  )
}
