import type { Manifest } from '../../../shared/connector/manifest.ts'
import type { SourceView } from '../../../shared/model/source.ts'
import type { BoardMode } from '../../store/store-contract.ts'

/**
 * Name of a board in its switch: `Spott stage`, `Connect lead status`. The vendor's name leads where one vendor alone
 * has clients there; the plain `Status` is everybody's.
 */
export function boardLabel(
  mode: BoardMode,
  label: string,
  sources: readonly SourceView[],
  manifests: readonly Manifest[],
): string {
  if (mode === 'status') return label
  const vendors = manifests.filter(
    (manifest) => manifest.board === mode && sources.some((source) => source.connectorId === manifest.connectorId),
  )
  const [vendor] = vendors
  return vendors.length === 1 && vendor !== undefined ? `${vendor.label} ${label.toLowerCase()}` : label
}
