import type { SourceRemoval } from '../../store/store-contract.ts'
import { formatCount } from '../../text/format.ts'

/** What exists nowhere else when the source goes, what becomes of it, and whose it is; null where there is nothing. */
export function removalLoss(
  removal: SourceRemoval,
): { readonly lead: string; readonly text: string; readonly names: string } | null {
  const { edits, localValues, conflicts } = removal
  const parts = [
    ...(edits > 0 ? [formatCount(edits, 'unsent edit')] : []),
    ...(conflicts > 0 ? [formatCount(conflicts, 'open conflict')] : []),
    ...(localValues > 0 ? [formatCount(localValues, 'value of this device', 'values of this device')] : []),
  ]
  if (parts.length === 0) return null
  const last = parts.pop() ?? ''
  const what = parts.length === 0 ? last : `${parts.join(', ')} and ${last}`
  const one = edits + conflicts + localValues === 1
  const more = removal.more === 0 ? '' : `, and ${formatCount(removal.more, 'more client')}`
  const stays =
    removal.kept === 0
      ? ''
      : `${formatCount(removal.kept, 'client')} with your own work ${removal.kept === 1 ? 'stays' : 'stay'} here, as ${removal.kept === 1 ? 'a client' : 'clients'} of this device. `
  return {
    lead: `${what} ${one ? 'exists' : 'exist'} nowhere else.`,
    text: `${stays}Nothing of it is sent any more. Export first to have it as a file, too.`,
    names: `${removal.names.join(', ')}${more}`,
  }
}
