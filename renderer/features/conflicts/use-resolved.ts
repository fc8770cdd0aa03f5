import { useCallback, useEffect, useRef, useState } from 'react'
import type { ConflictId } from '../../../shared/ids.ts'
import type { ConflictView } from '../../store/store-contract.ts'
import type { Resolved } from './resolved-line.tsx'

type Listed = readonly ConflictView[] | null

interface Folded extends Resolved {
  /** The list as it was when this was decided. A later one that has it again says that it was opened again. */
  readonly before: Listed
}

/** Folded cards stay where they were until the place is left, so that nothing jumps, or until they are opened again. */
export function useResolved(listed: Listed): {
  readonly resolved: readonly Resolved[]
  readonly addResolved: (resolved: Resolved) => void
  readonly forgetResolved: (conflictId: ConflictId) => void
} {
  const [resolved, setResolved] = useState<readonly Folded[]>([])
  const latest = useRef(listed)
  latest.current = listed
  useEffect(() => {
    setResolved((all) => {
      const folded = all.filter(
        ({ before, conflict }) => before === listed || !listed?.some((each) => each.conflictId === conflict.conflictId),
      )
      return folded.length === all.length ? all : folded
    })
  }, [listed])
  const addResolved = useCallback(
    (one: Resolved) => setResolved((all) => [...all, { ...one, before: latest.current }]),
    [],
  )
  const forgetResolved = useCallback(
    (id: ConflictId) => setResolved((all) => all.filter((each) => each.conflict.conflictId !== id)),
    [],
  )
  return { resolved, addResolved, forgetResolved }
}
