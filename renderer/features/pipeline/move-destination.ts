import type { Manifest } from '../../../shared/connector/manifest.ts'
import type { SourceId } from '../../../shared/ids.ts'
import type { SourceView } from '../../../shared/model/source.ts'

export interface MoveDestinations {
  /** Names of sources that take a move, and of those that only read. */
  readonly sends: readonly string[]
  readonly stays: readonly string[]
  /** One of `stays` can create clients, so "only reads" would be wrong. */
  readonly staysButCreates: boolean
}

/** Where a move on a board with these sources goes, by what each connector can update. */
export function moveDestinations(
  sourceIds: readonly SourceId[],
  sources: readonly SourceView[],
  manifests: readonly Manifest[],
): MoveDestinations {
  const sends: string[] = []
  const stays: string[] = []
  let staysButCreates = false
  for (const source of sources) {
    if (!sourceIds.includes(source.sourceId)) continue
    const manifest = manifests.find((each) => each.connectorId === source.connectorId)
    if (manifest?.updates?.includes('status') === true) sends.push(source.name)
    else {
      stays.push(source.name)
      if (manifest !== undefined && manifest.creates !== null) staysButCreates = true
    }
  }
  return { sends, stays, staysButCreates }
}

/** One line for the toolbar. Null where there is nothing to say yet. */
export function destinationLine(destinations: MoveDestinations): string | null {
  const { sends, stays } = destinations
  if (sends.length === 0 && stays.length === 0) return null
  if (sends.length === 0) {
    const one = stays.length === 1
    const reason = destinations.staysButCreates
      ? `${one ? 'takes' : 'take'} no changes`
      : `only ${one ? 'reads' : 'read'}`
    return `${list(stays)} ${reason}: a move stays on this device`
  }
  if (stays.length === 0) return `A move sends to ${list(sends)}`
  return `A move sends to ${list(sends)}; for ${list(stays)} it stays on this device`
}

/** `A`, `A and B`, `A, B and C`. */
function list(names: readonly string[]): string {
  if (names.length < 2) return names[0] ?? ''
  return `${names.slice(0, -1).join(', ')} and ${names[names.length - 1] ?? ''}`
}
