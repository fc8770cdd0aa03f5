import { hideNotification, Notifications, showNotification } from '@mantine/notifications'
import type { ReactNode } from 'react'
import { Button } from './button.tsx'
import { cx } from './cx.ts'
import styles from './toast.module.css'

export interface Toast {
  /** 16 px icon. */
  readonly icon?: ReactNode
  /** One sentence. */
  readonly text: ReactNode
  readonly tone?: 'plain' | 'danger'
  readonly action?: { readonly label: string; readonly run: () => void }
  /** Only the newest toast of a slot is true: it takes the place of the one before. */
  readonly slot?: string
  /** How long it stays where 6 s are not right, as with a countdown. */
  readonly staysMs?: number
}

let nextToast = 1
const slots = new Map<string, string>()

/** Result of the user's own action, bottom right, 6 s, longer while hovered or focused. Never for background sync. */
export function notify(toast: Toast): void {
  const id = `toast-${nextToast++}`
  const { action, slot } = toast
  if (slot !== undefined) {
    const before = slots.get(slot)
    if (before !== undefined) hideNotification(before)
    slots.set(slot, id)
  }
  showNotification({
    id,
    withCloseButton: false,
    withBorder: false,
    ...(toast.staysMs === undefined ? {} : { autoClose: toast.staysMs }),
    role: toast.tone === 'danger' ? 'alert' : 'status',
    classNames: { root: styles.root ?? '', body: styles.body ?? '', description: styles.description ?? '' },
    message: (
      <div className={cx(styles.inner, toast.tone === 'danger' && styles.danger)}>
        {toast.icon}
        <span className={styles.text}>{toast.text}</span>
        {action !== undefined && (
          <Button
            variant="quiet"
            onClick={() => {
              hideNotification(id)
              action.run()
            }}
          >
            {action.label}
          </Button>
        )}
      </div>
    ),
  })
}

/** Where toasts appear; once, in the shell. */
export function Toasts() {
  return (
    <Notifications
      className={styles.place ?? ''}
      position="bottom-right"
      autoClose={6000}
      limit={3}
      transitionDuration={140}
      containerWidth={420}
      pauseResetOnHover="notification"
      zIndex={190}
    />
  )
}
