import type { AppError } from '../../shared/app-error.ts'
import type { ImportReport } from '../../shared/model/unsent-work.ts'
import { errorLine } from './error-text.ts'
import { formatCount } from './format.ts'

/** `Exported 3 edits and 2 values of this device to clientele-unsent….json.` */
export function exportedText(fileName: string, edits: number, localValues: number): string {
  const parts = [
    ...(edits > 0 ? [formatCount(edits, 'edit')] : []),
    ...(localValues > 0 ? [formatCount(localValues, 'value of this device', 'values of this device')] : []),
  ]
  if (parts.length === 0) return `Nothing is unsent. ${fileName} holds an empty list.`
  return `Exported ${and(parts)} to ${fileName}.`
}

/** What came back with an import, in one or two sentences. What could not be placed is listed beside it. */
export function importedText(report: ImportReport): string {
  const back = [
    ...(report.edits > 0 ? [formatCount(report.edits, 'edit')] : []),
    ...(report.localValues > 0
      ? [formatCount(report.localValues, 'value of this device', 'values of this device')]
      : []),
    ...(report.clients > 0 ? [formatCount(report.clients, 'client')] : []),
    ...(report.conflicts > 0 ? [formatCount(report.conflicts, 'conflict')] : []),
  ]
  const sentences = [
    back.length === 0 ? 'Nothing new came back.' : `${and(back)} came back.`,
    report.edits === 0
      ? ''
      : report.edits === 1
        ? 'The edit is held until you release it.'
        : 'The edits are held until you release them.',
    report.known === 0 ? '' : `${formatCount(report.known, 'entry was', 'entries were')} here already.`,
    report.refused.length === 0 ? '' : `${formatCount(report.refused.length, 'entry', 'entries')} could not be placed:`,
  ]
  return sentences.filter((sentence) => sentence !== '').join(' ')
}

/** Why a file was refused whole; nothing of it was taken. */
export function importRefusedText(error: AppError): string {
  if (error.code !== 'bad-input') return errorLine(error, { sourceName: 'This device', during: 'edit' })
  switch (error.rule) {
    case 'not-unsent-work':
      return 'It is not a file of unsent work. Choose one that “Export unsent work” or a backup has written.'
    case 'damaged':
      return 'A part of it is missing or was changed. Choose another copy of the file.'
    case 'newer-format':
      return 'A newer Clientele wrote it. Install that version, then import it again.'
    case 'too-large':
      return 'It is larger than 64 MB, more than unsent work can be. Choose another file.'
    default:
      return 'It cannot be read as unsent work. Choose one that “Export unsent work” has written.'
  }
}

function and(parts: readonly string[]): string {
  const last = parts.at(-1) ?? ''
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(', ')} and ${last}`
}
