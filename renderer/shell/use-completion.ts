import { type KeyboardEvent, useState } from 'react'
import { type Completion, type Completions, completeQuery } from './complete-query.ts'
import type { KnownValues } from './completion-values.ts'

export interface CompletionList {
  /** Null: no list is open, and every key means what it means without one. */
  readonly open: Completions | null
  /** The option that Enter would take; null as long as nobody has gone into the list. */
  readonly at: number | null
  readonly setAt: (at: number | null) => void
  /** Opens the list of all filters, at the end of what will stand in the box. */
  readonly ask: (text: string) => void
  readonly close: () => void
  /** True where the key was the list's. */
  readonly onKeyDown: (event: KeyboardEvent<HTMLInputElement>) => boolean
}

/** The list of what could be typed next: it opens by itself, and stays away from where it was closed. */
export function useCompletion(
  text: string,
  caret: number,
  known: KnownValues,
  focused: boolean,
  accept: (list: Completions, option: Completion) => void,
): CompletionList {
  // Where it was opened, closed or gone into: as soon as anything else is typed, none of that holds.
  const here = placeOf(caret, text)
  const [state, setState] = useState<{ here: string; at: number | null; mode: 'asked' | 'closed' | null }>({
    here,
    at: null,
    mode: null,
  })
  const { at, mode } = state.here === here ? state : { at: null, mode: null }
  const open = !focused || mode === 'closed' ? null : completeQuery(text, caret, known, mode === 'asked')

  const setAt = (next: number | null): void => setState({ here, at: next, mode })
  const ask = (next: string): void => setState({ here: placeOf(next.length, next), at: null, mode: 'asked' })
  const close = (): void => setState({ here, at: null, mode: 'closed' })

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): boolean => {
    const asks = (event.altKey && event.key === 'ArrowDown') || (event.ctrlKey && event.key === ' ')
    if (asks) {
      setState({ here, at: null, mode: 'asked' })
      return true
    }
    if (open === null || event.altKey || event.ctrlKey || event.metaKey) return false
    const count = open.options.length
    if (event.key === 'ArrowDown') setAt(at === null ? 0 : (at + 1) % count)
    else if (event.key === 'ArrowUp') setAt(at === null ? count - 1 : (at - 1 + count) % count)
    else if (event.key === 'Escape') close()
    else if ((event.key === 'Enter' || event.key === 'Tab') && at !== null && !event.shiftKey) {
      const option = open.options[at]
      if (option !== undefined) accept(open, option)
    } else return false
    return true
  }

  return {
    open,
    at: at === null || open === null ? null : Math.min(at, open.options.length - 1),
    setAt,
    ask,
    close,
    onKeyDown,
  }
}

function placeOf(caret: number, text: string): string {
  return `${caret} ${text}`
}
