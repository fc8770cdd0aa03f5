import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type PointerEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import type { BoardCard, BoardColumn } from '../../store/store-contract.ts'
import { formatNumber } from '../../text/format.ts'
import { StatusDot } from '../../ui/status-dot.tsx'
import { CardFace } from './board-card.tsx'
import classes from './pipeline.module.css'

/** Height of a card and the room between two, in pixels. All cards are equal, so nothing has to be measured. */
const CARD = 82
const GAP = 8
/** Cards left below the last one in view when more are asked for. */
const AHEAD = 20

/** A wish to put the focus on a card; a new object is a new wish. */
export interface FocusWish {
  readonly columnId: string
  readonly index: number
}

export interface ColumnProps {
  readonly column: BoardColumn
  /** A card hovers over this column. */
  readonly isTarget: boolean
  /** A card is in the air that this column does not take. */
  readonly refuses: boolean
  /** Clients of several sources stand on this board. */
  readonly mixed: boolean
  /** The card that is lifted, wherever it came from. */
  readonly liftedId: string | null
  readonly focusWish: FocusWish | null
  readonly hintId: string
  readonly now: number
  readonly sourceNameOf: (card: BoardCard) => string | null
  readonly onPointerDown: (event: PointerEvent<HTMLElement>, card: BoardCard, columnId: string) => void
  readonly onKeyDown: (event: KeyboardEvent<HTMLElement>, card: BoardCard, columnId: string, index: number) => void
  readonly onOpen: (card: BoardCard) => void
  /** The end of the loaded cards comes into view. */
  readonly onNeedMore: () => void
}

export function BoardColumnView(props: ColumnProps): ReactNode {
  const { column, focusWish, onNeedMore } = props
  const titleId = useId()
  const scroller = useRef<HTMLDivElement>(null)
  const [roving, setRoving] = useState(0)
  const current = Math.max(0, Math.min(roving, column.cards.length - 1))

  const virtualizer = useVirtualizer({
    count: column.cards.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => CARD,
    gap: GAP,
    paddingStart: 4,
    paddingEnd: 16,
    overscan: 5,
    getItemKey: (index) => column.cards[index]?.row.clientId ?? index,
    // The card that has the focus stays mounted, or scrolling would throw the focus away.
    rangeExtractor: (range) => [...new Set([...defaultRangeExtractor(range), current])].sort((a, b) => a - b),
  })
  const items = virtualizer.getVirtualItems().filter((item) => item.index < column.cards.length)

  const lastShown = virtualizer.range?.endIndex ?? 0
  const hasMore = column.cards.length < column.count
  useEffect(() => {
    if (hasMore && lastShown + AHEAD >= column.cards.length) onNeedMore()
  }, [hasMore, lastShown, column.cards.length, onNeedMore])

  useEffect(() => {
    if (focusWish === null || focusWish.columnId !== column.id) return
    setRoving(focusWish.index)
    virtualizer.scrollToIndex(focusWish.index)
    const frame = requestAnimationFrame(() => {
      scroller.current?.querySelector<HTMLElement>(`[data-index="${focusWish.index}"]`)?.focus({ preventScroll: true })
    })
    return () => cancelAnimationFrame(frame)
  }, [focusWish, column.id, virtualizer])

  return (
    <section
      className={classes.column}
      data-column={column.id}
      data-refuses={props.refuses || undefined}
      aria-labelledby={titleId}
    >
      <header className={classes.columnHead}>
        <StatusDot tone={column.status.tone} color={column.status.color} />
        <h2 id={titleId} className={classes.columnName} dir="auto" title={column.status.label}>
          {column.status.label}
        </h2>
        <span className={classes.columnCount}>{formatNumber(column.count)}</span>
      </header>
      <div className={classes.columnBody} data-target={props.isTarget || undefined}>
        {props.isTarget && <div className={classes.slot} />}
        <div ref={scroller} className={classes.scroller}>
          {column.cards.length === 0 ? (
            <p className={classes.none}>No clients</p>
          ) : (
            <ul className={classes.cards} aria-labelledby={titleId} style={{ height: virtualizer.getTotalSize() }}>
              {items.map((item) => {
                const card = column.cards[item.index]
                if (card === undefined) return null
                const { clientId } = card.row
                return (
                  <li
                    key={item.key}
                    className={classes.item}
                    style={{ transform: `translateY(${item.start}px)` }}
                    aria-setsize={column.count}
                    aria-posinset={item.index + 1}
                  >
                    <a
                      href={`#/clients/${clientId}`}
                      className={classes.card}
                      draggable={false}
                      data-index={item.index}
                      data-client-id={clientId}
                      data-lifted={props.liftedId === clientId || undefined}
                      aria-describedby={props.hintId}
                      tabIndex={item.index === current ? 0 : -1}
                      onFocus={() => setRoving(item.index)}
                      onPointerDown={(event) => props.onPointerDown(event, card, column.id)}
                      onKeyDown={(event) => props.onKeyDown(event, card, column.id, item.index)}
                      onClick={(event) => {
                        if (event.ctrlKey || event.metaKey || event.shiftKey) return
                        event.preventDefault()
                        props.onOpen(card)
                      }}
                    >
                      <CardFace card={card} sourceName={props.sourceNameOf(card)} mixed={props.mixed} now={props.now} />
                    </a>
                  </li>
                )
              })}
            </ul>
          )}
        </div>
      </div>
    </section>
  )
}
