import type { SourceRemoval } from '../../store/store-contract.ts'
import { formatCount } from '../../text/format.ts'

/** What exists nowhere else and would go with the source, and whose it is; null where nothing would. */
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
  return {
    lead: `${what} ${one ? 'goes' : 'go'} too.`,
    text: `${one ? 'It exists' : 'They exist'} nowhere else. Export first to keep ${one ? 'it' : 'them'}; an import takes the file back.`,
    names: `${removal.names.join(', ')}${more}`,
  }
}
