import type { ReactNode } from 'react'
import type { Mark } from '../store/store-contract.ts'

/** A text with what the search found in it marked. Places that do not fit, as after a change of the text, are left out. */
export function markText(text: string, marks: readonly Mark[] | undefined): ReactNode {
  if (marks === undefined || marks.length === 0) return text
  const parts: ReactNode[] = []
  let at = 0
  for (const [from, to] of marks) {
    if (from < at || to <= from || to > text.length) continue
    if (from > at) parts.push(text.slice(at, from))
    parts.push(<mark key={from}>{text.slice(from, to)}</mark>)
    at = to
  }
  if (at < text.length) parts.push(text.slice(at))
  return parts
}
