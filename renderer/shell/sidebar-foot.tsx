import { useCounts } from '../bridge/use-counts.ts'
import { coverageText } from '../domain/coverage.ts'
import { useSources } from '../state/host-state.ts'
import { formatCount } from '../text/format.ts'
import { useNow } from '../ui/use-now.ts'
import styles from './shell.module.css'

export function SidebarFoot() {
  const counts = useCounts()
  const sources = useSources()
  const now = useNow()
  return (
    <div className={styles.foot}>
      <div>{storedText(counts?.clients ?? null)}</div>
      <div>{sources.length === 0 ? 'Your book lives on this device' : coverageText(sources, now, 'time')}</div>
    </div>
  )
}

/** Before the store has spoken, nothing is said of it. */
function storedText(clients: number | null): string {
  if (clients === null) return 'Opening your book'
  return clients === 0 ? 'Nothing stored yet' : `${formatCount(clients, 'client')} on this device`
}
