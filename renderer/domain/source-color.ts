const KNOWN = new Set(['endors', 'full-engage', 'spott', 'connect', 'clnt'])

/** The colour role of a connector's sources. Connectors of the user's own share one grey. */
export function sourceColor(connectorId: string): string {
  return KNOWN.has(connectorId) ? `var(--src-${connectorId})` : 'var(--src-custom)'
}
