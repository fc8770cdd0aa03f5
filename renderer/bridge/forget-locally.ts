import type { AppError } from '../../shared/app-error.ts'
import type { Result } from '../../shared/result.ts'
import { forgetFirstScreen } from '../state/first-screen.ts'

const PROFILE_KEY = 'clientele.profile'
/** A profile that is being forgotten: a window may be closed in the middle of it. */
const OWED_KEY = 'clientele.forgotten'

/** Has the core forget the profile; then what this browser holds of it is deleted by the next page of this window. */
export async function forgetLocally<T>(forget: () => Promise<Result<T, AppError>>): Promise<Result<T, AppError>> {
  const profileId = localStorage.getItem(PROFILE_KEY)
  if (profileId !== null) localStorage.setItem(OWED_KEY, profileId)
  const reply = await forget()
  if (!reply.ok) {
    localStorage.removeItem(OWED_KEY)
    return reply
  }
  // It may be the name of the new one already.
  if (localStorage.getItem(PROFILE_KEY) === profileId) localStorage.removeItem(PROFILE_KEY)
  location.hash = ''
  location.reload()
  return reply
}

/** Deletes the book and the drafts of a profile that was forgotten. Before a store is opened. */
export function payForgotten(): void {
  const profileId = localStorage.getItem(OWED_KEY)
  // Still the profile of this window: it was asked for, and the core has not done it.
  if (profileId === null || profileId === localStorage.getItem(PROFILE_KEY)) return
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith(`clientele.draft.${profileId}.`)) localStorage.removeItem(key)
  }
  forgetFirstScreen(profileId)
  const deleting = indexedDB.deleteDatabase(`clientele-${profileId}`)
  deleting.addEventListener('success', () => localStorage.removeItem(OWED_KEY))
}
