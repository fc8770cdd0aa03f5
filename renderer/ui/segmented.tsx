import { useId } from 'react'
import styles from './primitives.module.css'

export interface Segment<T extends string> {
  readonly value: T
  readonly label: string
  readonly count?: string
}

/** A radiogroup that looks like one control. */
export function Segmented<T extends string>(props: {
  readonly label: string
  readonly value: T
  readonly segments: readonly Segment<T>[]
  readonly onChange: (value: T) => void
}) {
  const name = useId()
  return (
    <div className={styles.segmented} role="radiogroup" aria-label={props.label}>
      {props.segments.map((segment) => (
        <label key={segment.value} className={styles.segment}>
          <input
            type="radio"
            name={name}
            aria-label={segment.label}
            checked={segment.value === props.value}
            onChange={() => props.onChange(segment.value)}
          />
          <span aria-hidden>{segment.label}</span>
          {segment.count !== undefined && (
            <span aria-hidden className={styles.segmentCount}>
              {segment.count}
            </span>
          )}
        </label>
      ))}
    </div>
  )
}
