import type { Manifest } from '../../../shared/connector/manifest.ts'
import type { SourceView } from '../../../shared/model/source.ts'
import { SourceTile } from '../../domain/source-label.tsx'
import { useNetwork, useSettings } from '../../state/host-state.ts'
import { formatDuration, formatMoment, formatNumber } from '../../text/format.ts'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import lines from '../../ui/two-lines.module.css'
import { useNow } from '../../ui/use-now.ts'
import { deletionWords, suspectWords } from './deletion-words.ts'
import { ReviewSwitch } from './review-switch.tsx'
import { SourceActions } from './source-actions.tsx'
import { SourceBanners } from './source-banners.tsx'
import { addressLine, asSeen, nextLine, progressWords, readingShare } from './source-line.ts'
import { SourceState } from './source-state.tsx'
import styles from './sources.module.css'

export interface SourceRowProps {
  readonly source: SourceView
  readonly manifest: Manifest | null
  /** Null until the book has been counted. */
  readonly counts: { readonly clients: number; readonly edits: number; readonly problems: number } | null
  /** `key`: to replace the key. */
  readonly onEdit: (key: boolean) => void
  readonly onRemove: () => void
}

/** One source: what it is, how it stands and what comes next, how much of it is here, and what can be done. */
export function SourceRow(props: SourceRowProps) {
  const { manifest, counts } = props
  const network = useNetwork()
  const source = asSeen(props.source, network)
  const now = useNow(1000)
  const settings = useSettings()
  const syncing = source.state === 'syncing'
  const address = addressLine(source, manifest)
  const suspects = suspectWords(source)
  return (
    <tr aria-label={source.name}>
      <th scope="row">
        <SourceTile connectorId={source.connectorId} name={source.name} />
        <span className={lines.names}>
          <span className={lines.name} title={source.name} dir="auto">
            {source.name}
          </span>
          <span className={lines.second} title={address}>
            {source.sample ? 'Sample data' : address}
          </span>
        </span>
      </th>
      <td>
        <SourceState state={source.state} keyMissing={source.keyTrouble !== null} />
        {syncing && (
          <div className={styles.progress}>
            <ProgressBar
              label={`Sync of ${source.name}`}
              value={readingShare(source)}
              {...(source.progress === null ? {} : { text: progressWords(source.progress, now) })}
            />
          </div>
        )}
        <div className={styles.line}>
          {nextLine(source, {
            now,
            edits: counts?.edits ?? 0,
            manifest,
            syncIntervalMinutes: settings.syncIntervalMinutes,
            workOffline: network.workOffline,
          })}
        </div>
        <div className={styles.line}>{deletionWords(source)}</div>
        {suspects !== null && <div className={styles.line}>{suspects}</div>}
      </td>
      <td className={styles.number}>{counts === null ? '–' : formatNumber(counts.clients)}</td>
      <td>
        <LastComplete source={source} now={now} />
      </td>
      <td>
        <SourceActions source={source} onEdit={() => props.onEdit(false)} onRemove={props.onRemove} />
        <div className={styles.review}>
          <ReviewSwitch source={source} manifest={manifest} />
        </div>
      </td>
      <SourceBanners source={source} manifest={manifest} edits={counts?.edits ?? 0} onEdit={props.onEdit} />
    </tr>
  )
}

function LastComplete(props: { readonly source: SourceView; readonly now: number }) {
  const last = props.source.lastComplete
  if (last === null) return <div className="t3">Not yet</div>
  return (
    <>
      <div className={styles.moment}>{formatMoment(last.at, props.now)}</div>
      <div className={lines.second}>
        {last.kind === 'incremental' ? 'changes only' : `took ${formatDuration(last.durationMs)}`}
      </div>
    </>
  )
}
