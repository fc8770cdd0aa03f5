import type { HeldRemoval } from '../../../shared/model/source.ts'
import { formatCount, formatNumber } from '../../text/format.ts'

/**
 * Why a removal was not believed: what happened, why it is held, what to look at. `check` names what could be wrong on
 * this side, as in `Space ID`.
 */
export function heldRemovalWords(
  held: HeldRemoval,
  source: { readonly name: string; readonly check: string },
): { readonly lead: string; readonly text: string } {
  const { name, check } = source
  const returned = `${name} returned ${formatNumber(held.seen)} of ${formatCount(held.had, 'client')}.`
  const missing = formatCount(held.missing, 'client')
  const are = held.missing === 1 ? 'is' : 'are'
  switch (held.because) {
    case 'empty':
      return { lead: returned, text: `Nothing was removed, because an empty list is no proof. Check the ${check}.` }
    case 'too-many':
      return {
        lead: returned,
        text: `Nothing was removed, because ${missing} at once is more than usual. Check the ${check}.`,
      }
    case 'other-tenant':
      return {
        lead: `The key of ${name} belongs to another account now.`,
        text: `${missing} from before ${are} not in it. Nothing was removed. Check the key.`,
      }
    case 'other-parameters':
      return {
        lead: `${name} is read with other settings than before.`,
        text: `${missing} ${are} not in what it returns now. Nothing was removed. Check the ${check}.`,
      }
    case 'trouble':
      return {
        lead: `${name} had trouble during this read.`,
        text: `${missing} ${are} missing from what arrived. Nothing was removed. A full sync may find ${held.missing === 1 ? 'it' : 'them'} again.`,
      }
  }
}
