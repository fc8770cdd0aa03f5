import { cx } from './cx.ts'
import styles from './primitives.module.css'

/** The 8 px square of a colour role, or 6 px in origin chips. `color` is a CSS value such as `var(--src-spott)`. */
export function ColorSquare(props: { readonly color: string; readonly small?: boolean }) {
  return (
    <i
      aria-hidden
      className={cx(styles.square, props.small === true && styles.squareSmall)}
      style={{ background: props.color }}
    />
  )
}

/** A tile with a monogram, 28 px or 20 px. */
export function ColorTile(props: { readonly color: string; readonly text: string; readonly small?: boolean }) {
  return (
    <span
      aria-hidden
      className={cx(styles.tile, props.small === true && styles.tileSmall)}
      style={{ background: props.color }}
    >
      {props.text}
    </span>
  )
}
