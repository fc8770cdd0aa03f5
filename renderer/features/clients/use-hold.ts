import { type PointerEvent, useEffect, useRef } from 'react'
import type { ClientWindow } from './client-window.ts'

/** Rows that were moved so long ago lie still, in ms. */
const STILL_AFTER = 300

/**
 * Holds the order of the rows while somebody has them in hand: the pointer is over them, they are being scrolled, or a key
 * is down.
 */
export function useHold(window: ClientWindow) {
  const why = useRef({ pointer: false, key: false, scroll: false })
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)
  const set = (change: Partial<typeof why.current>): void => {
    Object.assign(why.current, change)
    const { pointer, key, scroll } = why.current
    window.hold(pointer || key || scroll)
  }
  useEffect(
    () => () => {
      if (timer.current !== null) clearTimeout(timer.current)
      window.hold(false)
    },
    [window],
  )
  return {
    scrolled: (): void => {
      if (timer.current !== null) clearTimeout(timer.current)
      timer.current = setTimeout(() => set({ scroll: false }), STILL_AFTER)
      set({ scroll: true })
    },
    handlers: {
      // A finger points only while it touches: that is scrolling, or a press.
      onPointerEnter: (event: PointerEvent): void => set({ pointer: event.pointerType !== 'touch' }),
      onPointerLeave: (): void => set({ pointer: false }),
      onKeyDownCapture: (): void => set({ key: true }),
      onKeyUpCapture: (): void => set({ key: false }),
      onBlur: (): void => set({ key: false }),
    },
  }
}
