import { Tooltip } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react'
import styles from './button.module.css'
import { cx } from './cx.ts'

export interface ButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'children'> {
  readonly children: ReactNode
  /** `primary`: at most one per view. `danger`: only in an alertdialog. */
  readonly variant?: 'primary' | 'default' | 'quiet' | 'danger'
  /** 28 in bars, 32 in forms and dialogs, 36 on welcome only. */
  readonly size?: 'bar' | 'form' | 'large'
  readonly icon?: ReactNode
  /** Key shown after the label, outside the accessible name. */
  readonly shortcut?: string
  /** At work: the icon turns, the label stays, presses do nothing. */
  readonly busy?: boolean
  /** Why it is disabled; shown as its tooltip. */
  readonly disabledReason?: string | undefined
  readonly ref?: Ref<HTMLButtonElement>
}

const VARIANTS = { primary: styles.primary, default: undefined, quiet: styles.quiet, danger: styles.danger } as const
const SIZES = { bar: undefined, form: styles.form, large: styles.large } as const

export function Button(props: ButtonProps) {
  const {
    variant = 'default',
    size = 'bar',
    icon,
    shortcut,
    busy = false,
    disabledReason,
    className,
    children,
    ...rest
  } = props
  const button = (
    <button
      type="button"
      {...rest}
      disabled={rest.disabled === true || disabledReason !== undefined}
      // Not `disabled` while busy: that would drop the focus, and with it Esc and Tab inside a dialog.
      aria-disabled={busy || undefined}
      aria-busy={busy || undefined}
      onClick={busy ? undefined : rest.onClick}
      className={cx(styles.button, VARIANTS[variant], SIZES[size], className)}
    >
      {busy ? <IconRefresh size={16} className="turning" aria-hidden /> : icon}
      {children}
      {shortcut !== undefined && (
        <span className={styles.key} aria-hidden>
          {shortcut}
        </span>
      )}
    </button>
  )
  if (disabledReason === undefined) return button
  return (
    <Tooltip label={disabledReason}>
      <span className={styles.wrap}>{button}</span>
    </Tooltip>
  )
}
