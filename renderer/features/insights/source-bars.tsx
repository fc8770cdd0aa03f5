import type { ReactNode } from 'react'
import { formatNumber } from '../../text/format.ts'
import { ChartFigure } from './chart-figure.tsx'
import classes from './insights.module.css'
import { barShare, percentText, wholePercents } from './scale.ts'

export interface SourceBar {
  readonly key: string
  readonly label: string
  readonly clients: number
  /** A CSS colour role, `var(--src-endors)`. */
  readonly color: string
}

/** Horizontal bars, most clients first. Source colours stand for sources and nothing else. */
export function SourceBars(props: { readonly bars: readonly SourceBar[]; readonly total: number }): ReactNode {
  const bars = [...props.bars].sort((a, b) => b.clients - a.clients)
  const longest = bars[0]?.clients ?? 0
  const percents = wholePercents(bars.map((bar) => bar.clients))
  const share = (index: number, bar: SourceBar) => percentText(percents[index] ?? 0, bar.clients)
  return (
    <ChartFigure
      title="Clients by source"
      note={formatNumber(props.total)}
      table={{
        columns: ['Source', 'Clients', 'Share'],
        rows: bars.map((bar, index) => [bar.label, formatNumber(bar.clients), share(index, bar)]),
      }}
    >
      {bars.map((bar, index) => (
        <div key={bar.key} className={classes.barRow}>
          <span className={classes.rowLabel} title={bar.label}>
            {bar.label}
          </span>
          <span className={classes.barTrack}>
            <span
              className={classes.bar}
              style={{ width: `calc((100% - 84px) * ${barShare(bar.clients, longest)})`, background: bar.color }}
            />
            <span className={classes.value}>{formatNumber(bar.clients)}</span>
          </span>
          <span className={classes.share}>{share(index, bar)}</span>
        </div>
      ))}
    </ChartFigure>
  )
}
