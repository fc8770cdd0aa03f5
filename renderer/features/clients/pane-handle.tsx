import { type KeyboardEvent, type PointerEvent, useRef } from 'react'
import { useLayout } from '../../state/layout.ts'
import styles from './details.module.css'

/** The pane's left edge, dragged or moved by arrow keys. The pane itself snaps to the nearest column. */
export function PaneHandle(props: { readonly width: number }) {
  const start = useRef<{ readonly x: number; readonly width: number } | null>(null)
  const onPointerDown = (event: PointerEvent<HTMLDivElement>): void => {
    event.currentTarget.setPointerCapture(event.pointerId)
    start.current = { x: event.clientX, width: props.width }
  }
  const onPointerMove = (event: PointerEvent<HTMLDivElement>): void => {
    if (start.current === null) return
    useLayout.setState({ paneWidth: start.current.width + start.current.x - event.clientX })
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowLeft' ? 96 : event.key === 'ArrowRight' ? -96 : null
    if (step === null) return
    event.preventDefault()
    useLayout.setState({ paneWidth: props.width + step })
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: an <hr> cannot be moved; this is the window splitter of ARIA
    <div
      role="separator"
      aria-orientation="vertical"
      aria-label="Width of the pane"
      aria-valuemin={360}
      aria-valuemax={560}
      aria-valuenow={props.width}
      tabIndex={0}
      className={styles.handle}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={() => {
        start.current = null
      }}
      onDoubleClick={() => useLayout.setState({ paneWidth: null })}
      onKeyDown={onKeyDown}
    />
  )
}
