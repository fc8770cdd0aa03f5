import type { Notice } from '../store/store-contract.ts'
import { FIELD_LABELS } from './field-labels.ts'
import { formatCount, formatDate } from './format.ts'

/** What was found or repaired: what happened, what was kept, what to do. */
export interface NoticeText {
  readonly tone: 'quiet' | 'info' | 'warning' | 'danger'
  readonly lead: string
  readonly text: string
  /** Where the user can do something about it. */
  readonly action: 'queue' | 'settings' | 'client' | 'source' | null
}

/** Something of the user's may be lost, or waits for the user: the sync status says so until it is dismissed. */
const SERIOUS: ReadonlySet<Notice['kind']> = new Set(['both-lost', 'rows-held', 'rows-unreadable'])

export function isSerious(notice: Pick<Notice, 'kind'>): boolean {
  return SERIOUS.has(notice.kind)
}

export function noticeText(notice: Pick<Notice, 'kind' | 'facts' | 'at'>, sourceName: string, now: number): NoticeText {
  const { facts } = notice
  const work = workText(facts)
  switch (notice.kind) {
    case 'journal-rebuilt':
      return {
        tone: 'info',
        lead: 'The second copy of your edits was made anew.',
        text: 'It was missing or damaged in the profile folder. Nothing is lost.',
        action: null,
      }
    case 'database-replayed':
      return {
        tone: 'info',
        lead: 'Your newest changes were brought back.',
        text: `The end of the book was missing; ${work ?? 'what it held'} came from the second copy.`,
        action: null,
      }
    case 'database-rebuilt':
      return {
        tone: 'warning',
        lead: 'The book was empty and has been rebuilt.',
        text: `${work === null ? 'Your unsent work' : capital(work)} came from the second copy. Clients are read again from their sources.`,
        action: null,
      }
    case 'rows-held': {
      const edits = numberOf(facts.edits) ?? 1
      const wait = `${formatCount(edits, 'edit')} ${edits === 1 ? 'waits' : 'wait'} for a look.`
      return {
        tone: 'warning',
        lead: `${HELD_LEADS[String(facts.because)] ?? ''}${wait}`,
        text:
          HELD_TEXTS[String(facts.because)] ??
          'What became of them before is not certain, so none is sent unseen. Release or discard each in Queue.',
        action: 'queue',
      }
    }
    case 'both-lost': {
      const since = numberOf(facts.since)
      return {
        tone: 'danger',
        lead: 'The book and its second copy are both lost.',
        text: `Unsent edits and values of this device${since === null ? '' : ` made since ${formatDate(since, now)}`} are gone. Clients are read again from their sources. A backup or an exported file may have the rest.`,
        action: 'settings',
      }
    }
    case 'rows-unreadable':
      return {
        tone: 'warning',
        lead: `${formatCount(numberOf(facts.rows) ?? 1, 'entry', 'entries')} of the book could not be read.`,
        text: 'They are set aside, not deleted; everything else is here. Clients among them are read again from their source.',
        action: null,
      }
    case 'clock-off': {
      const minutes = numberOf(facts.minutes)
      return {
        tone: 'warning',
        lead: `The clock of this device is ${minutes === null ? 'wrong' : `${formatCount(Math.abs(minutes), 'minute')} off`}.`,
        text: `${sourceName} shows another time. Times shown here may be wrong; no edit depends on them. Set the clock of the device.`,
        action: null,
      }
    }
    case 'overlay-source-changed':
      return {
        tone: 'quiet',
        lead: `${sourceName} changed ${fieldWord(facts.field)}.`,
        text: 'Your own value on this device stays and is what shows.',
        action: 'client',
      }
    case 'import-done':
      return {
        tone: 'info',
        lead: 'The import is done.',
        text: `${work === null ? 'Everything in it was known here.' : `${capital(work)} came in; edits wait until you release them.`}`,
        action: 'queue',
      }
    case 'duplicate-keys':
      return {
        tone: 'quiet',
        lead: `${sourceName} names a value twice in one answer.`,
        text: 'The last of the two is what is stored, as every reader of such data does. Tell the makers of the source if a value looks wrong.',
        action: 'source',
      }
    case 'unasked-values':
      return {
        tone: 'warning',
        lead: `${sourceName} sends sensitive values although they are switched off.`,
        text: 'None of them was stored. Its makers may want to know.',
        action: 'source',
      }
    case 'edit-kept-here':
      return {
        tone: 'warning',
        lead: `${sourceName} ${KEPT_HERE_LEADS[String(facts.operation)] ?? 'does not take this edit'}.`,
        text:
          facts.operation === 'delete'
            ? 'The client is out of sight on this device only. The source still has it.'
            : 'What you wrote stays on this device and is shown as that.',
        action: 'client',
      }
    case 'import-cut': {
      const of = numberOf(facts.of) ?? 0
      return {
        tone: 'warning',
        lead: `The import of ${typeof facts.file === 'string' ? facts.file : 'a file'} was cut off.`,
        text: `Of its ${formatCount(of, 'row')}, ${numberOf(facts.done) ?? 0} are through; what came in is complete, and one undo takes it back. Import the file again for the rest: those who are here are found and skipped.`,
        action: null,
      }
    }
    case 'made-twice':
      return {
        tone: 'warning',
        lead: `${sourceName} has ${typeof facts.name === 'string' && facts.name !== '' ? facts.name : 'a new client'} twice.`,
        text: 'The same request seems to have arrived there two times. Both are listed here; delete the one that you do not want.',
        action: 'client',
      }
  }
}

/** Why edits are not sent unseen, where it is more than a repair. */
const HELD_LEADS: Readonly<Record<string, string>> = {
  copied: 'This profile is a copy. ',
  restored: 'This profile was put back from an older copy. ',
}
const HELD_TEXTS: Readonly<Record<string, string>> = {
  copied: 'The other one may send the same edits. Release in Queue only what is not sent there.',
  restored: 'Some may have been sent since that copy was made. Release or discard each in Queue.',
}

const KEPT_HERE_LEADS: Readonly<Record<string, string>> = {
  create: 'does not take new clients',
  update: 'does not take changes of this client',
  delete: 'does not delete clients',
}

/** `3 edits and 2 values of this device`, or null where the facts name none. */
function workText(facts: Notice['facts']): string | null {
  const edits = numberOf(facts.edits) ?? 0
  const values = numberOf(facts.localValues) ?? 0
  const changes = numberOf(facts.changes) ?? numberOf(facts.commits) ?? 0
  const parts = [
    ...(edits > 0 ? [formatCount(edits, 'edit')] : []),
    ...(values > 0 ? [formatCount(values, 'value of this device', 'values of this device')] : []),
  ]
  if (parts.length > 0) return parts.join(' and ')
  return changes > 0 ? formatCount(changes, 'change') : null
}

function fieldWord(field: string | number | undefined): string {
  const known = Object.entries(FIELD_LABELS).find(([key]) => key === field)
  return known === undefined ? 'a value' : known[1]
}

function numberOf(value: string | number | undefined): number | null {
  return typeof value === 'number' ? value : null
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
