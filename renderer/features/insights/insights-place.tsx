import { IconChartBar } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { SourceId } from '../../../shared/ids.ts'
import type { SourceView } from '../../../shared/model/source.ts'
import { useStoreQuery } from '../../bridge/use-store-query.ts'
import { sourceColor } from '../../domain/source-color.ts'
import { THIS_DEVICE } from '../../domain/source-label.tsx'
import { useSources } from '../../state/host-state.ts'
import type { InsightsView } from '../../store/store-contract.ts'
import { errorText } from '../../text/error-text.ts'
import { formatCount, formatDuration, formatNumber, formatTime } from '../../text/format.ts'
import { NAMES } from '../../text/names.ts'
import { Banner } from '../../ui/banner.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Place } from '../../ui/place.tsx'
import { monthComparison, statusGroups, totalHealth } from './insight-figures.ts'
import classes from './insights.module.css'
import { type KeyFigure, KeyFigures } from './key-figures.tsx'
import { MonthBars } from './month-bars.tsx'
import { SourceBars } from './source-bars.tsx'
import { StatusStack } from './status-stack.tsx'
import { SyncHealth } from './sync-health.tsx'

/** A few honest figures about what is on this device. */
export function InsightsPlace(): ReactNode {
  const sources = useSources()
  const { data, error } = useStoreQuery('insights.get', {}, ['clients', 'edits', 'insights', 'sources'])
  return (
    <Place
      title={NAMES.insights}
      ruled
      actions={
        data !== null && (
          <span className={classes.note}>Counts what is on this device, as of {formatTime(data.asOf)}</span>
        )
      }
      banners={
        error !== null && (
          <Banner tone="danger" role="alert" lead={errorText(error, { sourceName: THIS_DEVICE }).title}>
            {errorText(error, { sourceName: THIS_DEVICE }).text}
          </Banner>
        )
      }
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and holds nothing else that takes the focus */}
      <section className={classes.place} aria-label="Figures" tabIndex={0}>
        {data !== null && data.clients === 0 && sources.length === 0 ? (
          <EmptyState icon={<IconChartBar size={20} stroke={1.5} aria-hidden="true" />} lead="Nothing to count yet">
            Figures appear here as soon as a source has been read, or a client is on this device.
          </EmptyState>
        ) : (
          data !== null && <Figures view={data} sources={sources} />
        )}
      </section>
    </Place>
  )
}

function Figures(props: { readonly view: InsightsView; readonly sources: readonly SourceView[] }): ReactNode {
  const { view, sources } = props
  const nameOf = (sourceId: SourceId) =>
    sources.find((source) => source.sourceId === sourceId)?.name ?? 'Removed source'
  const colorOf = (sourceId: SourceId) =>
    sourceColor(sources.find((source) => source.sourceId === sourceId)?.connectorId ?? '')
  const bars = view.bySource
    .filter((entry) => entry.sourceId !== null || entry.clients > 0)
    .map((entry) => ({
      key: entry.sourceId ?? 'device',
      label: entry.sourceId === null ? THIS_DEVICE : nameOf(entry.sourceId),
      clients: entry.clients,
      color: entry.sourceId === null ? 'var(--border-control)' : colorOf(entry.sourceId),
    }))
  return (
    <div className={classes.sheet}>
      <KeyFigures figures={keyFigures(view, sources.length)} />
      <SourceBars bars={bars} total={bars.reduce((sum, bar) => sum + bar.clients, 0)} />
      <StatusStack groups={statusGroups(view.byStatus)} />
      <MonthBars byMonth={view.byMonth} withoutCreationDate={view.withoutCreationDate} />
      <SyncHealth
        lines={bySourceOrder(view.health, sources).map((line) => ({
          key: line.sourceId,
          label: nameOf(line.sourceId),
          hours: line.hours,
        }))}
      />
    </div>
  )
}

/** In the order of the Sources place; what is no source any more comes last. */
function bySourceOrder(health: InsightsView['health'], sources: readonly SourceView[]): InsightsView['health'] {
  const place = (sourceId: SourceId) => {
    const index = sources.findIndex((source) => source.sourceId === sourceId)
    return index < 0 ? sources.length : index
  }
  return [...health].sort((a, b) => place(a.sourceId) - place(b.sourceId))
}

function keyFigures(view: InsightsView, sourceCount: number): readonly KeyFigure[] {
  const health = totalHealth(view.health)
  return [
    {
      value: formatNumber(view.clients),
      label: `${view.clients === 1 ? 'client' : 'clients'} on this device`,
      note: `from ${formatCount(sourceCount, 'source')}`,
    },
    {
      value: formatNumber(view.byMonth.at(-1)?.clients ?? 0),
      label: 'new this month',
      note: monthComparison(view.byMonth, formatNumber) ?? 'by creation date at the source',
    },
    {
      value: formatNumber(view.edits),
      label: `${view.edits === 1 ? 'edit' : 'edits'} waiting`,
      note:
        view.oldestEditAt === null
          ? 'all have arrived'
          : `oldest ${formatDuration(roundedAge(view.asOf - view.oldestEditAt))}`,
    },
    {
      value: health.of === 0 ? '–' : `${formatNumber(health.complete)} of ${formatNumber(health.of)}`,
      label: 'hourly syncs complete',
      note: health.of === 0 ? 'none in the last 24 hours' : `last 24 hours, ${formatCount(sourceCount, 'source')}`,
    },
  ]
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** Whole hours or minutes: an age, not a stopwatch. */
function roundedAge(age: number): number {
  return age >= HOUR ? Math.floor(age / HOUR) * HOUR : Math.max(MINUTE, Math.floor(age / MINUTE) * MINUTE)
}
