import type { ReactNode } from 'react'
import styles from './primitives.module.css'

export function Tag(props: { readonly children: ReactNode; readonly title?: string }) {
  return (
    <span className={styles.tag} dir="auto" title={props.title}>
      {props.children}
    </span>
  )
}
