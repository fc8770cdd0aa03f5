import { type KeyboardEvent, type PointerEvent, type RefObject, useCallback, useEffect, useRef, useState } from 'react'
import type { BoardCard, BoardColumn } from '../../store/store-contract.ts'
import { type ColumnSpan, columnAt, nextColumn } from './card-move.ts'

/** A card in the air. */
export interface Lift {
  readonly card: BoardCard
  readonly from: string
  /** Column it would fall into; null outside the board, and over a column that does not take it. */
  readonly target: string | null
  readonly by: 'pointer' | 'keyboard'
  /** Size of the card, and where it lies on the screen when lifted, in pixels. */
  readonly box: { readonly left: number; readonly top: number; readonly width: number; readonly height: number }
}

/** Pixels the pointer must travel before a press becomes a drag. */
const SLACK = 4
/** Distance from the board's edge at which it scrolls sideways under a lifted card, and how far per frame. */
const EDGE = 48
const EDGE_STEP = 14

export interface CardLift {
  readonly lift: Lift | null
  /** Of the floating picture of the card: the pointer moves it without a render. */
  readonly ghost: RefObject<HTMLDivElement | null>
  readonly onPointerDown: (event: PointerEvent<HTMLElement>, card: BoardCard, columnId: string) => void
  /** True where the key was about lifting. */
  readonly onKeyDown: (event: KeyboardEvent<HTMLElement>, card: BoardCard, columnId: string) => boolean
  /** A click that ends a drag opens nothing. */
  readonly swallowsClick: () => boolean
}

export interface CardLiftDeps {
  readonly board: RefObject<HTMLDivElement | null>
  readonly columns: readonly BoardColumn[]
  readonly onDrop: (card: BoardCard, from: string, to: string, by: Lift['by']) => void
  /** Whether a column takes the card. Where the card comes from, it may always return to. */
  readonly takes: (card: BoardCard, columnId: string) => boolean
  /** Let go over a column that does not take it. */
  readonly onRefused: (card: BoardCard, columnId: string) => void
  readonly announce: (text: string) => void
}

/** Lifting, carrying and dropping a card, by pointer and by keyboard. */
export function useCardLift(deps: CardLiftDeps): CardLift {
  const [lift, setLift] = useState<Lift | null>(null)
  const ghost = useRef<HTMLDivElement>(null)
  const justDragged = useRef(false)
  const stopDrag = useRef<(() => void) | null>(null)
  const latest = useRef(deps)
  latest.current = deps

  useEffect(() => () => stopDrag.current?.(), [])

  const label = (columnId: string) =>
    latest.current.columns.find((column) => column.id === columnId)?.status.label ?? 'No status'

  const onPointerDown = useCallback((event: PointerEvent<HTMLElement>, card: BoardCard, from: string) => {
    if (event.button !== 0 || event.pointerType === 'touch' || card.row.deleting) return
    const element = event.currentTarget
    const startX = event.clientX
    const startY = event.clientY
    const pointerId = event.pointerId
    let x = startX
    let y = startY
    let target: string | null = from
    /** The column under the pointer, whether it takes the card or not. */
    let over: string | null = from
    let dragging = false
    let frame = 0
    justDragged.current = false

    const follow = () => {
      const board = latest.current.board.current
      if (board !== null) {
        const edges = board.getBoundingClientRect()
        if (x > edges.right - EDGE) board.scrollLeft += EDGE_STEP
        else if (x < edges.left + EDGE) board.scrollLeft -= EDGE_STEP
        const under = y < edges.top - EDGE || y > edges.bottom + EDGE ? null : columnAt(x, spansOf(board))
        if (under !== over) {
          over = under
          const taken = under === from || (under !== null && latest.current.takes(card, under)) ? under : null
          target = taken
          setLift((current) => (current === null ? null : { ...current, target: taken }))
        }
      }
      if (ghost.current !== null) {
        ghost.current.style.transform = `translate(${x - startX}px, ${y - startY}px) rotate(-1.5deg)`
      }
      frame = requestAnimationFrame(follow)
    }
    const begin = () => {
      dragging = true
      const { left, top, width, height } = element.getBoundingClientRect()
      setLift({ card, from, target, by: 'pointer', box: { left, top, width, height } })
      frame = requestAnimationFrame(follow)
    }
    const stop = () => {
      cancelAnimationFrame(frame)
      window.removeEventListener('pointermove', onMove)
      window.removeEventListener('pointerup', onUp)
      window.removeEventListener('pointercancel', onCancel)
      window.removeEventListener('keydown', onEscape, true)
      stopDrag.current = null
      if (dragging) {
        justDragged.current = true
        setLift(null)
      }
    }
    const onMove = (move: globalThis.PointerEvent) => {
      if (move.pointerId !== pointerId) return
      x = move.clientX
      y = move.clientY
      if (!dragging && Math.hypot(x - startX, y - startY) > SLACK) begin()
    }
    const onUp = (up: globalThis.PointerEvent) => {
      if (up.pointerId !== pointerId) return
      const to = target
      const refused = target === null ? over : null
      const wasDragging = dragging
      stop()
      if (!wasDragging) return
      if (refused !== null) latest.current.onRefused(card, refused)
      else if (to !== null && to !== from) latest.current.onDrop(card, from, to, 'pointer')
    }
    const onCancel = () => stop()
    const onEscape = (key: globalThis.KeyboardEvent) => {
      if (key.key !== 'Escape' || !dragging) return
      key.preventDefault()
      key.stopPropagation()
      stop()
    }
    window.addEventListener('pointermove', onMove)
    window.addEventListener('pointerup', onUp)
    window.addEventListener('pointercancel', onCancel)
    window.addEventListener('keydown', onEscape, true)
    stopDrag.current = stop
  }, [])

  const onKeyDown = (event: KeyboardEvent<HTMLElement>, card: BoardCard, from: string): boolean => {
    const { columns, announce } = deps
    const carried =
      lift !== null && lift.by === 'keyboard' && lift.card.row.clientId === card.row.clientId ? lift : null
    const handled = () => {
      event.preventDefault()
      event.stopPropagation()
      return true
    }
    if (carried === null) {
      if (event.key !== ' ' || card.row.deleting) return false
      const { left, top, width, height } = event.currentTarget.getBoundingClientRect()
      setLift({ card, from, target: from, by: 'keyboard', box: { left, top, width, height } })
      announce(
        `Lifted ${card.row.name} from ${label(from)}. Left and right choose a column, Space drops, Escape returns.`,
      )
      return handled()
    }
    if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') {
      const may = (columnId: string) => columnId === from || deps.takes(card, columnId)
      const to = nextColumn(columns, carried.target ?? from, event.key === 'ArrowLeft' ? -1 : 1, may)
      setLift({ ...carried, target: to })
      announce(`${label(to)}, column ${columns.findIndex((column) => column.id === to) + 1} of ${columns.length}`)
      return handled()
    }
    if (event.key === 'Escape') {
      setLift(null)
      announce(`Returned to ${label(from)}.`)
      return handled()
    }
    if (event.key === ' ' || event.key === 'Enter') {
      setLift(null)
      const to = carried.target ?? from
      if (to === from) announce(`Stays in ${label(from)}.`)
      else deps.onDrop(card, from, to, 'keyboard')
      return handled()
    }
    // A lifted card is put down before anything else happens.
    if (event.key === 'Tab') {
      setLift(null)
      announce(`Returned to ${label(from)}.`)
      return false
    }
    return handled()
  }

  return {
    lift,
    ghost,
    onPointerDown,
    onKeyDown,
    swallowsClick: () => {
      const swallow = justDragged.current
      justDragged.current = false
      return swallow
    },
  }
}

/** Where the columns lie now. */
export function spansOf(board: HTMLElement): readonly ColumnSpan[] {
  return [...board.querySelectorAll<HTMLElement>('[data-column]')].map((element) => {
    const { left, right } = element.getBoundingClientRect()
    return { id: element.dataset.column ?? '', left, right }
  })
}
