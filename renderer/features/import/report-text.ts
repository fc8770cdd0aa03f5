import { formatCount } from '../../text/format.ts'
import { problemText, refusedFileText, remarkText } from './import-words.ts'
import type { ImportState } from './use-import.ts'

/** What came of it, in one or two sentences. */
export function reportLead({ done, plan, ending, fileName, error }: ImportState): string {
  const parts = [
    ...(done.created > 0 || done.filled === 0 ? [`${formatCount(done.created, 'client')} came in`] : []),
    ...(done.filled > 0 ? [`${formatCount(done.filled, 'client')} filled`] : []),
  ]
  const all = `${parts.join(', ')} from ${fileName}.`
  const rest = plan === null ? 0 : plan.total - done.rows
  if (ending === 'complete' || plan === null) return all
  const why = ending === 'cancelled' ? 'You stopped it.' : error === null ? '' : refusedFileText(error)
  return `${all} ${why} ${formatCount(rest, 'row')} of the file ${rest === 1 ? 'was' : 'were'} not looked at: import it again for those, the others are found and skipped.`
}

/** The report as text, to be copied: all that the dialog lists, line by line. */
export function reportText(state: ImportState): string {
  const { plan, view, late } = state
  const lines = [reportLead(state)]
  if (plan !== null) {
    if (plan.skips > 0) lines.push(`${formatCount(plan.skips, 'possible duplicate')} skipped.`)
    if (plan.refused > 0) lines.push(`${formatCount(plan.refused, 'row')} could not come in.`)
    for (const each of plan.duplicates) {
      lines.push(
        `Line ${each.line}: ${each.name}: ${each.client === null ? `as line ${each.ofLine}` : `as ${each.client.name}`}`,
      )
    }
    if (plan.duplicateCount > plan.duplicates.length) {
      lines.push(`and ${formatCount(plan.duplicateCount - plan.duplicates.length, 'more possible duplicate')}`)
    }
  }
  for (const problem of view?.problems ?? [])
    lines.push(`Line ${problem.line}: ${problemText(problem)} ${problem.text}`)
  if (view !== null && view.problemCount > view.problems.length) {
    lines.push(
      `and ${formatCount(view.problemCount - view.problems.length, 'more line with a problem', 'more lines with problems')}`,
    )
  }
  for (const remark of [...(plan?.remarks ?? []), ...late]) {
    lines.push(`Line ${remark.line}: ${remark.name}: ${remarkText(remark)}`)
  }
  if (plan !== null && plan.remarkCount > plan.remarks.length) {
    lines.push(`and ${formatCount(plan.remarkCount - plan.remarks.length, 'more remark')}`)
  }
  if (view !== null && view.leftOut > 0) {
    lines.push(`${formatCount(view.leftOut, 'picture or key', 'pictures or keys')} left out.`)
  }
  return lines.join('\n')
}
