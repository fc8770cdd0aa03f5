import {
  type Icon,
  IconAlertTriangle,
  IconCloudUp,
  IconCopy,
  IconGitFork,
  IconHelpCircle,
  IconInfoCircle,
  IconPlayerPause,
  IconRefresh,
  IconTrash,
} from '@tabler/icons-react'
import { useHost } from '../bridge/app-context.tsx'
import { useCounts } from '../bridge/use-counts.ts'
import { SourceSquare } from '../domain/source-label.tsx'
import { useSources } from '../state/host-state.ts'
import { navigate } from '../state/route.ts'
import { NAMES } from '../text/names.ts'
import { Button } from '../ui/button.tsx'
import { cx } from '../ui/cx.ts'
import { useNow } from '../ui/use-now.ts'
import styles from './shell.module.css'
import { sourceDetail, sourceWord, type WaitingLine, waitingLines } from './sync-lines.ts'

const ICONS: Readonly<Record<WaitingLine['kind'], Icon>> = {
  attention: IconAlertTriangle,
  unknown: IconHelpCircle,
  conflicts: IconGitFork,
  removal: IconTrash,
  edits: IconCloudUp,
  held: IconPlayerPause,
  copies: IconCopy,
  notices: IconInfoCircle,
}
const TONES: Readonly<Partial<Record<WaitingLine['kind'], string | undefined>>> = {
  attention: styles.lineDanger,
  removal: styles.lineDanger,
  conflicts: styles.lineWarning,
  unknown: styles.lineWarning,
}

/** One line per source, then everything that waits, then `Sync all`. */
export function SyncDetails(props: { readonly onDone: () => void }) {
  const host = useHost()
  const sources = useSources()
  const counts = useCounts()
  const now = useNow(1000)
  const lines = counts === null ? [] : waitingLines(counts)
  return (
    <>
      {sources.length === 0 && <p className={`${styles.popoverRow} t2`}>No source yet.</p>}
      <ul className={styles.popoverSources}>
        {sources.map((source) => (
          <li key={source.sourceId} className={styles.popoverRow}>
            <SourceSquare source={source} />
            <span className="ell strong" dir="auto">
              {source.name}
            </span>
            <span className="small t2">{sourceWord(source, counts?.bySource[source.sourceId]?.edits ?? 0)}</span>
            <span className="small t3 tnum">{sourceDetail(source, now)}</span>
          </li>
        ))}
      </ul>
      {lines.length > 0 && (
        <ul className={styles.popoverLines}>
          {lines.map((line) => (
            <li key={line.kind}>
              <Line
                line={line}
                onGo={() => {
                  if (line.place !== null) navigate(line.place)
                  props.onDone()
                }}
              />
            </li>
          ))}
        </ul>
      )}
      <div className={styles.popoverFoot}>
        {lines.length === 0 && <span className="small t3">No edit waits</span>}
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

function Line(props: { readonly line: WaitingLine; readonly onGo: () => void }) {
  const { kind, place, text } = props.line
  const LineIcon = ICONS[kind]
  const content = (
    <>
      <LineIcon size={14} aria-hidden />
      {text}
    </>
  )
  if (place === null) return <span className={cx(styles.line, TONES[kind])}>{content}</span>
  return (
    <button type="button" className={cx(styles.line, TONES[kind])} onClick={props.onGo}>
      {content}
    </button>
  )
}
