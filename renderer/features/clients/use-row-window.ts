import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { type RowRange, rowRange } from './row-range.ts'
import { ScrollScale, TALLEST_PX } from './scroll-scale.ts'

export const HEADER_PX = 32
/** A wheel or a finger that was heard so long ago still moves what moves now, in ms. */
const BY_PIXELS_FOR = 250

export interface Moved {
  readonly first: number
  readonly last: number
  readonly direction: -1 | 0 | 1
}

export interface RowWindow {
  readonly range: RowRange
  /** A row lies at its index times its height, less this. */
  readonly offset: number
  /** Rows are further apart than the element that holds them is high: one out of reach has no place in it. */
  readonly scaled: boolean
  /** Height of what holds the rows, in px. */
  readonly height: number
  /** Width in which they are seen, in px; 0 before it is known. */
  readonly width: number
  /** Brings a row into view: by as little as it takes, or as the first in view. */
  readonly showRow: (row: number, where?: 'first') => void
  /** Moves the list by so many rows, without a look of moving: rows came or went above. */
  readonly shiftRows: (rows: number) => void
  readonly toTop: () => void
  /** The topmost row in view, and whether the list stands at its very top. */
  readonly topRow: () => number
  readonly isAtTop: () => boolean
}

interface Place {
  readonly top: number
  readonly offset: number
  readonly view: number
  readonly direction: -1 | 0 | 1
}

/**
 * Which rows of a list of any length are in the page, and where. Scrolling is the browser's own; the page is asked to
 * render only when rows come into reach, and in the frame in which they do.
 */
export function useRowWindow(
  scroller: RefObject<HTMLElement | null>,
  total: number,
  rowHeight: number,
  onMoved: (moved: Moved) => void,
): RowWindow {
  const [scale] = useState(() => new ScrollScale())
  const [width, setWidth] = useState(0)
  const [place, setPlace] = useState<Place>({ top: 0, offset: 0, view: 640, direction: 0 })
  /** As last heard: asking the scroller in each frame could lay the page out once more. */
  const viewPx = useRef(640)
  const latest = useRef({ total, rowHeight, onMoved, place })
  latest.current = { total, rowHeight, onMoved, place }

  const [update] = useState(() => (direction: Place['direction'], sync: boolean): void => {
    const now = latest.current
    const view = viewPx.current
    const next: Place = { top: scale.top, offset: scale.offset, view, direction }
    const range = rangeOf(next, now.rowHeight, now.total)
    now.onMoved({ first: range.first, last: range.last, direction })
    const before = rangeOf(now.place, now.rowHeight, now.total)
    const same = before.from === range.from && before.end === range.end
    if (same && now.place.offset === next.offset && now.place.view === view) return
    latest.current.place = next
    if (sync) flushSync(() => setPlace(next))
    else setPlace(next)
  })
  const [settle] = useState(() => (sync: boolean): void => {
    if (!scale.settle()) return
    update(0, sync)
    if (scroller.current !== null) scroller.current.scrollTop = scale.physical
  })

  useEffect(() => {
    const box = scroller.current
    if (box === null) return
    let byPixelsAt = Number.NEGATIVE_INFINITY
    const onHand = (): void => {
      byPixelsAt = performance.now()
    }
    const onScroll = (): void => {
      const before = scale.top
      scale.scrolled(box.scrollTop, performance.now() - byPixelsAt < BY_PIXELS_FOR)
      if (scale.stuck) settle(true)
      const far = Math.abs(scale.top - before) > viewPx.current
      update(far || scale.top === before ? 0 : scale.top > before ? 1 : -1, true)
    }
    const onRest = (): void => settle(true)
    const observer = new ResizeObserver(() => {
      viewPx.current = box.clientHeight
      setWidth(box.clientWidth)
      scale.resize(HEADER_PX + latest.current.total * latest.current.rowHeight, viewPx.current)
      update(0, false)
    })
    observer.observe(box)
    const passive = { passive: true } as const
    box.addEventListener('wheel', onHand, passive)
    box.addEventListener('touchmove', onHand, passive)
    box.addEventListener('scroll', onScroll, passive)
    box.addEventListener('scrollend', onRest, passive)
    return () => {
      observer.disconnect()
      box.removeEventListener('wheel', onHand)
      box.removeEventListener('touchmove', onHand)
      box.removeEventListener('scroll', onScroll)
      box.removeEventListener('scrollend', onRest)
    }
  }, [scroller, scale, update, settle])

  const goTo = (top: number): void => {
    const before = scale.physical
    scale.goTo(top)
    update(0, false)
    // Even to where it stands already, setting it would lay the page out in the middle of an answer.
    if (scroller.current !== null && scale.physical !== before) scroller.current.scrollTop = scale.physical
  }

  const shownHeight = useRef(rowHeight)
  const measured = useRef(false)
  useLayoutEffect(() => {
    const box = scroller.current
    if (box === null) return
    const row = scale.top / shownHeight.current
    if (!measured.current) {
      measured.current = true
      viewPx.current = box.clientHeight
      update(0, false)
    }
    scale.resize(HEADER_PX + total * rowHeight, viewPx.current)
    if (shownHeight.current === rowHeight) settle(false)
    else {
      shownHeight.current = rowHeight
      scale.goTo(row * rowHeight)
      update(0, false)
      box.scrollTop = scale.physical
    }
    // What is in view may be other rows than before.
    const range = rangeOf(latest.current.place, rowHeight, total)
    latest.current.onMoved({ first: range.first, last: range.last, direction: 0 })
  }, [scroller, scale, total, rowHeight, update, settle])

  return {
    range: rangeOf(place, rowHeight, total),
    offset: place.offset,
    scaled: HEADER_PX + total * rowHeight > TALLEST_PX,
    width,
    height: ScrollScale.heightOf(HEADER_PX + total * rowHeight) - HEADER_PX,
    showRow: (row, where) => {
      const view = viewPx.current - HEADER_PX
      // Rows that this very event brings are not laid out yet.
      scale.resize(HEADER_PX + latest.current.total * rowHeight, view + HEADER_PX)
      if (where === 'first' || row * rowHeight < scale.top) goTo(row * rowHeight)
      else if ((row + 1) * rowHeight > scale.top + view) goTo((row + 1) * rowHeight - view)
    },
    shiftRows: (rows) => goTo(scale.top + rows * rowHeight),
    toTop: () => goTo(0),
    topRow: () => Math.floor(scale.top / rowHeight),
    isAtTop: () => scale.top <= 0,
  }
}

function rangeOf(place: Place, rowHeight: number, total: number): RowRange {
  return rowRange(place.top, Math.max(0, place.view - HEADER_PX), rowHeight, total, place.direction)
}
