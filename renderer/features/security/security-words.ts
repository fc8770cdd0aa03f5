import type { AppError } from '../../../shared/app-error.ts'
import { SHORTEST_PASSPHRASE } from '../../../shared/model/app-lock.ts'
import { errorLine } from '../../text/error-text.ts'

/** Minutes without a key or a pointer, as they are offered. */
export const LOCK_AFTER: readonly { readonly minutes: number; readonly label: string }[] = [
  { minutes: 0, label: 'Never' },
  { minutes: 1, label: 'After 1 minute' },
  { minutes: 5, label: 'After 5 minutes' },
  { minutes: 15, label: 'After 15 minutes' },
  { minutes: 30, label: 'After 30 minutes' },
  { minutes: 60, label: 'After 1 hour' },
]

/** A sentence under the field that it is about. */
export function passphraseProblem(error: AppError): string {
  if (error.code !== 'bad-input') return errorLine(error, { sourceName: 'This device' })
  switch (error.rule) {
    case 'wrong':
      return 'This is not the passphrase. Check Caps Lock and the keyboard’s language.'
    case 'required':
      return 'Enter the passphrase.'
    case 'too-short':
      return `Use at least ${SHORTEST_PASSPHRASE} characters; four or five words are better.`
    case 'wait':
      return 'Too many tries. Wait a moment, then try again.'
    case 'newer-format':
      return 'This file was made by a newer Clientele. Update this one to open it.'
    case 'damaged':
    case 'not-sealed':
      return 'This file is damaged and cannot be opened.'
    default:
      return 'This cannot be used.'
  }
}

/** How hard a passphrase is to guess, roughly: by how long it is and of how many kinds of characters. */
export function passphraseAdvice(passphrase: string): { readonly isGood: boolean; readonly text: string } {
  if (passphrase.length < SHORTEST_PASSPHRASE) {
    return {
      isGood: false,
      text: `At least ${SHORTEST_PASSPHRASE} characters. Four or five words are easy to keep and hard to guess.`,
    }
  }
  if (new Set(passphrase.toLowerCase()).size < 5)
    return { isGood: false, text: 'Weak: the same few characters again and again.' }
  const words = passphrase
    .trim()
    .split(/[\s\-_.]+/)
    .filter((word) => word.length > 2).length
  const kinds = [/\p{Ll}/u, /\p{Lu}/u, /\p{N}/u, /[^\p{L}\p{N}]/u].filter((kind) => kind.test(passphrase)).length
  if (words >= 4 || passphrase.length >= 20) return { isGood: true, text: 'Good: long enough to be hard to guess.' }
  if (passphrase.length >= 12 && kinds >= 3) return { isGood: true, text: 'Good. Longer is better still.' }
  return { isGood: false, text: 'Can be guessed with patience. Add words: four or five are easy to keep.' }
}

/** What a passphrase protects on this device, row by row. The table of Settings, of the README and of docs/security.md. */
export const AT_REST: readonly {
  readonly what: string
  readonly state: 'yes' | 'no' | 'chosen'
  readonly text: string
}[] = [
  {
    what: 'Your unsent work',
    state: 'yes',
    text: 'Edits, values of this device, decisions: the journal in the profile folder.',
  },
  { what: 'Backups', state: 'yes', text: 'All that are there, and each new one. Their names say when and how many.' },
  { what: 'Export of unsent work', state: 'yes', text: 'Opens with the passphrase of the day it was made.' },
  {
    what: 'Keys of sources',
    state: 'chosen',
    text: 'Encrypted in any case; under the passphrase if you choose that above.',
  },
  {
    what: 'The book in this window',
    state: 'no',
    text: 'Clients read from sources, the search index and what you type into a form lie in the browser’s storage. Use full-disk encryption (BitLocker, FileVault, LUKS) for these.',
  },
  { what: 'Pictures', state: 'no', text: 'Copies of pictures from sources in the media folder.' },
  { what: 'Lists as CSV and vCard, PDF', state: 'no', text: 'Made for other programs to read.' },
  {
    what: 'Settings, names and addresses of sources',
    state: 'no',
    text: 'Needed before the passphrase is given, or of no client.',
  },
  { what: 'Logs', state: 'no', text: 'They hold no values of clients and no keys.' },
]

export const LOST_BY_FORGETTING: readonly string[] = [
  'Edits that were not sent, values that only this device has, and decisions cannot be read any more.',
  'Sources and their keys, settings, and clients on this computer are removed. Clients that stand at a source can be read from there again.',
  'The encrypted files stay in the profile folder under other names. They are not destroyed, and worth nothing without the passphrase.',
]
