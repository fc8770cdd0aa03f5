import type { StorageHealth } from '../store/store-contract.ts'
import { formatCount } from './format.ts'

/** What is wrong with the local store: what happened, what is safe, and the way out where a button can be one. */
export interface StorageText {
  readonly tone: 'quiet' | 'warning' | 'danger'
  readonly lead: string
  readonly text: string
  readonly action: 'export' | 'reload' | 'remake' | null
}

/** Null where there is nothing to say. `opening` is worth a word only after a while; the caller waits for that. */
export function storageText(health: StorageHealth): StorageText | null {
  switch (health) {
    case 'ok':
      return null
    case 'opening':
      return {
        tone: 'quiet',
        lead: 'The book is being opened.',
        text: 'This takes longer than usual. Everything saved is still there; it shows as soon as the book is open.',
        action: null,
      }
    case 'reopening':
      return {
        tone: 'warning',
        lead: 'The book was closed from outside; it is being opened again.',
        text: 'Everything saved is still there. What you save now waits a moment.',
        action: null,
      }
    case 'full':
      return {
        tone: 'danger',
        lead: 'This disk is full.',
        text: 'New edits cannot be saved here. Free some space, or export unsent work now.',
        action: 'export',
      }
    case 'blocked':
      return {
        tone: 'warning',
        lead: 'Another window holds the book in an older form.',
        text: 'Close the other windows of Clientele. This one goes on by itself, and nothing is lost.',
        action: null,
      }
    case 'newer':
      return {
        tone: 'danger',
        lead: 'This book belongs to a newer Clientele.',
        text: 'This version cannot read it and leaves it as it is, with everything in it. Start the newer version.',
        action: 'reload',
      }
    case 'failed':
      return {
        tone: 'danger',
        lead: 'The book on this device does not answer.',
        text: 'What was saved stays. It is tried again every few seconds; if this stays, close all windows and start again.',
        action: 'reload',
      }
    case 'read-only':
      return {
        tone: 'danger',
        lead: 'The profile folder cannot be written.',
        text: 'The second copy of your edits is kept there. Make the folder writable, or export unsent work now.',
        action: 'export',
      }
    case 'elsewhere':
      return {
        tone: 'warning',
        lead: 'This profile is open in another browser.',
        text: 'Look and search here; edits are made there. Close Clientele there to go on here.',
        action: 'reload',
      }
  }
}

/** Opening it was tried again and again: it does not come back by itself. */
export const STUCK_BOOK: StorageText = {
  tone: 'danger',
  lead: 'The book on this device cannot be opened.',
  text: 'It was tried again and again, so its files are probably damaged. It can be made anew: clients come from their sources, unsent edits from their second copy.',
  action: 'remake',
}

/** What making the book anew means. `single`: saved changes that have no second copy, and would be gone. */
export function remakeText(single: number): string {
  const kept =
    'The damaged book is thrown away and your clients are fetched from their sources again. Edits that are not sent yet come back from their second copy in the profile folder.'
  if (single === 0) return kept
  const have = single === 1 ? 'has' : 'have'
  return `${kept} ${formatCount(single, 'saved change')} ${have} no second copy yet and would be lost: wait, or export unsent work first.`
}

/** Saved changes whose second copy is late. `connected`: the part that writes it can be reached. */
export function oneCopyText(changes: number, connected: boolean): StorageText {
  const have = changes === 1 ? 'has' : 'have'
  return {
    tone: 'warning',
    lead: `${formatCount(changes, 'saved change')} ${have} one copy only.`,
    text: connected
      ? 'The second copy, in the profile folder, is not written yet. Keep this window open, or export unsent work now.'
      : 'Clientele’s background part does not answer, so the second copy waits. Keep this window open until it does.',
    action: 'export',
  }
}
