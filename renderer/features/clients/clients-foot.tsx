import { useCounts } from '../../bridge/use-counts.ts'
import { CoverageNote } from '../../domain/coverage-note.tsx'
import { useNetwork } from '../../state/host-state.ts'
import { addressOf } from '../../state/route.ts'
import { formatCount, formatRelative } from '../../text/format.ts'
import { useNow } from '../../ui/use-now.ts'
import type { WindowState } from './client-window.ts'
import styles from './clients.module.css'

/** Number of results, what they rest on, who went, and at the right the newest change or the time the search took. */
export function ClientsFoot(props: { readonly state: WindowState }) {
  const { state } = props
  const removed = useCounts()?.tray ?? 0
  const network = useNetwork()
  const now = useNow()
  const searching = (state.query?.text ?? '') !== ''
  const offline = network.workOffline || !network.online
  return (
    <div className={styles.foot}>
      <span>{formatCount(state.total, searching ? 'result' : 'client')}</span>
      <CoverageNote />
      {removed > 0 && (
        <a className={styles.footLink} href={addressOf('removed')}>
          {formatCount(removed, 'removed client')}
        </a>
      )}
      <span className="spring" />
      <span>
        {offline
          ? 'Offline: edits wait here'
          : searching && state.tookMs !== null
            ? `${Math.max(1, Math.round(state.tookMs))} ms`
            : state.newestAt === null
              ? ''
              : `Newest change ${formatRelative(state.newestAt, now)}`}
      </span>
    </div>
  )
}
