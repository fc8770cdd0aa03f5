import type { Manifest } from '../../../shared/connector/manifest.ts'
import type { SourceView } from '../../../shared/model/source.ts'
import type { BoardCard } from '../../store/store-contract.ts'
import { statusOfColumn } from './card-move.ts'

/**
 * Name of the source that would be sent the move and does not know the column's status; null where the card may go
 * there. A source that only reads is sent nothing, so its clients may go anywhere on this device.
 */
export function refusingSource(
  card: BoardCard,
  columnId: string,
  sources: readonly SourceView[],
  manifests: readonly Manifest[],
): string | null {
  const source = sources.find((each) => each.sourceId === card.row.sourceIds[0])
  const manifest = manifests.find((each) => each.connectorId === source?.connectorId)
  if (source === undefined || manifest?.updates?.includes('status') !== true) return null
  // Without a fixed vocabulary the values come from the source itself, and so do the columns.
  if (manifest.statusOptions.length === 0) return null
  const status = statusOfColumn(columnId)
  return manifest.statusOptions.some((option) => option.id === status) ? null : source.name
}
