/**
 * What the user did and was told, beside what the vendors were asked: the evidence of a run, judged at its end.
 * As Jepsen does: `ok` is what the app called saved; what a crash cut off in between may have happened or not.
 */
export interface Intent {
  readonly kind: 'update' | 'create' | 'local'
  /** The client, by a name that never changes. For a create: the new client's name. */
  readonly client: string
  readonly field: 'Phone' | 'Name' | 'Email'
  /** Unique in the whole run. */
  readonly value: string
  readonly round: number
  status: 'invoked' | 'saved'
}

export interface FinalState {
  /** Values of a field at the vendor, for every client of this name: a double create shows as two. */
  readonly atVendor: (intent: Intent) => readonly (string | null)[]
  /** What the app shows for the client, or null where it shows no such client. */
  readonly inApp: (intent: Intent) => string | null
  /** How often a vendor applied a write with this value. */
  readonly applied: (intent: Intent) => number
}

export interface Verdict {
  readonly saved: number
  readonly cutOff: number
  readonly lost: readonly Intent[]
  readonly doubled: readonly Intent[]
}

/** Every intent that was called saved is there or was replaced by a later one; none was applied twice. Pure. */
export function judge(intents: readonly Intent[], state: FinalState): Verdict {
  const lost: Intent[] = []
  const doubled: Intent[] = []
  for (const intent of intents) {
    if (state.applied(intent) > 1) doubled.push(intent)
    if (intent.status !== 'saved') continue
    const shown = state.inApp(intent)
    const allowed = new Set(laterOf(intents, intent).map((later) => later.value))
    const isShown = shown !== null && (shown === intent.value || allowed.has(shown))
    if (intent.kind === 'local') {
      if (!isShown) lost.push(intent)
      continue
    }
    const values = state.atVendor(intent)
    const isThere = values.some((value) => value === intent.value || (value !== null && allowed.has(value)))
    if (!isThere || !isShown) lost.push(intent)
    if (intent.kind === 'create' && values.length > 1) doubled.push(intent)
  }
  const saved = intents.filter((intent) => intent.status === 'saved').length
  return { saved, cutOff: intents.length - saved, lost, doubled }
}

/** Later values of the same field: one that was saved or cut off may stand in the place of an earlier one. */
function laterOf(intents: readonly Intent[], intent: Intent): readonly Intent[] {
  return intents
    .slice(intents.indexOf(intent) + 1)
    .filter((later) => later.client === intent.client && later.field === intent.field)
}
