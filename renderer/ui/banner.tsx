import type { ReactNode } from 'react'
import { cx } from './cx.ts'
import styles from './primitives.module.css'

export interface BannerProps {
  readonly tone: 'quiet' | 'info' | 'warning' | 'danger' | 'success'
  /** 16 px icon. */
  readonly icon?: ReactNode
  /** Lead words in the state's colour. */
  readonly lead?: ReactNode
  readonly children?: ReactNode
  /** One button or link at the right. */
  readonly action?: ReactNode
  /** `alert` only for errors of the user's own action. */
  readonly role?: 'alert' | 'status' | 'note' | undefined
  readonly id?: string
  readonly className?: string | undefined
}

/** One calm sentence beside what it concerns. */
export function Banner(props: BannerProps) {
  return (
    <div id={props.id} role={props.role} className={cx(styles.note, styles[props.tone], props.className)}>
      {props.icon}
      <div className={styles.noteBody}>
        {props.lead !== undefined && (
          <>
            <strong>{props.lead}</strong>{' '}
          </>
        )}
        {props.children}
      </div>
      {props.action}
    </div>
  )
}

/** A text button in a banner or note. */
export function NoteAction(props: { readonly onClick: () => void; readonly children: ReactNode }) {
  return (
    <button type="button" className={styles.noteAction} onClick={props.onClick}>
      {props.children}
    </button>
  )
}
