import type { ReactNode } from 'react'
import styles from './primitives.module.css'

/** A key, for eyes only: the accessible name of what it triggers must not contain it. */
export function Kbd(props: { readonly children: ReactNode }) {
  return (
    <kbd className={styles.kbd} aria-hidden>
      {props.children}
    </kbd>
  )
}
