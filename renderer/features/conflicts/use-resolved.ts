import { useCallback, useEffect, useState } from 'react'
import type { ConflictId } from '../../../shared/ids.ts'
import type { ConflictView } from '../../store/store-contract.ts'
import type { Resolved } from './resolved-line.tsx'

interface Folded extends Resolved {
  /** The list has been seen without it: if it is there again, it was opened again. */
  readonly left: boolean
}

/** Folded cards stay where they were until the place is left, so that nothing jumps, or until they are opened again. */
export function useResolved(listed: readonly ConflictView[] | null): {
  readonly resolved: readonly Resolved[]
  readonly addResolved: (resolved: Resolved) => void
  readonly forgetResolved: (conflictId: ConflictId) => void
} {
  const [resolved, setResolved] = useState<readonly Folded[]>([])
  useEffect(() => {
    if (listed !== null) setResolved((all) => stillFolded(all, new Set(listed.map((each) => each.conflictId))))
  }, [listed])
  const addResolved = useCallback((one: Resolved) => setResolved((all) => [...all, { ...one, left: false }]), [])
  const forgetResolved = useCallback(
    (id: ConflictId) => setResolved((all) => all.filter((each) => each.conflict.conflictId !== id)),
    [],
  )
  return { resolved, addResolved, forgetResolved }
}

function stillFolded(all: readonly Folded[], listed: ReadonlySet<ConflictId>): readonly Folded[] {
  return all.flatMap((each) => {
    const isListed = listed.has(each.conflict.conflictId)
    if (isListed) return each.left ? [] : [each]
    return each.left ? [each] : [{ ...each, left: true }]
  })
}
