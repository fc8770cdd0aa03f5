import { useEffect, useState } from 'react'
import styles from './primitives.module.css'

/** A still bar in place of text that has never been there. */
export function Skeleton(props: { readonly width: number | string }) {
  return <i aria-hidden className={styles.skeleton} style={{ width: props.width }} />
}

/** True once `waiting` has lasted 200 ms: what comes quicker shows no skeleton. */
export function useLate(waiting: boolean, delayMs = 200): boolean {
  const [late, setLate] = useState(false)
  useEffect(() => {
    if (!waiting) {
      setLate(false)
      return
    }
    const timer = setTimeout(() => setLate(true), delayMs)
    return () => clearTimeout(timer)
  }, [waiting, delayMs])
  return waiting && late
}
