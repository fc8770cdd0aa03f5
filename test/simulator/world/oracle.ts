import type { JsonRow } from '../../../electron/simulator/record-table.ts'

/** What one vendor did or said, in the order in which it did. */
export interface OracleEvent {
  readonly n: number
  readonly at: number
  readonly vendor: string
  readonly kind: 'applied' | 'read' | 'listed' | 'sent'
  readonly method: string
  readonly path: string
  readonly id: string
  readonly body: JsonRow
  /** The row before a write was applied, or as it was read. */
  readonly before: JsonRow | null
  readonly after: JsonRow | null
  /** Which request it was: one request may be applied long after it was sent, or twice. */
  readonly request: number
}

export interface RowHistory {
  readonly vendor: string
  readonly id: string
  /** True time at which it came to be, and at which it was removed. */
  readonly since: number
  removedAt: number | null
  /** Who removed it. */
  removedBy: 'app' | 'other' | null
  row: JsonRow
  /** Values that each field has had, newest last; `n` is the number of the next event when it came to be. */
  readonly values: Map<
    string,
    { readonly value: unknown; readonly at: number; readonly n: number; readonly by: 'app' | 'other' }[]
  >
}

/** Everything that is true at the vendors, whatever the app believes. */
export interface Oracle {
  readonly events: readonly OracleEvent[]
  readonly note: (event: Omit<OracleEvent, 'n'>) => void
  readonly rows: ReadonlyMap<string, RowHistory>
  readonly rowOf: (vendor: string, id: string) => RowHistory | undefined
  readonly changed: (vendor: string, id: string, row: JsonRow | null, at: number, by: 'app' | 'other') => void
  /** Values of the app's writes that a vendor has taken. */
  readonly applied: ReadonlySet<string>
  /** Clients that some answer to the app has named, and when it first did. */
  readonly told: Map<string, number>
  /** Clients that a lagging copy of a list lacked although they were there, and when it last did. */
  readonly lagged: Map<string, number>
}

export function createOracle(): Oracle {
  const events: OracleEvent[] = []
  const rows = new Map<string, RowHistory>()
  const applied = new Set<string>()
  return {
    events,
    rows,
    applied,
    told: new Map(),
    lagged: new Map(),
    note: (event) => {
      events.push({ n: events.length, ...event })
      if (event.kind !== 'applied') return
      for (const value of Object.values(event.body)) if (typeof value === 'string') applied.add(value)
    },
    rowOf: (vendor, id) => rows.get(`${vendor}|${id}`),
    changed: (vendor, id, row, at, by) => {
      const key = `${vendor}|${id}`
      const known = rows.get(key)
      if (row === null) {
        if (known !== undefined) {
          known.removedAt = at
          known.removedBy = by
        }
        return
      }
      const history = known ?? { vendor, id, since: at, removedAt: null, removedBy: null, row, values: new Map() }
      history.row = row
      rows.set(key, history)
      for (const [field, value] of Object.entries(row)) {
        const past = history.values.get(field) ?? []
        history.values.set(field, past)
        if (past.at(-1)?.value !== value) past.push({ value, at, n: events.length, by })
      }
    },
  }
}
