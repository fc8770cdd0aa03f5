// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has one tab stop of its own, and Space selects there
// biome-ignore-all lint/a11y/useSemanticElements: an input costs each row a control of its own, and its rows come and go in every frame
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the grid hears the keys
import styles from './grid.module.css'

/** The box of a row, or of all. */
export function SelectBox(props: {
  readonly label: string
  readonly checked: boolean | 'some'
  /** Without it the grid hears the press. */
  readonly onPress?: () => void
}) {
  return (
    <span
      role="checkbox"
      aria-label={props.label}
      aria-checked={props.checked === 'some' ? 'mixed' : props.checked}
      className={styles.check}
      onClick={props.onPress}
    />
  )
}
