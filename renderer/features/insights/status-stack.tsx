import type { ReactNode } from 'react'
import { formatNumber } from '../../text/format.ts'
import { ChartFigure } from './chart-figure.tsx'
import type { StatusGroup, StatusGroupFigure } from './insight-figures.ts'
import classes from './insights.module.css'

const COLORS: Readonly<Record<StatusGroup, string>> = {
  active: 'var(--success-mark)',
  pipeline: 'var(--accent)',
  lead: 'var(--info-mark)',
  paused: 'var(--warning-mark)',
  inactive: 'var(--border-control)',
  none: 'var(--border-strong)',
}

/** One bar in parts, and a list that gives every part its word and number. */
export function StatusStack(props: { readonly groups: readonly StatusGroupFigure[] }): ReactNode {
  return (
    <ChartFigure
      title="Clients by status"
      note="as each source names it"
      table={{
        columns: ['Status', 'Clients', 'Names at the sources'],
        rows: props.groups.map((group) => [
          group.label,
          formatNumber(group.clients),
          group.statuses.map((status) => `${status.label} ${formatNumber(status.clients)}`).join(', '),
        ]),
      }}
    >
      <div className={classes.stack}>
        {props.groups.map((group) => (
          <span
            key={group.group}
            className={classes.segment}
            style={{ flex: `${group.clients} 1 0`, background: COLORS[group.group] }}
          />
        ))}
      </div>
      <div className={classes.legend}>
        {props.groups.map((group) => (
          <div
            key={group.group}
            className={classes.legendItem}
            title={group.statuses.map((status) => `${status.label} ${formatNumber(status.clients)}`).join('\n')}
          >
            <span className={classes.swatch} style={{ background: COLORS[group.group] }} />
            <span>{group.label}</span>
            <span className={classes.value}>{formatNumber(group.clients)}</span>
          </div>
        ))}
      </div>
    </ChartFigure>
  )
}
