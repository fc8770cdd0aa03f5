import type { ReactNode } from 'react'
import type { InsightsView } from '../../store/store-contract.ts'
import { formatNumber } from '../../text/format.ts'
import { ChartFigure } from './chart-figure.tsx'
import { monthName, shortMonth } from './insight-figures.ts'
import classes from './insights.module.css'
import { axisTicks, barShare } from './scale.ts'

/** Twelve bars, the current month in full accent with its number above. */
export function MonthBars(props: {
  readonly byMonth: InsightsView['byMonth']
  readonly withoutCreationDate: number
}): ReactNode {
  const highest = Math.max(0, ...props.byMonth.map((entry) => entry.clients))
  const top = Math.max(1, highest)
  const last = props.byMonth.length - 1
  const note =
    props.withoutCreationDate === 0
      ? 'by creation date at the source'
      : `by creation date at the source; ${formatNumber(props.withoutCreationDate)} without one`
  return (
    <ChartFigure
      title="New clients per month"
      note={note}
      table={{
        columns: ['Month', 'New clients'],
        rows: props.byMonth.map((entry) => [
          `${monthName(entry.month)} ${entry.month.slice(0, 4)}`,
          formatNumber(entry.clients),
        ]),
      }}
    >
      <div className={classes.months}>
        <div className={classes.plot}>
          {axisTicks(highest).map((tick) => (
            <div key={tick} className={classes.gridLine} style={{ bottom: `${(tick / top) * 100}%` }}>
              <span className={classes.tick} style={{ bottom: 0 }}>
                {formatNumber(tick)}
              </span>
            </div>
          ))}
          <div className={classes.bars}>
            {props.byMonth.map((entry, index) => (
              <div
                key={entry.month}
                className={classes.month}
                title={`${monthName(entry.month)}: ${formatNumber(entry.clients)}`}
              >
                {index === last && (
                  <span
                    className={`${classes.value} ${classes.monthValue}`}
                    style={{ bottom: `${barShare(entry.clients, top) * 100}%` }}
                  >
                    {formatNumber(entry.clients)}
                  </span>
                )}
                <span
                  className={classes.monthBar}
                  data-current={index === last || undefined}
                  style={{ height: `${barShare(entry.clients, top) * 100}%` }}
                />
                <span className={classes.monthName}>{shortMonth(entry.month)}</span>
              </div>
            ))}
          </div>
        </div>
      </div>
    </ChartFigure>
  )
}
