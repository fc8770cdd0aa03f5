import { useEffect, useRef } from 'react'
import styles from './grid.module.css'

/** The box of a row, or of all. It takes no tab stop: the grid has one of its own, and Space selects there. */
export function SelectBox(props: {
  readonly label: string
  readonly checked: boolean | 'some'
  /** Without it the grid hears the press. */
  readonly onPress?: () => void
}) {
  const box = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (box.current !== null) box.current.indeterminate = props.checked === 'some'
  }, [props.checked])
  return (
    <input
      ref={box}
      type="checkbox"
      tabIndex={-1}
      aria-label={props.label}
      className={styles.check}
      checked={props.checked === true}
      onChange={() => props.onPress?.()}
    />
  )
}
