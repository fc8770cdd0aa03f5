import type { ClientRow, ListPage } from '../store/store-contract.ts'

/** Rows kept: more than one screen has. */
const ROWS = 50
const KEY = 'clientele.first.'
/** A book that is sealed leaves no names outside of what the lock ends (ADR 0022). */
const ENCRYPTED = 'clientele.encrypted'
const PROFILE = 'clientele.profile'

/** The head of the list as this window showed it last. Nobody has confirmed it since. */
export interface FirstScreen {
  readonly rows: readonly ClientRow[]
  readonly total: number
  readonly all: number
  readonly newestAt: number | null
}

/** Grows with the form of a row: what another build wrote is not shown. */
const FORM = 1

/** The profile of the last start in this window, where its book may be opened before the core has spoken. */
export function openProfile(kept: Pick<Storage, 'getItem'> = localStorage): string | null {
  return kept.getItem(ENCRYPTED) === null ? kept.getItem(PROFILE) : null
}

type Kept = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

/** What to paint before the store has answered; null on a first start, and under a passphrase. */
export function recallFirstScreen(kept: Kept = localStorage): FirstScreen | null {
  const profileId = openProfile(kept)
  if (profileId === null) return null
  const text = kept.getItem(KEY + profileId)
  if (text === null) return null
  try {
    const saved: unknown = JSON.parse(text)
    return isOfThisForm(saved) ? saved : null
  } catch {
    return null
  }
}

/** Keeps the head of the default list for the next start of this window. */
export function keepFirstScreen(page: ListPage, kept: Kept = localStorage): void {
  const profileId = kept.getItem(PROFILE)
  if (profileId === null) return
  if (page.rows.length === 0 || kept.getItem(ENCRYPTED) !== null) {
    kept.removeItem(KEY + profileId)
    return
  }
  const { total, all, newestAt } = page
  try {
    kept.setItem(KEY + profileId, JSON.stringify({ form: FORM, rows: page.rows.slice(0, ROWS), total, all, newestAt }))
  } catch {
    // No room for it: the next start shows what it did before there was any.
  }
}

/** This window alone writes under its name, so the number of the form says what lies there. */
function isOfThisForm(saved: unknown): saved is FirstScreen {
  return (
    typeof saved === 'object' &&
    saved !== null &&
    'form' in saved &&
    saved.form === FORM &&
    'rows' in saved &&
    Array.isArray(saved.rows)
  )
}

/** A passphrase was set: names that were kept until now go. */
export function forgetFirstScreens(kept: Storage = localStorage): void {
  for (const key of Object.keys(kept)) if (key.startsWith(KEY)) kept.removeItem(key)
}

/** Of a profile that was forgotten. */
export function forgetFirstScreen(profileId: string, kept: Kept = localStorage): void {
  kept.removeItem(KEY + profileId)
}
