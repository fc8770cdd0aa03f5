import { useEffect, useRef, useState } from 'react'
import { type SyncStatus, syncStatus } from '../../shared/sync/sync-status.ts'
import { useCounts } from '../bridge/use-counts.ts'
import { useHostConnected, useNetwork, useSources, useSourcesKnown } from '../state/host-state.ts'
import { useSafetyTrouble } from './use-safety.ts'

const SLOWEST_CHANGE = 1000
/** How long a window may take to open before a silent core counts as away, in ms. */
const OPENING = 4000

/** The most urgent word for everything; changes at most once a second. */
export function useSyncStatus(): SyncStatus {
  const counts = useCounts()
  const sources = useSources()
  const network = useNetwork()
  const connected = useHostConnected()
  const known = useSourcesKnown()
  const trouble = useSafetyTrouble()
  const [patient, setPatient] = useState(true)
  useEffect(() => {
    const timer = setTimeout(() => setPatient(false), OPENING)
    return () => clearTimeout(timer)
  }, [])
  const now = syncStatus({
    sources,
    online: network.online,
    workOffline: network.workOffline,
    // While the window opens, the core has not had its chance to answer yet.
    connected: connected || patient,
    edits: counts?.edits ?? 0,
    needsAttention: counts?.needsAttention ?? 0,
    conflicts: counts?.conflicts ?? 0,
    safety: trouble ? 'trouble' : 'ok',
    storage: !known && patient ? 'opening' : (counts?.storage ?? 'opening'),
  })
  const key = JSON.stringify(now)
  const [shown, setShown] = useState(now)
  const changedAt = useRef(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` stands for the value of `now`
  useEffect(() => {
    const wait = Math.max(0, changedAt.current + SLOWEST_CHANGE - Date.now())
    const timer = setTimeout(() => {
      changedAt.current = Date.now()
      setShown(now)
    }, wait)
    return () => clearTimeout(timer)
  }, [key])
  return shown
}
