import type { ReactNode, Ref } from 'react'
import styles from './settings-section.module.css'

/** A heading and a card of rows, as Settings has them. */
export function SettingsSection(props: {
  readonly title: string
  readonly ref?: Ref<HTMLElement>
  readonly children: ReactNode
}) {
  return (
    <section ref={props.ref} aria-label={props.title}>
      <h2 className={styles.heading}>{props.title}</h2>
      <div className={styles.card}>{props.children}</div>
    </section>
  )
}

/** What it is and what it means at the left, its control at the right. */
export function SettingRow(props: {
  readonly label: string
  readonly text?: ReactNode
  readonly children?: ReactNode
}) {
  return (
    <div className={styles.row}>
      <div className={styles.words}>
        <div className={styles.label}>{props.label}</div>
        {props.text !== undefined && <div className={styles.text}>{props.text}</div>}
      </div>
      {props.children}
    </div>
  )
}
