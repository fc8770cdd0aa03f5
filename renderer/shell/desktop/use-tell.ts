import { useEffect, useRef } from 'react'
import { useHostConnected } from '../../state/host-state.ts'
import { useLock } from '../../state/lock-state.ts'

/** Tells the core `what` when its value changes, and anew after a reconnect or a lock; null is not told. */
export function useTell<T>(what: T | null, tell: (what: T) => unknown): void {
  const connected = useHostConnected()
  const { locked } = useLock()
  const text = what === null ? null : JSON.stringify(what)
  const latest = useRef({ what, tell })
  latest.current = { what, tell }
  // biome-ignore lint/correctness/useExhaustiveDependencies: `text` stands for the value of `what`
  useEffect(() => {
    const { what: value, tell: now } = latest.current
    if (connected && !locked && value !== null) now(value)
  }, [text, connected, locked])
}
