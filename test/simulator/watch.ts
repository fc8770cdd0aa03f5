import type { ClientId } from '../../shared/ids.ts'

/** What the users have seen and asked for: whatever the app does beyond it was not asked. */
export function createWatch() {
  const seen = new Set<string>()
  return {
    /** Values that stood before somebody's eyes. */
    seen,
    see: (_clientId: ClientId, _field: string, value: unknown): void => {
      if (typeof value === 'string') seen.add(value)
    },
    deleted: new Set<ClientId>(),
    /** Clients that were made anew, taken back or given up, at the user's own wish. */
    remade: new Set<ClientId>(),
    /** Somebody has undone something: older values may be sent again. */
    revived: false,
    pii: true,
    /** How often calm weather has asked for a retry of an edit. */
    retried: new Map<string, number>(),
    /** When a user, or a start, last asked for traffic, in true time. */
    askedAt: Number.NEGATIVE_INFINITY,
    asked(at: number): void {
      this.askedAt = at
    },
    /** Writings of ours that the store has shown as the source's own, by record and field. */
    shown: new Map<string, { readonly value: unknown }>(),
    /** Clients that the store has listed, with their names. */
    listed: new Map<string, string | null>(),
    /** Which client each record of a vendor was. */
    clients: new Map<string, ClientId>(),
    /** Clients that were removed here, and are no longer at their vendors. */
    buried: new Set<string>(),
    /** The machine's clock has been set: what is stamped with it cannot be compared. */
    isClockOff: false,
    /** Values of the source that the store has known, by record and field. */
    known: new Set<string>(),
    /** The database has been set back or lost in this run. */
    isDatabaseOld: false,
    /** The database went back: what it had shown it may not show any more. */
    databaseChanged(): void {
      this.isDatabaseOld = true
      this.shown.clear()
      this.listed.clear()
      this.buried.clear()
      this.clients.clear()
      this.known.clear()
    },
  }
}
export type Watch = ReturnType<typeof createWatch>
