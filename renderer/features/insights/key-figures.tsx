import type { ReactNode } from 'react'
import classes from './insights.module.css'

export interface KeyFigure {
  readonly label: string
  readonly value: string
  readonly note: string
}

/** Figures side by side, each with the words that say what it counts. */
export function KeyFigures(props: { readonly figures: readonly KeyFigure[] }): ReactNode {
  return (
    <dl className={classes.figures}>
      {props.figures.map((figure) => (
        <div key={figure.label} className={classes.figureCell}>
          <dt className={classes.figureLabel}>{figure.label}</dt>
          <dd className={classes.figureValue}>{figure.value}</dd>
          <dd className={classes.figureNote}>{figure.note}</dd>
        </div>
      ))}
    </dl>
  )
}
