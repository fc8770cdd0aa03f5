import type { AppError } from '../../shared/app-error.ts'
import type { ImportUndone, Undone } from '../store/store-contract.ts'
import { errorLine } from './error-text.ts'
import { formatCount } from './format.ts'

/** What Ctrl/Cmd+Z did: taken back as if it had never been, or, where it had been sent, undone by another edit. */
export function undoneText(undone: Undone): string {
  const { clientName: name, what, compensating } = undone
  switch (what) {
    case 'edit':
    case 'discard':
    case 'resolve':
      if (compensating) return `The edit of ${name} had been sent. One that puts the former values back waits in Queue.`
      if (what === 'edit') return `Undone. The edit of ${name} is taken back; nothing was sent.`
      return what === 'discard'
        ? `Undone. The edit of ${name} is back in Queue.`
        : `Undone. ${name} is open again in Conflicts.`
    case 'local-values':
      return `Undone. The values of ${name} on this device are as before.`
    case 'create':
      return compensating
        ? `${name} had been created at the source. A delete waits in Queue.`
        : `Undone. ${name} is gone again; nothing was sent.`
    case 'delete':
      return compensating
        ? `${name} had been deleted at the source. An edit that creates it again waits in Queue.`
        : `Undone. ${name} stays.`
    case 'rule':
      return compensating
        ? `What the rule decided about ${name} had been sent. An edit that puts the former values back waits in Queue.`
        : `Undone. The rule is gone, and what it decided and has not been sent is open again.`
    case 'import':
      return undone.imported === undefined
        ? undone.bulk === true
          ? `The change (${name}) is taken back.`
          : `The import of ${name} is taken back.`
        : undone.bulk === true
          ? importUndone(`the change (${name})`, `the change (${name})`, undone.imported)
          : importUndone(`the import of ${name}`, name, undone.imported)
    case 'tray':
      return compensating
        ? `${name} had been created at the source. A delete waits in Queue.`
        : `Undone. ${name} is in Removed clients again.`
  }
}

function importUndone(work: string, subject: string, done: ImportUndone): string {
  const parts = [
    ...(done.clients > 0
      ? [`${formatCount(done.clients, 'client')} ${done.clients === 1 ? 'is' : 'are'} gone again`]
      : []),
    ...(done.restored > 0
      ? [`${formatCount(done.restored, 'client')} ${done.restored === 1 ? 'is' : 'are'} back`]
      : []),
    ...(done.filled > 0 ? [`${formatCount(done.filled, 'client')} as before`] : []),
  ]
  const sentences = [
    parts.length === 0 ? `Nothing of ${work} could be taken back.` : `Undone: of ${subject}, ${parts.join(', ')}.`,
    done.compensating === 0
      ? ''
      : `${formatCount(done.compensating, 'one had', 'of them had')} been sent; what takes ${done.compensating === 1 ? 'it' : 'them'} back waits in Queue.`,
    done.stay === 0
      ? ''
      : `${formatCount(done.stay, 'client stays', 'clients stay')}: sent to a source that takes no deletes, or changed since.`,
    done.underWay === 0 ? '' : `${formatCount(done.underWay, 'is', 'are')} being sent: undo again in a moment.`,
  ]
  return sentences.filter((sentence) => sentence !== '').join(' ')
}

/** Why the last step stays as it is. Nothing older is undone in its place. */
export function undoRefusedText(error: AppError): string {
  if (error.code !== 'bad-input')
    return `Nothing was undone. ${errorLine(error, { sourceName: 'This device', during: 'edit' })}`
  switch (error.rule) {
    case 'in-flight':
      return 'The last edit is being sent. Undo it once its answer is here.'
    case 'changed-meanwhile':
      return 'Nothing was undone: it was changed again since. Put single values back from the timeline.'
    case 'client-gone':
      return 'Nothing was undone: the client is gone. Look in Removed clients.'
    case 'sent-create-stays':
      return 'Nothing was undone: the source has the new client and takes no deletes. Delete it there.'
    case 'deleted-at-source':
      return 'Nothing was undone: the source has deleted it. Look in Removed clients.'
    case 'already-sent':
      return 'Nothing was undone: it has been sent by now. Put the former value back from the timeline.'
    default:
      return 'Nothing was undone. The last step stays as it is.'
  }
}
