import { useCounts, usePreparing } from '../../bridge/use-counts.ts'
import { CoverageNote } from '../../domain/coverage-note.tsx'
import { useNetwork } from '../../state/host-state.ts'
import { addressOf } from '../../state/route.ts'
import { atLeast, formatCount, formatRelative } from '../../text/format.ts'
import { preparingText } from '../../text/preparing-text.ts'
import { useNow } from '../../ui/use-now.ts'
import type { ClientWindow } from './client-window.ts'
import styles from './clients.module.css'
import { useWindowState } from './use-client-window.ts'

/** Number of results, what they rest on, who went, and at the right the newest change or the time the search took. */
export function ClientsFoot(props: { readonly window: ClientWindow }) {
  const { window } = props
  const state = useWindowState(window)
  const counts = useCounts()
  const preparing = usePreparing()
  const removed = counts?.tray ?? 0
  const network = useNetwork()
  const now = useNow()
  const searching = (state.query?.text ?? '') !== ''
  const offline = network.workOffline || !network.online
  return (
    <div className={styles.foot}>
      <span>
        {state.close
          ? formatCount(state.total, 'close match', 'close matches')
          : state.isTotalKnown
            ? formatCount(state.total, searching ? 'result' : 'client')
            : `${atLeast(state.total, false)} results`}
      </span>
      {state.close && (
        <span>
          Nobody has all of these words as typed; {state.total === 1 ? 'this one comes close' : 'these come close'}
        </span>
      )}
      <CoverageNote />
      {removed > 0 && (
        <a className={styles.footLink} href={addressOf('removed')}>
          {formatCount(removed, 'removed client')}
        </a>
      )}
      {state.withheld !== 0 && (
        <button type="button" className={styles.footLink} onClick={() => window.applyOrder()}>
          {state.withheld === 'many' ? 'Many changes' : formatCount(state.withheld, 'change')} – show
        </button>
      )}
      <span className="spring" />
      <span>
        {preparing !== null
          ? preparingText(preparing, searching)
          : state.recalled && counts === null
            ? 'As you left it; opening the book'
            : offline
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
