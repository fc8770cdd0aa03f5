import { foldText } from '../search/fold-text.ts'
import type { StoreContext } from '../store-context.ts'
import type { ListQuery } from '../store-contract.ts'
import type { Found } from './find-clients.ts'

/** Where a list goes to when its user types a name: see `clients.jump`. */
export function jumpToName(
  { view }: StoreContext,
  found: Found,
  { prefix, from, sort }: ListQuery & { readonly prefix: string; readonly from: number },
): { readonly index: number; readonly name: string } | null {
  const wanted = foldText(prefix)
  if (wanted === '' || found.total === 0) return null
  const nameAt = (index: number): string => {
    const [slot] = found.slots(index, index + 1)
    return (slot === undefined ? undefined : view.rowAt(slot)?.name) ?? ''
  }
  const at = (index: number) => ({ index, name: nameAt(index) })
  if (sort?.key === 'name') {
    // The first that is neither before the prefix nor, descending, behind all that begin with it.
    const isBefore = (name: string): boolean => {
      const begins = foldText(name).startsWith(wanted)
      return !begins && view.compareTexts(name, prefix) < 0 === (sort.direction === 'asc')
    }
    let low = 0
    let high = found.total
    while (low < high) {
      const middle = (low + high) >> 1
      if (isBefore(nameAt(middle))) low = middle + 1
      else high = middle
    }
    return at(Math.min(low, found.total - 1))
  }
  const slots = found.slots(0, found.total)
  const mayBegin = view.mayBegin(prefix)
  const start = Math.min(Math.max(0, from), slots.length)
  const firstOf = (begin: number, end: number): number => {
    for (let index = begin; index < end; index++) {
      if (mayBegin(slots[index] ?? 0) && foldText(nameAt(index)).startsWith(wanted)) return index
    }
    return -1
  }
  const ahead = firstOf(start, slots.length)
  const index = ahead >= 0 ? ahead : firstOf(0, start)
  return index < 0 ? null : at(index)
}
