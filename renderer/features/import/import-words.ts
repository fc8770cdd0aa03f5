import type { AppError } from '../../../shared/app-error.ts'
import type { ColumnTarget } from '../../../shared/csv/guess-columns.ts'
import type { FileProblem } from '../../../shared/imports/read-client.ts'
import { FIELD_KEYS } from '../../../shared/model/field.ts'
import type { ImportDuplicate, ImportFileView, ImportPlan, ImportRemark } from '../../store/store-contract.ts'
import { errorLine } from '../../text/error-text.ts'
import { FIELD_LABELS } from '../../text/field-labels.ts'
import { formatCount } from '../../text/format.ts'
import { fieldProblemText } from '../../text/problem-text.ts'

export const TARGET_LABELS: readonly (readonly [ColumnTarget, string])[] = [
  ...FIELD_KEYS.map((field) => [field, FIELD_LABELS[field]] as const),
  ['keep', 'Notes, with the column’s name'],
  ['leave', 'Leave out'],
]

export const DELIMITER_LABELS = [
  [',', 'Comma'],
  [';', 'Semicolon'],
  ['\t', 'Tab'],
  ['|', 'Vertical bar'],
] as const

const ENCODING_LABELS = {
  'utf-8': '',
  'utf-16le': 'read as UTF-16',
  'utf-16be': 'read as UTF-16',
  'windows-1252': 'read as Windows-1252',
} as const

/** `contacts.vcf: 120 clients, 3 lines with problems, 2 pictures left out.` */
export function readText(view: ImportFileView, encoding: keyof typeof ENCODING_LABELS | null): string {
  const parts = [
    formatCount(view.clients, 'client'),
    ...(view.problemCount > 0 ? [formatCount(view.problemCount, 'line with a problem', 'lines with problems')] : []),
    ...(view.leftOut > 0 ? [`${formatCount(view.leftOut, 'picture or key', 'pictures or keys')} left out`] : []),
    ...(encoding === null || ENCODING_LABELS[encoding] === '' ? [] : [ENCODING_LABELS[encoding]]),
  ]
  return `${parts.join(', ')}.`
}

/** How many requests this will send, where, and when. */
export function sendsText(
  plan: ImportPlan,
  to: {
    readonly sourceName: string
    readonly deviceOnly: boolean
    readonly review: boolean
    readonly offline: boolean
  },
): string {
  const sentences: string[] = []
  if (plan.creates > 0 && plan.sends === 0) {
    sentences.push(`${formatCount(plan.creates, 'new client')}, on this device only: nothing is sent.`)
  }
  if (plan.sends > 0) {
    const requests = `${formatCount(plan.sends, 'request')} to ${to.sourceName}, one for each new client.`
    sentences.push(
      to.review
        ? `Queues ${requests} They wait in Queue until you release them.`
        : to.offline
          ? `Queues ${requests} They go once you are online.`
          : `Sends ${requests}`,
    )
  }
  if (plan.staysHere.length > 0 && plan.sends > 0) {
    const fields = plan.staysHere.map((field) => FIELD_LABELS[field])
    sentences.push(
      `${and(fields)} ${fields.length === 1 ? 'stays' : 'stay'} on this device: ${to.sourceName} does not take ${fields.length === 1 ? 'it' : 'them'}.`,
    )
  }
  if (plan.fills > 0) {
    sentences.push(
      `Fills empty fields of ${formatCount(plan.fills, 'client')} who ${plan.fills === 1 ? 'is' : 'are'} here${
        plan.fillSends === 0
          ? ', on this device'
          : `; ${formatCount(plan.fillSends, 'change')} of these ${plan.fillSends === 1 ? 'is' : 'are'} sent to their sources`
      }.`,
    )
  }
  if (plan.namesApart > 0 && plan.creates > 0) {
    sentences.push(
      `${formatCount(plan.namesApart, 'whole name is', 'whole names are')} taken apart at the last space: ${to.sourceName} has first and last names.`,
    )
  }
  return sentences.length === 0 ? 'Nothing new would come in.' : sentences.join(' ')
}

/** Words of the button that begins it. */
export function importLabel({ creates, fills }: ImportPlan): string {
  if (creates > 0 && fills > 0) return `Import ${formatCount(creates, 'client')}, fill ${fills}`
  if (fills > 0) return `Fill ${formatCount(fills, 'client')}`
  return `Import ${formatCount(creates, 'client')}`
}

const WHY: Readonly<Record<ImportDuplicate['why'], string>> = {
  uid: 'was exported from here',
  email: 'has the same e-mail address',
  phone: 'has the same phone number',
  name: 'has the same name and company',
}

export function duplicateText(duplicate: ImportDuplicate, clientName: string | null): string {
  const who = clientName ?? `Line ${duplicate.ofLine ?? 0} of this file`
  return `${who} ${duplicate.client === null ? `${WHY[duplicate.why]} and name`.replace('name and company and name', 'name and company') : WHY[duplicate.why]}.`
}

const PROBLEMS: Readonly<Record<FileProblem['code'], string>> = {
  'not-a-property': 'This line cannot be read. It is kept in the notes as it stands.',
  'outside-card': 'This line belongs to no card. It is left out.',
  'card-not-ended': 'The card is not closed. It is read up to here.',
  group: 'A group of people, and no person. It is left out.',
  empty: 'Nothing that a client is made of. It is left out.',
  'line-too-long': 'Longer than a value can be. It is cut.',
  'nested-card': 'A card inside a card. The inner one is left out.',
  'more-cells': 'More cells than there are columns. The rest is kept in the notes.',
  'fewer-cells': 'Fewer cells than there are columns. Check that none is missing.',
  'quote-not-closed': 'A quote is opened and never closed. The row is left out; reading goes on with the next line.',
  'quote-inside': 'A quote stands in the middle of a cell. Check what was read.',
  'quotes-are-text': 'Too many quotes are never closed. From here on they are read as text.',
}

export function problemText(problem: FileProblem): string {
  return PROBLEMS[problem.code]
}

export function remarkText({ code, field, rule, text }: ImportRemark): string {
  const label = FIELD_LABELS[field] ?? 'Value'
  switch (code) {
    case 'kept-in-notes':
      return `“${text}” is no ${label.toLowerCase()} that can be stored. ${fieldProblemText(rule ?? '', label)} It goes into the notes.`
    case 'named-by':
      return `Has no name. The ${label.toLowerCase()} stands for it: ${text}.`
    case 'https-added':
      return `${label} “${text}” gets https:// in front.`
    case 'notes-cut':
      return `The notes are longer than 20,000 characters. What comes after that is left out, from “${text}” on.`
    case 'refused':
      return `Cannot come in. ${fieldProblemText(rule ?? '', label)}`
    case 'not-filled':
      return rule === 'changed-meanwhile' || rule === 'client'
        ? 'Not filled: the client has changed since.'
        : `Not filled. ${fieldProblemText(rule ?? '', label)}`
  }
}

/** Why a file was refused whole. */
export function refusedFileText(error: AppError): string {
  if (error.code !== 'bad-input') return errorLine(error, { sourceName: 'This device', during: 'edit' })
  switch (error.rule) {
    case 'too-large':
      return 'It is larger than 64 MB. Split it, then import the parts.'
    case 'too-many':
      return 'It has more than 200,000 rows. Split it, then import the parts.'
    case 'empty':
      return 'There is nothing in it.'
    case 'not-text':
      return 'It is no text file. Save a spreadsheet as CSV first, then import that.'
    case 'not-a-vcard':
      return 'No vCard is in it. Export the contacts again as vCard, or choose a CSV file.'
    case 'unreadable':
      return 'It cannot be read. Check that it is still there, then choose it again.'
    default:
      return 'It cannot be read as vCard or CSV. Choose another file.'
  }
}

export function and(parts: readonly string[]): string {
  const last = parts.at(-1) ?? ''
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(', ')} and ${last}`
}
