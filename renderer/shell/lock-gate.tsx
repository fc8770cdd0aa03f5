import { lazy, Suspense, useLayoutEffect, useState } from 'react'
import { createPortal } from 'react-dom'
import { useLock } from '../state/lock-state.ts'
import { coverPage } from './cover-page.ts'
import styles from './shell.module.css'

const LockScreen = lazy(async () => ({ default: (await import('../features/security/lock-screen.tsx')).LockScreen }))

/** While the profile is locked: the lock screen in the place of everything else. */
export function LockGate() {
  const { locked } = useLock()
  const [container] = useState(() => document.createElement('div'))
  useLayoutEffect(() => {
    if (!locked) return
    document.body.append(container)
    // Keys pressed here are nobody else's: neither a shortcut nor the Esc of a dialog that is away.
    const keep = (event: Event): void => event.stopPropagation()
    container.addEventListener('keydown', keep)
    const uncover = coverPage(container)
    return () => {
      container.removeEventListener('keydown', keep)
      uncover()
      container.remove()
    }
  }, [locked, container])
  if (!locked) return null
  return createPortal(
    <Suspense fallback={<div className={styles.locked} />}>
      <LockScreen />
    </Suspense>,
    container,
  )
}
