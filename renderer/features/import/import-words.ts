import type { AppError } from '../../../shared/app-error.ts'
import type { ColumnTarget } from '../../../shared/csv/guess-columns.ts'
import type { FileProblem } from '../../../shared/imports/read-client.ts'
import { FIELD_KEYS } from '../../../shared/model/field.ts'
import type { ImportDuplicate, ImportFileView, ImportPlan, ImportRemark } from '../../store/store-contract.ts'
import { errorLine } from '../../text/error-text.ts'
import { FIELD_LABELS } from '../../text/field-labels.ts'
import { formatCount } from '../../text/format.ts'

export const TARGET_LABELS: readonly (readonly [ColumnTarget, string])[] = [
  ...FIELD_KEYS.map((field) => [field, FIELD_LABELS[field]] as const),
  ['keep', 'Notes, under its name'],
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

/** `Ann Bell has the same phone number.` A row of the file itself has the same name as well. */
export function duplicateText(duplicate: ImportDuplicate): string {
  const { client, why, detail, ofLine } = duplicate
  const who = client === null ? `Line ${ofLine ?? 0} of this file` : client.name
  const also = client === null ? ' and name' : ''
  switch (why) {
    case 'uid':
      return `${who} was exported from here.`
    case 'email':
      return `${who} has the same e-mail address${also}.`
    case 'phone':
      return `${who} has the same phone number${also}.`
    case 'name':
      return `${who} has the same name${detail === '' ? '' : ' and company'}.`
  }
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

/** Why a value cannot be stored as it is (shared/model/validate-fields.ts). */
const RULES: Readonly<Record<string, string>> = {
  'needs-at': 'it has no @',
  'needs-local-part': 'nothing stands before the @',
  'needs-domain': 'the part after the @ is incomplete',
  'needs-dot': 'the part after the @ has no dot',
  'has-space': 'it has a space in it',
  'needs-digits': 'it has no digits',
  'needs-http': 'it is no web address',
  'not-a-url': 'it is no web address',
  'unknown-status': 'the source does not know it',
  'too-long': 'it is too long',
  'too-many': 'these are too many',
}

function ruleWords(rule: string | null): string {
  return (rule === null ? undefined : RULES[rule]) ?? 'it cannot be stored'
}

export function remarkText({ code, field, rule, text }: ImportRemark): string {
  const label = FIELD_LABELS[field] ?? 'Value'
  switch (code) {
    case 'kept-in-notes':
      return `“${text}” cannot be the ${label.toLowerCase()}: ${ruleWords(rule)}. It goes into the notes.`
    case 'named-by':
      return `Has no name. The ${label.toLowerCase()} stands for it: ${text}.`
    case 'https-added':
      return `${label} “${text}” gets https:// in front.`
    case 'notes-cut':
      return `The notes are longer than 20,000 characters. What comes after that is left out, from “${text}” on.`
    case 'refused':
      return rule === 'required' || rule === 'email-or-first-name'
        ? 'Cannot come in: nothing names this client.'
        : `Cannot come in: of ${label.toLowerCase()}, ${ruleWords(rule)}.`
    case 'not-filled':
      return rule === 'changed-meanwhile' || rule === 'client'
        ? 'Not filled: the client has changed since.'
        : `Not filled: of ${label.toLowerCase()}, ${ruleWords(rule)}.`
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
