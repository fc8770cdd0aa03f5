import type { StoredEntry, TimelineEntry } from './rows.ts'

/** Room for the entries of one commit: a page has 500 records, a user's own step touches fewer. */
const ENTRIES_PER_COMMIT = 65_536

/** The name of an entry: of its commit and its place in it, so that it is the same after every restart. */
export function entryId(commit: number, index: number): number {
  return commit * ENTRIES_PER_COMMIT + index
}

export function storedEntries(commit: number, entries: readonly (TimelineEntry | null)[]): readonly StoredEntry[] {
  return entries
    .slice(0, ENTRIES_PER_COMMIT)
    .flatMap((entry, index) => (entry === null ? [] : { ...entry, id: entryId(commit, index) }))
}
