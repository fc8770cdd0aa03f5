import type { Release } from './update-machine.ts'

/** What is done with a release; rejects with `UpdateFailure`. */
export interface UpdateEngine {
  /** The release that is newer than this installation and offered to it; null where there is none. */
  readonly check: () => Promise<Release | null>
  /** The one that was found last: fetched, and its checksum compared. */
  readonly fetch: (onPercent: (percent: number) => void) => Promise<void>
  /**
   * Puts what was fetched in place. Called at the very end, when everything is on disk. Resolves with whether the app
   * must still be ended: Squirrel on macOS ends it by itself.
   */
  readonly install: (how: { readonly restart: boolean }) => Promise<'quit' | 'ends-itself'>
}
