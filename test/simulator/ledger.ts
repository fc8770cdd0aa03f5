import type { Store } from '../../renderer/store/create-store.ts'
import type { ClientId } from '../../shared/ids.ts'
import type { Oracle } from './world/oracle.ts'

/** One value that a user has saved. Values are unique, so each can be told wherever it turns up. */
export interface Intent {
  readonly value: string
  clientId: ClientId | null
  readonly field: string
  /** Of a create: the name that it is recognised by at the source. */
  readonly creates: boolean
  readonly askedAt: number
  /** When "saved" was shown; null while it was not. */
  savedAt: number | null
  /** `info`: nobody said whether it was saved, as after a crash in between. */
  state: 'asked' | 'ok' | 'refused' | 'info'
  /** Where a copy is known to be. */
  inDatabase: boolean
  inJournal: boolean
  /** The user has given it up, or both copies were destroyed before a third could be made. */
  released: string | null
  /** Looks just like a client that the source had before. */
  isTwin: boolean
  /** A command that takes values away was given while this one was still being saved: it may have met it. */
  met: string | null
}

/** The edits that the app has said to have saved: none may be lost, whatever happens (I1, I11). */
export class Ledger {
  readonly intents: Intent[] = []
  /** A command that takes values away ended without an answer: what is missing next was meant to be. */
  #forgiveOnce = false

  open(value: string, clientId: ClientId | null, field: string, creates: boolean, askedAt: number): Intent {
    const intent: Intent = {
      value,
      clientId,
      field,
      creates,
      askedAt,
      savedAt: null,
      state: 'asked',
      inDatabase: false,
      inJournal: false,
      released: null,
      isTwin: false,
      met: null,
    }
    this.intents.push(intent)
    return intent
  }

  saved(intent: Intent, savedAt: number, copies: 'both' | 'one'): void {
    intent.savedAt = savedAt
    intent.state = 'ok'
    intent.inDatabase = true
    intent.inJournal = copies === 'both'
  }

  /** The store says that no commit waits for its second copy. */
  allJournaled(): void {
    for (const intent of this.intents) if (intent.state === 'ok' && intent.inDatabase) intent.inJournal = true
  }

  /** The database went back, or away. What has no second copy may be gone. */
  databaseLost(): void {
    for (const intent of this.intents) {
      intent.inDatabase = false
      if (!intent.inJournal && intent.released === null) intent.released = 'no second copy yet'
    }
  }

  journalLost(): void {
    for (const intent of this.intents) {
      intent.inJournal = false
      if (!intent.inDatabase && intent.released === null) intent.released = 'both copies lost'
    }
  }

  /** Two clients are one: the later word on a field takes the place of the other's. */
  merged(from: ClientId, into: ClientId): void {
    for (const intent of this.intents) if (intent.clientId === from) intent.clientId = into
  }

  release(clientId: ClientId, why: string): void {
    for (const intent of this.intents)
      if (intent.clientId === clientId && intent.released === null) intent.released = why
  }

  forgiveOnce(): void {
    this.#forgiveOnce = true
  }

  live(): readonly Intent[] {
    return this.intents.filter((intent) => intent.state === 'ok' && intent.released === null)
  }

  /** Values that were there before a user's command and are not after it: taken away as asked. */
  async around<T>(texts: () => string | null, oracle: Oracle, why: string, command: () => Promise<T>): Promise<T> {
    const before = texts()
    for (const intent of this.intents) if (intent.state === 'asked' || intent.state === 'info') intent.met = why
    this.#forgiveOnce = true
    const done = await command()
    const after = texts()
    this.#forgiveOnce = false
    if (before === null || after === null) {
      this.#forgiveOnce = true
      return done
    }
    for (const intent of this.live()) {
      if (before.includes(intent.value) && !after.includes(intent.value) && !oracle.applied.has(intent.value)) {
        intent.released = why
      }
    }
    return done
  }

  /** The newest value was undone when it may have left already: an edit of its own takes it back, now or later. */
  takenBack(): void {
    const newest = this.live().reduce<Intent | null>(
      (last, intent) => (last === null || intent.askedAt >= last.askedAt ? intent : last),
      null,
    )
    if (newest !== null) newest.released = 'undo'
  }

  superseded(intent: Intent): boolean {
    return this.intents.some(
      (other) =>
        other !== intent &&
        other.clientId === intent.clientId &&
        other.field === intent.field &&
        (other.state === 'ok' || other.state === 'info' || other.state === 'asked') &&
        (other.savedAt === null || other.savedAt > intent.askedAt),
    )
  }

  /** What is nowhere to be found although it was saved. */
  check(store: Store, oracle: Oracle): readonly string[] {
    const text = bookText(store)
    const lost: string[] = []
    for (const intent of this.live()) {
      if (text.includes(intent.value) || oracle.applied.has(intent.value) || this.superseded(intent)) {
        if (text.includes(intent.value)) intent.inDatabase = true
        continue
      }
      if (intent.met !== null) intent.released = intent.met
      else if (this.#forgiveOnce) intent.released = 'a command without an answer'
      else {
        intent.released = 'lost'
        lost.push(`I1 ${intent.field} ${intent.value} of ${intent.clientId ?? 'a new client'} was saved and is nowhere`)
      }
    }
    this.#forgiveOnce = false
    return lost
  }
}

/** Everything in the store that cannot be pulled again, as one text. */
export function bookText(store: Store): string {
  const { book } = store.context
  return JSON.stringify([
    [...book.edits.values()],
    [...book.overlays.values()],
    [...book.conflicts.values()],
    [...book.locals.values()],
    [...book.tombstones.values()].map(({ fields }) => fields),
  ])
}
