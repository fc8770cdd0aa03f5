import { type KeyboardEvent, type ReactNode, useId } from 'react'
import { cx } from './cx.ts'
import styles from './tabs.module.css'

export interface Tab<T extends string> {
  readonly value: T
  readonly label: string
  /** Micro figure beside the label, outside its accessible name. */
  readonly count?: string | undefined
}

/** Tabs with one stop: arrows move and show at once. `children` is the panel of the current tab. */
export function Tabs<T extends string>(props: {
  readonly label: string
  readonly tabs: readonly Tab<T>[]
  readonly value: T
  readonly onChange: (value: T) => void
  readonly panelClassName?: string | undefined
  readonly children: ReactNode
}) {
  const id = useId()
  const onKeyDown = (event: KeyboardEvent): void => {
    const at = props.tabs.findIndex((tab) => tab.value === props.value)
    const steps: Readonly<Record<string, number>> = {
      ArrowRight: at + 1,
      ArrowLeft: at - 1,
      Home: 0,
      End: props.tabs.length - 1,
    }
    const target = steps[event.key]
    if (target === undefined) return
    event.preventDefault()
    const next = props.tabs[(target + props.tabs.length) % props.tabs.length]
    if (next === undefined) return
    props.onChange(next.value)
    document.getElementById(`${id}-${next.value}`)?.focus()
  }
  return (
    <>
      <div role="tablist" aria-label={props.label} className={styles.list} onKeyDown={onKeyDown}>
        {props.tabs.map((tab) => {
          const current = tab.value === props.value
          return (
            <button
              key={tab.value}
              id={`${id}-${tab.value}`}
              type="button"
              role="tab"
              aria-selected={current}
              aria-controls={current ? `${id}-panel` : undefined}
              tabIndex={current ? 0 : -1}
              className={cx(styles.tab, current && styles.current)}
              onClick={() => props.onChange(tab.value)}
            >
              {tab.label}
              {tab.count !== undefined && (
                <span aria-hidden className={styles.count}>
                  {tab.count}
                </span>
              )}
            </button>
          )
        })}
      </div>
      <div id={`${id}-panel`} role="tabpanel" aria-labelledby={`${id}-${props.value}`} className={props.panelClassName}>
        {props.children}
      </div>
    </>
  )
}
