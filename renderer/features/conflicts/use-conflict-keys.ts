import { type RefObject, useEffect, useRef } from 'react'
import type { ConflictId } from '../../../shared/ids.ts'
import type { ConflictChoice } from '../../../shared/model/conflict.ts'
import { useSettings } from '../../state/host-state.ts'
import type { ConflictView } from '../../store/store-contract.ts'
import { type Choices, type ConflictSubject, subjectsOf } from './conflict-words.ts'

/**
 * M and T decide the field that has the focus, or the first open one, and go on to the next; Ctrl/Cmd+Enter resolves
 * the card that has the focus, or the first. Cards carry `data-conflict-id`, decisions `data-subject`.
 */
export function useConflictKeys(props: {
  readonly open: readonly ConflictView[]
  readonly choices: Readonly<Partial<Record<ConflictId, Choices>>>
  readonly onChoose: (conflict: ConflictView, subject: ConflictSubject, choice: ConflictChoice) => void
  readonly onResolve: (conflict: ConflictView) => void
}): RefObject<HTMLUListElement | null> {
  const list = useRef<HTMLUListElement | null>(null)
  const { singleKeyShortcuts } = useSettings()
  const latest = useRef(props)
  latest.current = props

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const { open, choices, onChoose, onResolve } = latest.current
      if (event.defaultPrevented || document.querySelector('[aria-modal="true"]') !== null) return
      const target = event.target instanceof HTMLElement ? event.target : null
      const focusedId = target?.closest('[data-conflict-id]')?.getAttribute('data-conflict-id')
      const conflict = open.find((each) => each.conflictId === focusedId) ?? open[0]
      if (conflict === undefined) return
      if ((event.ctrlKey || event.metaKey) && event.key === 'Enter') {
        event.preventDefault()
        onResolve(conflict)
        return
      }
      const choice = choiceOfKey(event)
      if (choice === null || !singleKeyShortcuts || isTyping(target)) return
      const subjects = subjectsOf(conflict)
      const focused = target?.closest('[data-subject]')?.getAttribute('data-subject')
      const made = choices[conflict.conflictId] ?? {}
      const subject =
        subjects.find((each) => each === focused) ??
        subjects.find((each) => made[each] === undefined) ??
        subjects[subjects.length - 1]
      if (subject === undefined) return
      event.preventDefault()
      onChoose(conflict, subject, choice)
      const next = subjects[subjects.indexOf(subject) + 1] ?? subject
      focusSubject(list.current, conflict.conflictId, next)
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [singleKeyShortcuts])

  return list
}

function choiceOfKey(event: KeyboardEvent): ConflictChoice | null {
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return null
  if (event.key === 'm') return 'mine'
  return event.key === 't' ? 'theirs' : null
}

function isTyping(target: HTMLElement | null): boolean {
  if (target === null) return false
  if (target instanceof HTMLInputElement) return target.type !== 'radio' && target.type !== 'checkbox'
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || target.isContentEditable
}

function focusSubject(list: HTMLUListElement | null, conflictId: string, subject: string): void {
  // After React has painted the choice: the chosen radio of the group takes the focus, else its first one.
  requestAnimationFrame(() => {
    const group = list?.querySelector(`[data-conflict-id="${conflictId}"] [data-subject="${subject}"]`)
    const radio = group?.querySelector<HTMLInputElement>('input:checked') ?? group?.querySelector('input')
    radio?.focus()
  })
}
