import { IconArrowUp } from '@tabler/icons-react'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, type RefObject, useEffect, useMemo, useRef, useState } from 'react'
import { TestimonialCard } from '../../domain/testimonial-card.tsx'
import { isVideo } from '../../domain/testimonial-video.ts'
import type { TestimonialView } from '../../store/store-contract.ts'
import { formatNumber } from '../../text/format.ts'
import { columnCount, estimateCardHeight, splitIntoColumns } from './masonry.ts'
import { steadyItems } from './steady-items.ts'
import classes from './testimonials.module.css'

const GAP = 12
const PADDING = 16
/** The right padding gives half of itself to the scroll bar. */
const SIDES = 24
/** Distance from the end, in pixels, at which more are asked for. */
const AHEAD = 1200

export interface WallProps {
  readonly items: readonly TestimonialView[]
  readonly total: number
  readonly now: number
  readonly onNeedMore: () => void
}

/** Columns of cards that scroll together; only what is near the view is in the page. */
export function TestimonialWall(props: WallProps): ReactNode {
  const { total, onNeedMore } = props
  const scroller = useRef<HTMLDivElement>(null)
  const width = useWidth(scroller)
  const columns = columnCount(useWindowWidth())
  const columnWidth = (width - SIDES - (columns - 1) * GAP) / columns
  const [playing, setPlaying] = useState<string | null>(null)
  const [scrolled, setScrolled] = useState(false)
  const { shown: items, waiting } = useSteady(props.items, scrolled || playing !== null)

  const heights = useMemo(
    () =>
      items.map((item) =>
        estimateCardHeight(
          { video: isVideo(item), text: item.text ?? '', rated: item.rating !== null },
          // Whole pixels, so that a scroll bar does not deal the cards anew.
          Math.round(columnWidth),
        ),
      ),
    [items, columnWidth],
  )
  const dealt = useMemo(() => splitIntoColumns(heights, columns, GAP), [heights, columns])

  const hasMore = props.items.length < total
  useEffect(() => {
    const element = scroller.current
    if (element === null) return
    const look = () => {
      setScrolled(element.scrollTop > 0)
      if (hasMore && element.scrollHeight - element.scrollTop - element.clientHeight < AHEAD) onNeedMore()
    }
    look()
    element.addEventListener('scroll', look, { passive: true })
    return () => element.removeEventListener('scroll', look)
  }, [hasMore, onNeedMore])

  return (
    <div ref={scroller} className={classes.wall}>
      {waiting > 0 && (
        <button
          type="button"
          className={classes.newer}
          onClick={() => {
            setPlaying(null)
            setScrolled(false)
            scroller.current?.scrollTo({ top: 0 })
          }}
        >
          <IconArrowUp size={14} stroke={1.75} aria-hidden="true" />
          Show {formatNumber(waiting)} new
        </button>
      )}
      {/* biome-ignore lint/a11y/useSemanticElements: the columns between list and items are layout only */}
      <div role="list" className={classes.columns} aria-label="Testimonials">
        {width > 0 &&
          dealt.map((indexes, column) => (
            <WallColumn
              // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place
              key={`${columns}-${column}`}
              scroller={scroller}
              indexes={indexes}
              items={items}
              heights={heights}
              total={total}
              playing={playing}
              onPlay={setPlaying}
              now={props.now}
            />
          ))}
      </div>
    </div>
  )
}

function WallColumn(props: {
  readonly scroller: RefObject<HTMLDivElement | null>
  readonly indexes: readonly number[]
  readonly items: readonly TestimonialView[]
  readonly heights: readonly number[]
  readonly total: number
  readonly playing: string | null
  readonly onPlay: (key: string) => void
  readonly now: number
}): ReactNode {
  const { indexes, items, heights } = props
  const virtualizer = useVirtualizer({
    count: indexes.length,
    getScrollElement: () => props.scroller.current,
    estimateSize: (place) => heights[indexes[place] ?? 0] ?? 200,
    getItemKey: (place) => keyOf(items[indexes[place] ?? -1]) ?? place,
    gap: GAP,
    paddingStart: PADDING,
    paddingEnd: PADDING,
    overscan: 4,
  })
  return (
    <div role="presentation" className={classes.column} style={{ height: virtualizer.getTotalSize() }}>
      {virtualizer.getVirtualItems().map((virtual) => {
        const index = indexes[virtual.index]
        const item = index === undefined ? undefined : items[index]
        if (index === undefined || item === undefined) return null
        const key = keyOf(item) ?? String(index)
        return (
          // biome-ignore lint/a11y/useSemanticElements: see the list around it
          <div
            key={virtual.key}
            ref={virtualizer.measureElement}
            data-index={virtual.index}
            role="listitem"
            className={classes.item}
            style={{ transform: `translateY(${virtual.start}px)` }}
            aria-posinset={index + 1}
            aria-setsize={props.total}
          >
            <TestimonialCard
              testimonial={item}
              playing={props.playing === key}
              onPlay={() => props.onPlay(key)}
              now={props.now}
              linksClient
            />
          </div>
        )
      })}
    </div>
  )
}

/** Holds the cards in place while somebody reads further down or watches. */
function useSteady(items: readonly TestimonialView[], steady: boolean) {
  const before = useRef<readonly TestimonialView[]>([])
  const result = useMemo(
    () => (steady ? steadyItems(before.current, items, (item) => keyOf(item) ?? '') : { shown: items, waiting: 0 }),
    [items, steady],
  )
  useEffect(() => {
    before.current = result.shown
  }, [result])
  return result
}

/** Ids are the vendor's own; two sources may use the same. */
function keyOf(item: TestimonialView | undefined): string | null {
  // With the client: a vendor may give the same id to testimonials of two.
  return item === undefined ? null : `${item.sourceId} ${item.clientId} ${item.testimonialId}`
}

function useWidth(element: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0)
  useEffect(() => {
    const target = element.current
    if (target === null) return
    const observer = new ResizeObserver(() => setWidth(target.clientWidth))
    observer.observe(target)
    setWidth(target.clientWidth)
    return () => observer.disconnect()
  }, [element])
  return width
}

function useWindowWidth(): number {
  const [width, setWidth] = useState(window.innerWidth)
  useEffect(() => {
    const onResize = () => setWidth(window.innerWidth)
    window.addEventListener('resize', onResize)
    return () => window.removeEventListener('resize', onResize)
  }, [])
  return width
}
