import { useCallback, useEffect, useRef } from 'react'
import type { FormDraft } from '../../../shared/model/form-draft.ts'
import { formDrafts } from '../../state/this-page.ts'

/** Typing is not slowed by writing; this much of it a crash may take. */
const PAUSE_MS = 300

/**
 * Keeps what is typed until the form is done with: over a crash, a reload, another client in the pane, and the end of
 * the app. `isChanged` false keeps nothing; `isContinued` where the form began with a draft. Call the answer when it was
 * saved, or given up.
 */
export function useFormDraft(
  draft: Pick<FormDraft, 'form' | 'id' | 'name' | 'shown' | 'values' | 'sourceId'>,
  isChanged: boolean,
  isContinued: boolean,
): () => void {
  /** A form that kept nothing has nothing to drop: it may lie beside an older draft that is still to be offered. */
  const latest = useRef({ draft, isChanged, done: false, isKept: isContinued })
  latest.current = { ...latest.current, draft, isChanged }

  const write = useCallback((): void => {
    const now = latest.current
    const isWanted = now.isChanged && !now.done
    if (isWanted) formDrafts.keep(now.draft)
    else if (now.isKept) formDrafts.drop(now.draft.form, now.draft.id)
    now.isKept = isWanted
  }, [])

  // biome-ignore lint/correctness/useExhaustiveDependencies: what is typed is the reason to write
  useEffect(() => {
    const timer = setTimeout(write, PAUSE_MS)
    return () => clearTimeout(timer)
  }, [write, draft.values, draft.sourceId, isChanged])

  useEffect(() => {
    window.addEventListener('pagehide', write)
    return () => {
      window.removeEventListener('pagehide', write)
      write()
    }
  }, [write])

  return useCallback(() => {
    latest.current.done = true
    write()
  }, [write])
}
