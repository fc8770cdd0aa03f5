import { IconCloudUp, IconRefresh } from '@tabler/icons-react'
import { useHost } from '../bridge/app-context.tsx'
import { useCounts } from '../bridge/use-counts.ts'
import { SourceSquare } from '../domain/source-label.tsx'
import { SOURCE_STATE_WORDS, sourceNextText } from '../domain/source-state.ts'
import { useSources } from '../state/host-state.ts'
import { navigate } from '../state/route.ts'
import { formatCount } from '../text/format.ts'
import { NAMES } from '../text/names.ts'
import { Button } from '../ui/button.tsx'
import { useNow } from '../ui/use-now.ts'
import styles from './shell.module.css'

/** One line per source, then the edits that wait, then `Sync all`. */
export function SyncDetails(props: { readonly onDone: () => void }) {
  const host = useHost()
  const sources = useSources()
  const counts = useCounts()
  const now = useNow(1000)
  const edits = counts?.edits ?? 0
  return (
    <>
      {sources.length === 0 && <p className={`${styles.popoverRow} t2`}>No source yet.</p>}
      <ul>
        {sources.map((source) => (
          <li key={source.sourceId} className={styles.popoverRow}>
            <SourceSquare source={source} />
            <span className="ell strong" dir="auto">
              {source.name}
            </span>
            <span className="small t2">{SOURCE_STATE_WORDS[source.state]}</span>
            <span className="small t3 tnum">{sourceNextText(source, now)}</span>
          </li>
        ))}
      </ul>
      <div className={styles.popoverFoot}>
        {edits > 0 ? (
          <button
            type="button"
            className="row small"
            onClick={() => {
              navigate('queue')
              props.onDone()
            }}
          >
            <IconCloudUp size={14} aria-hidden />
            {formatCount(edits, 'edit')} waiting
          </button>
        ) : (
          <span className="small t3">No edit waits</span>
        )}
        <span className="spring" />
        <Button
          icon={<IconRefresh size={16} aria-hidden />}
          onClick={() => {
            void host.call['sources.syncAll']({})
            props.onDone()
          }}
        >
          {NAMES.syncAll}
        </Button>
      </div>
    </>
  )
}
