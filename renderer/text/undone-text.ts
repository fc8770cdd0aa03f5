import type { Undone } from '../store/store-contract.ts'

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
        : `Undone. The rule is gone and what it decided is open again.`
    case 'tray':
      return compensating
        ? `${name} had been created at the source. A delete waits in Queue.`
        : `Undone. ${name} is in Removed clients again.`
  }
}
