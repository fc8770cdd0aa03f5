import type { ReactNode } from 'react'
import { ChartFigure } from './chart-figure.tsx'
import { type HealthMark, healthCount } from './insight-figures.ts'
import classes from './insights.module.css'

export interface HealthLine {
  readonly key: string
  readonly label: string
  /** Oldest first, one per hour. */
  readonly hours: readonly HealthMark[]
}

const WORDS: Readonly<Record<HealthMark, string>> = {
  complete: 'complete',
  retried: 'retried',
  failed: 'failed',
  running: 'running',
  none: 'no sync',
}
const ORDER: readonly HealthMark[] = ['complete', 'retried', 'failed', 'running', 'none']

/** One mark per source and hour; whatever was not smooth stands taller. */
export function SyncHealth(props: { readonly lines: readonly HealthLine[] }): ReactNode {
  const used = ORDER.filter((mark) => mark !== 'none' || props.lines.some((line) => line.hours.includes(mark)))
  return (
    <ChartFigure
      title="Sync health"
      note="last 24 hours, one mark per hour"
      table={{
        columns: ['Source', ...ORDER.map((mark) => `Hours ${WORDS[mark]}`)],
        rows: props.lines.map((line) => [
          line.label,
          ...ORDER.map((mark) => String(line.hours.filter((hour) => hour === mark).length)),
        ]),
      }}
    >
      {props.lines.map((line) => {
        const count = healthCount(line.hours)
        return (
          <div key={line.key} className={classes.healthRow}>
            <span className={classes.rowLabel} title={line.label}>
              {line.label}
            </span>
            <span className={classes.marks}>
              {line.hours.map((mark, index) => (
                <span
                  // biome-ignore lint/suspicious/noArrayIndexKey: the hour is the place in the row
                  key={index}
                  className={classes.mark}
                  data-mark={mark}
                  title={hourTitle(mark, line.hours.length - 1 - index)}
                />
              ))}
            </span>
            <span className={classes.value}>{count.of === 0 ? '–' : `${count.complete} of ${count.of}`}</span>
          </div>
        )
      })}
      <div className={classes.healthLegend}>
        {used.map((mark) => (
          <span key={mark}>
            <i className={classes.mark} data-mark={mark} />
            {WORDS[mark]}
          </span>
        ))}
      </div>
    </ChartFigure>
  )
}

function hourTitle(mark: HealthMark, hoursAgo: number): string {
  const when = hoursAgo === 0 ? 'This hour' : hoursAgo === 1 ? 'An hour ago' : `${hoursAgo} hours ago`
  return `${when}: ${WORDS[mark]}`
}
