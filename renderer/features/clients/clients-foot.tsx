import { coverageText } from '../../domain/coverage.ts'
import { useNetwork, useSources } from '../../state/host-state.ts'
import { formatCount, formatRelative } from '../../text/format.ts'
import { useNow } from '../../ui/use-now.ts'
import type { WindowState } from './client-window.ts'
import styles from './clients.module.css'

/** Number of results, coverage, and at the right the newest change or the time the search took. */
export function ClientsFoot(props: { readonly state: WindowState }) {
  const { state } = props
  const sources = useSources()
  const network = useNetwork()
  const now = useNow()
  const searching = (state.query?.text ?? '') !== ''
  const offline = network.workOffline || !network.online
  return (
    <div className={styles.foot}>
      <span>{formatCount(state.total, searching ? 'result' : 'client')}</span>
      <span className="ell">{coverageText(sources, now, offline ? 'time' : 'plain')}</span>
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
