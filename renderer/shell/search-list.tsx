import { useEffect, useRef } from 'react'
import { sourceColor } from '../domain/source-color.ts'
import { formatNumber } from '../text/format.ts'
import { cx } from '../ui/cx.ts'
import { ColorSquare } from '../ui/source-square.tsx'
import { StatusDot } from '../ui/status-dot.tsx'
import type { Completion, Completions } from './complete-query.ts'
import styles from './search.module.css'

export interface SearchListProps {
  readonly id: string
  readonly list: Completions
  readonly at: number | null
  readonly onPoint: (at: number) => void
  readonly onTake: (option: Completion) => void
}

/** What could be typed next. The input keeps the focus and names the current option. */
export function SearchList(props: SearchListProps) {
  const { id, list, at } = props
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (at !== null) box.current?.querySelector(`[data-option="${at}"]`)?.scrollIntoView({ block: 'nearest' })
  }, [at])
  return (
    <div ref={box} id={id} role="listbox" aria-label={list.label} className={styles.list}>
      {list.options.map((option, index) => (
        // biome-ignore lint/a11y/useFocusableInteractive: the input keeps the focus
        // biome-ignore lint/a11y/useKeyWithClickEvents: Enter in the input takes the current option
        <div
          key={option.insert}
          id={optionId(id, index)}
          role="option"
          aria-selected={index === at}
          data-option={index}
          className={cx(styles.option, index === at && styles.current)}
          onMouseMove={() => index !== at && props.onPoint(index)}
          onClick={() => props.onTake(option)}
        >
          {option.look !== null &&
            ('status' in option.look ? (
              <StatusDot tone={option.look.status.tone} color={option.look.status.color} />
            ) : (
              <ColorSquare color={sourceColor(option.look.connectorId)} />
            ))}
          <span className={cx('ell', styles.label)} dir="auto">
            {option.label}
          </span>
          {option.hint !== '' && <span className={cx('ell', styles.hint)}>{option.hint}</span>}
          {option.count !== null && <span className={styles.figure}>{formatNumber(option.count)}</span>}
        </div>
      ))}
    </div>
  )
}

export function optionId(listId: string, index: number): string {
  return `${listId}-${index}`
}
