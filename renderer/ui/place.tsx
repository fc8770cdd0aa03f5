import type { ReactNode } from 'react'
import { cx } from './cx.ts'
import styles from './place.module.css'

export interface PlaceProps {
  readonly title: string
  /** Beside the title, in grey: `1,024`. */
  readonly count?: ReactNode
  /** View controls, after the count. */
  readonly controls?: ReactNode
  /** At the right end: quiet icons, then at most one primary button. */
  readonly actions?: ReactNode
  /** Banners under the toolbar. */
  readonly banners?: ReactNode
  /** Cards and boards lie on the canvas, lists on the surface. */
  readonly ground?: 'surface' | 'canvas'
  /** A rule under the toolbar. */
  readonly ruled?: boolean
  readonly children: ReactNode
}

/** Frame of a place: 44 px toolbar with the one `h1`, banners, and a body that scrolls by itself. */
export function Place(props: PlaceProps) {
  return (
    <section className={cx(styles.place, props.ground === 'canvas' && styles.canvas)}>
      <div className={cx(styles.toolbar, props.ruled === true && styles.ruled)}>
        <h1 className={styles.title}>{props.title}</h1>
        {props.count !== undefined && <span className={styles.count}>{props.count}</span>}
        {props.controls}
        <span className="spring" />
        {props.actions}
      </div>
      <div className={styles.banners}>{props.banners}</div>
      <div className={styles.body}>{props.children}</div>
    </section>
  )
}
