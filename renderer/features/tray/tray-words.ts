import type { TrayItem } from '../../store/store-contract.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** What proved that a client is gone, as a sentence. */
export function proofText(proof: TrayItem['proof'], sourceName: string): string {
  switch (proof) {
    case 'sweep':
      return `Missing from ${sourceName} in complete reads.`
    case 'gone':
      return `${sourceName} answered that it is gone (404).`
    case 'own-delete':
      return `You deleted it, and ${sourceName} did so.`
    case 'hidden-here':
      return `You removed it from this device. ${sourceName} still has it.`
  }
}

/** How long it can still be brought back: `26 days left`, `Last day`. */
export function daysLeftText(restoreUntil: number | null, now: number): string {
  if (restoreUntil === null) return 'No limit'
  // The page's time is a moment behind: what has just come has 30 days left, not 31.
  const days = Math.ceil((restoreUntil - now - HOUR_MS) / DAY_MS)
  return days <= 1 ? 'Last day' : `${days} days left`
}
