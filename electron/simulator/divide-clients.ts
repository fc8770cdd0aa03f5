export const CONNECTOR_IDS = ['endors', 'full-engage', 'spott', 'connect', 'clnt'] as const
export type ConnectorId = (typeof CONNECTOR_IDS)[number]

/** Shares of 1,024 clients, as the design shows them. */
const SHARES: Readonly<Record<ConnectorId, number>> = {
  'full-engage': 318,
  endors: 212,
  spott: 190,
  connect: 164,
  clnt: 140,
}
const ALL_SHARES = 1024

/** Divides `total` clients over the five vendors by largest remainder: the parts always add up to `total`. */
export function divideClients(total: number): Record<ConnectorId, number> {
  const exact = CONNECTOR_IDS.map((id) => ({ id, value: (total * SHARES[id]) / ALL_SHARES }))
  const counts: Record<ConnectorId, number> = { endors: 0, 'full-engage': 0, spott: 0, connect: 0, clnt: 0 }
  let left = total
  for (const { id, value } of exact) {
    counts[id] = Math.floor(value)
    left -= counts[id]
  }
  const byRemainder = exact.toSorted((a, b) => (b.value % 1) - (a.value % 1))
  for (const { id } of byRemainder.slice(0, left)) {
    counts[id] += 1
  }
  return counts
}
