/**
 * What must never happen, remembered for the "about" page of a bug report: newest first, without any client's data.
 * The page has no log of its own and writes nothing to the console.
 */
const incidents: { readonly incident: string; readonly what: string; readonly cause: string }[] = []

const KEPT = 50

export function reportBug(what: string, cause: unknown): string {
  const incident = crypto.randomUUID().slice(0, 8)
  incidents.unshift({ incident, what, cause: cause instanceof Error ? cause.name : typeof cause })
  incidents.length = Math.min(incidents.length, KEPT)
  return incident
}

export function reportedBugs(): readonly {
  readonly incident: string
  readonly what: string
  readonly cause: string
}[] {
  return incidents
}
