import { type ReactNode, useId } from 'react'
import classes from './insights.module.css'

export interface ChartTable {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/**
 * Frame of a chart. The drawing is for eyes only; the same numbers stand in a table that only screen readers meet.
 */
export function ChartFigure(props: {
  readonly title: string
  readonly note: string
  readonly table: ChartTable
  readonly children: ReactNode
}): ReactNode {
  const titleId = useId()
  return (
    <figure className={classes.card} aria-labelledby={titleId}>
      <figcaption className={classes.caption}>
        <h2 id={titleId} className={classes.chartTitle}>
          {props.title}
        </h2>
        <span className={classes.note}>{props.note}</span>
      </figcaption>
      <div className={classes.drawing} aria-hidden="true">
        {props.children}
      </div>
      <div className={classes.hidden}>
        <table>
          <caption>{`${props.title}, ${props.note}`}</caption>
          <thead>
            <tr>
              {props.table.columns.map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {props.table.rows.map((row) => (
              <tr key={row.join('|')}>
                {row.map((cell, index) =>
                  index === 0 ? (
                    <th key={props.table.columns[index]} scope="row">
                      {cell}
                    </th>
                  ) : (
                    <td key={props.table.columns[index]}>{cell}</td>
                  ),
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </figure>
  )
}
