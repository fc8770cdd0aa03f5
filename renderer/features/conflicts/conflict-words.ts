import type { ConflictChoice } from '../../../shared/model/conflict.ts'
import type { FieldKey } from '../../../shared/model/field.ts'
import type { CandidateView, ConflictView } from '../../store/store-contract.ts'
import { FIELD_LABELS } from '../../text/field-labels.ts'
import { formatCount } from '../../text/format.ts'

/** What a decision is about: a field of the conflict, or the client as a whole where a side deleted it. */
export type ConflictSubject = ConflictView['fields'][number]['field'] | 'record'
export type Choices = Readonly<Partial<Record<ConflictSubject, ConflictChoice>>>

/** One decision per changed field; one for the whole client where it is gone, deleted or there several times. */
export function subjectsOf(conflict: ConflictView): readonly ConflictSubject[] {
  return conflict.kind === 'field' ? conflict.fields.map((field) => field.field) : ['record']
}

export function decidedCount(conflict: ConflictView, choices: Choices): number {
  return subjectsOf(conflict).filter((subject) => choices[subject] !== undefined).length
}

export function isDecided(conflict: ConflictView, choices: Choices): boolean {
  return decidedCount(conflict, choices) === subjectsOf(conflict).length
}

export function decideAll(conflict: ConflictView, choice: ConflictChoice): Choices {
  return Object.fromEntries(subjectsOf(conflict).map((subject) => [subject, choice]))
}

/** What the store wants to hear: a decision about the whole client holds for each of its fields too. */
export function storeChoices(conflict: ConflictView, choices: Choices): Choices {
  const { record } = choices
  if (conflict.kind === 'field' || record === undefined) return choices
  return { ...Object.fromEntries(conflict.fields.map((field) => [field.field, record])), record }
}

/** The one sentence of what happened. */
export function whatHappened(conflict: ConflictView, sourceName: string): string {
  switch (conflict.kind) {
    case 'field': {
      const merged = conflict.merged.length === 0 ? '' : ` ${conflict.merged.length} more merged on its own.`
      return `Both sides changed ${formatCount(conflict.fields.length, 'field')}.${merged}`
    }
    case 'gone':
      return `Deleted at ${sourceName} while your edit waited.`
    case 'changed-before-delete':
      return `You deleted it, but ${sourceName} changed it first.`
    case 'duplicate':
      return `Sent once without an answer; ${sourceName} now has ${formatCount(conflict.candidates.length, 'client')} like it.`
  }
}

/** What is asked anew, because theirs changed after it had been chosen upon. */
export function movedText(fields: readonly FieldKey[], sourceName: string): string {
  const names = fields.map((field) => FIELD_LABELS[field])
  const last = names.pop() ?? 'it'
  const what = names.length === 0 ? last : `${names.join(', ')} and ${last}`
  return `${sourceName} changed ${what} again after you chose. The new value is shown; choose anew.`
}

/** A candidate by what is known of it: the name, or why it is one, and what tells it from the others. */
export function candidateParts(candidate: CandidateView): { readonly lead: string; readonly rest: readonly string[] } {
  const rest = [candidate.email, candidate.phone].filter((part) => part !== null)
  return { lead: candidate.name ?? 'Matches what was sent', rest }
}

/** What each side does where the whole client is decided; the words after `Keep mine` and `Take theirs`. */
export function recordChoiceWords(
  conflict: ConflictView,
  sourceName: string,
): Readonly<Record<ConflictChoice, { readonly value: string; readonly effect: string; readonly gone: boolean }>> {
  switch (conflict.kind) {
    case 'changed-before-delete':
      return {
        mine: { value: 'Delete this client', effect: `remove it at ${sourceName} too`, gone: true },
        theirs: { value: 'Keep this client', effect: `with the changes of ${sourceName}`, gone: false },
      }
    case 'duplicate':
      return {
        mine: { value: 'Create one more', effect: `send it to ${sourceName} again`, gone: false },
        theirs: {
          value: arrived(conflict),
          effect: conflict.candidates.length > 1 ? 'it is the one chosen below' : 'it is the one there',
          gone: false,
        },
      }
    default:
      return {
        mine: { value: 'Keep this client', effect: `create again at ${sourceName}`, gone: false },
        theirs: { value: 'Gone at the source', effect: 'remove here too', gone: true },
      }
  }
}

/** `It has arrived`, and as whom, where there is only one it can be. */
function arrived(conflict: ConflictView): string {
  const [only, ...others] = conflict.candidateViews
  if (only === undefined || others.length > 0 || only.name === null) return 'It has arrived'
  return `It has arrived: ${[only.name, ...candidateParts(only).rest].join(', ')}`
}

/** The line at the foot: how many are decided, or what `Resolve` will do. */
export function footLine(conflict: ConflictView, choices: Choices, sourceName: string, hasCandidate = true): string {
  const of = subjectsOf(conflict).length
  const decided = decidedCount(conflict, choices)
  if (conflict.kind === 'field') {
    return `${decided} of ${of} decided. The value you leave out stays in the timeline.`
  }
  const choice = choices.record
  if (choice === undefined) return 'Nothing happens until you choose.'
  if (conflict.kind === 'duplicate' && choice === 'theirs' && conflict.candidates.length > 1 && !hasCandidate) {
    return `Choose which client at ${sourceName} is yours.`
  }
  const name = conflict.clientName
  if (conflict.kind === 'gone') {
    return choice === 'mine'
      ? `Resolve creates ${name} again at ${sourceName}, with ${formatCount(conflict.recreateFields, 'field')}.`
      : `Resolve removes ${name} here too; the edit is taken back.`
  }
  if (conflict.kind === 'changed-before-delete') {
    return choice === 'mine'
      ? `Resolve deletes ${name} at ${sourceName}.`
      : `Resolve keeps ${name} as ${sourceName} has it.`
  }
  return choice === 'mine'
    ? `Resolve sends ${name} to ${sourceName} once more.`
    : `Resolve sends nothing; the client at ${sourceName} becomes this one.`
}

/** What the folded card says after Resolve. */
export function resolvedLine(conflict: ConflictView, choices: Choices, sourceName: string): string {
  const values = subjectsOf(conflict).map((subject) => choices[subject])
  if (conflict.kind !== 'field')
    return footLine(conflict, choices, sourceName)
      .replace(/^Resolve /, '')
      .replace(/^./, upper)
  if (values.every((value) => value === 'mine')) return `Yours kept. It goes to ${sourceName} with the next sync.`
  if (values.every((value) => value === 'theirs')) return `Theirs taken. Nothing is sent.`
  const mine = values.filter((value) => value === 'mine').length
  return `${formatCount(mine, 'value')} of yours kept, ${formatCount(values.length - mine, 'value')} of ${sourceName} taken.`
}

function upper(letter: string): string {
  return letter.toUpperCase()
}

/** Splits a text into words and marks those that the other text does not have in the same order (longest common run). */
export function markDifferences(
  text: string,
  other: string,
): readonly { readonly text: string; readonly differs: boolean }[] {
  const words = text.split(/(\s+)/)
  const otherWords = other.split(/(\s+)/)
  if (words.length > 400 || otherWords.length > 400) return [{ text, differs: false }]
  const common = commonWords(words, otherWords)
  const parts: { text: string; differs: boolean }[] = []
  words.forEach((word, index) => {
    if (word === '') return
    const differs = !common.has(index) && word.trim() !== ''
    const last = parts.at(-1)
    if (last !== undefined && (last.differs === differs || (word.trim() === '' && last.differs))) last.text += word
    else parts.push({ text: word, differs })
  })
  return parts
}

/** Indexes of `a` that belong to a longest common subsequence of both. */
function commonWords(a: readonly string[], b: readonly string[]): ReadonlySet<number> {
  const width = b.length + 1
  const lengths = new Uint16Array((a.length + 1) * width)
  const at = (i: number, j: number): number => lengths[i * width + j] ?? 0
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      lengths[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
    }
  }
  const common = new Set<number>()
  let i = 0
  let j = 0
  while (i < a.length && j < b.length) {
    if (a[i] === b[j]) {
      common.add(i)
      i++
      j++
    } else if (at(i + 1, j) >= at(i, j + 1)) i++
    else j++
  }
  return common
}
