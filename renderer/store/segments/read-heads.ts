import { type SourceId, sourceIdSchema } from '../../../shared/ids.ts'
import type { HeadRow } from '../rows.ts'
import { decodeHeads } from './codec.ts'
import { openPackedHeads, type PackedHeads, packHeads } from './packed-heads.ts'

/** A segment as it was read from the disk. */
export interface ReadHeads {
  readonly segmentId: number
  readonly sourceId: SourceId
  /** Null where nothing of it can be read. */
  readonly packed: PackedHeads | null
  /** Of a version before 4, as one text: it is brought into the present form when segments are merged. */
  readonly isText: boolean
  /** It does not hold what its row says. */
  readonly isShort: boolean
}

export function readHeads(row: HeadRow): ReadHeads {
  const sourceId = sourceIdSchema.parse(row.sourceId)
  const isText = typeof row.heads === 'string'
  const packed = openPackedHeads(typeof row.heads === 'string' ? repack(sourceId, row.heads) : row.heads)
  return { segmentId: row.segmentId, sourceId, packed, isText, isShort: packed?.count !== row.n }
}

function repack(sourceId: SourceId, text: string): Uint8Array {
  return packHeads(
    decodeHeads(sourceId, text).map((head) =>
      head === null || head.remoteId === null ? null : { ...head, sourceId, remoteId: head.remoteId },
    ),
  )
}
