import { Tooltip } from '@mantine/core'
import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react'
import styles from './button.module.css'
import { cx } from './cx.ts'
import { Kbd } from './kbd.tsx'

export interface IconButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'children' | 'aria-label'> {
  /** Accessible name, and the tooltip after 400 ms. */
  readonly label: string
  readonly children: ReactNode
  /** Keys beside the tooltip, as `['Ctrl', 'K']`. */
  readonly keys?: readonly string[] | undefined
  readonly small?: boolean
  /** Tooltip instead of the label, where more is to be said. */
  readonly hint?: string | undefined
  readonly ref?: Ref<HTMLButtonElement>
}

export function IconButton(props: IconButtonProps) {
  const { label, children, keys, small = false, hint, className, ...rest } = props
  return (
    <Tooltip
      label={
        <>
          {hint ?? label}
          {keys?.map((key) => (
            <Kbd key={key}>{key}</Kbd>
          ))}
        </>
      }
    >
      <button type="button" {...rest} aria-label={label} className={cx(styles.icon, small && styles.small, className)}>
        {children}
      </button>
    </Tooltip>
  )
}
