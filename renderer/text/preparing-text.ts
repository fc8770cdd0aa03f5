import type { Preparing } from '../store/store-contract.ts'

/** What is made anew at a start, in the foot of the list. */
export function preparingText({ part, done, of }: Preparing, searching: boolean): string {
  const percent = of === 0 ? 0 : Math.min(99, Math.floor((100 * done) / of))
  // Reading the records and making their lines are one wait, half and half.
  if (part === 'records') return `Getting the list ready: ${Math.floor(percent / 2)} %`
  if (part === 'lines') return `Getting the list ready: ${50 + Math.floor(percent / 2)} %`
  return searching
    ? `Search is being prepared: ${percent} %. More may be found`
    : `Search is being prepared: ${percent} %`
}
