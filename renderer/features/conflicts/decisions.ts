import type { ConflictChoice } from '../../../shared/model/conflict.ts'
import { type FieldKey, type Fields, type FieldValue, sameFieldValue } from '../../../shared/model/field.ts'
import type { ConflictView } from '../../store/store-contract.ts'
import { type Choices, type ConflictSubject, subjectsOf } from './conflict-words.ts'

/** What the user has chosen on one card so far, and what he was looking at when he chose. */
export interface Decision {
  readonly choices: Choices
  /** Theirs of each field as it was shown at the moment of the choice. */
  readonly seen: Fields
  /** Fields that become a rule with this decision. */
  readonly always: readonly FieldKey[]
  /** Which of several clients at the source "theirs" means. */
  readonly candidate: string | null
}

export const NO_DECISION: Decision = { choices: {}, seen: {}, always: [], candidate: null }

export function choose(
  decision: Decision,
  conflict: ConflictView,
  subjects: readonly ConflictSubject[],
  choice: ConflictChoice,
): Decision {
  const seen: Partial<Record<FieldKey, FieldValue>> = { ...decision.seen }
  for (const field of conflict.fields) {
    if (subjects.includes('record') || subjects.includes(field.field)) seen[field.field] = field.theirs
  }
  return {
    ...decision,
    choices: { ...decision.choices, ...Object.fromEntries(subjects.map((subject) => [subject, choice])) },
    seen,
  }
}

/** Fields whose value of theirs has changed since it was chosen upon. */
export function movedFields(decision: Decision, conflict: ConflictView): readonly FieldKey[] {
  return conflict.fields
    .filter(({ field, theirs }) => field in decision.seen && !sameFieldValue(decision.seen[field], theirs))
    .map(({ field }) => field)
}

/**
 * What of a decision still stands: a choice holds for the values that were looked at. Where theirs has changed again,
 * it is asked anew (F156).
 */
export function standing(decision: Decision, conflict: ConflictView): Decision {
  const moved = movedFields(decision, conflict)
  const known = new Set<ConflictSubject>(subjectsOf(conflict))
  const choices: Partial<Record<ConflictSubject, ConflictChoice>> = {}
  for (const subject of known) {
    const choice = decision.choices[subject]
    const fell = subject === 'record' ? moved.length > 0 : moved.includes(subject)
    if (choice !== undefined && !fell) choices[subject] = choice
  }
  const candidate =
    decision.candidate !== null && conflict.candidates.includes(decision.candidate) ? decision.candidate : null
  return {
    ...decision,
    choices,
    candidate,
    always: decision.always.filter((field) => choices[field] !== undefined),
  }
}

/** Theirs as the card shows it now, for the store to compare. */
export function seenNow(conflict: ConflictView): Fields {
  return Object.fromEntries(conflict.fields.map(({ field, theirs }) => [field, theirs]))
}

/** Every subject has a choice, and of several candidates one is named where "theirs" is chosen. */
export function isReady(decision: Decision, conflict: ConflictView): boolean {
  const all = subjectsOf(conflict).every((subject) => decision.choices[subject] !== undefined)
  if (!all || conflict.kind !== 'duplicate' || decision.choices.record !== 'theirs') return all
  return conflict.candidates.length < 2 || decision.candidate !== null
}
