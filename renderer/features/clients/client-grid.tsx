// biome-ignore-all lint/a11y/useSemanticElements: a virtualised ARIA grid of positioned rows; a table cannot be laid out so
// biome-ignore-all lint/a11y/useFocusableInteractive: one tab stop that roves over the cells; the rest takes no focus
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type MouseEvent, useEffect, useMemo, useRef, useState } from 'react'
import type { ClientId } from '../../../shared/ids.ts'
import { searchWords } from '../../domain/highlight.tsx'
import type { ClientRow, Sort } from '../../store/store-contract.ts'
import { NAMES } from '../../text/names.ts'
import { cx } from '../../ui/cx.ts'
import { useNow } from '../../ui/use-now.ts'
import { useClientDrag } from './client-drag.ts'
import { ClientRowLine } from './client-row.tsx'
import type { ClientWindow, WindowState } from './client-window.ts'
import { COLUMNS, columnWidths, MARK_WIDTH } from './columns.ts'
import styles from './grid.module.css'
import { useSteadyRows } from './use-steady-rows.ts'

export interface ClientGridProps {
  readonly window: ClientWindow
  readonly state: WindowState
  readonly sort: Sort | null
  readonly onSort: (sort: Sort) => void
  readonly openId: ClientId | null
  /** `enter` moves the focus into the pane. */
  readonly onOpen: (clientId: ClientId, how: 'press' | 'enter' | 'move') => void
  /** Closes the open client. */
  readonly onClose: () => void
  readonly placeWidth: number
  readonly comfortable: boolean
  readonly showSkeleton: boolean
}

/** What keys move: rows (pages for Page keys), columns. */
const STEPS: Readonly<Record<string, readonly [rows: number, columns: number]>> = {
  ArrowDown: [1, 0],
  j: [1, 0],
  ArrowUp: [-1, 0],
  k: [-1, 0],
  PageDown: [1, 0],
  PageUp: [-1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  Home: [0, -COLUMNS.length],
  End: [0, COLUMNS.length],
}

/**
 * The list as one grid with one tab stop. Every row is as high as the next, so a row's place is its index; rows that
 * have not been read yet keep their place as skeletons.
 */
export function ClientGrid(props: ClientGridProps) {
  const { state, openId, sort } = props
  const scroller = useRef<HTMLDivElement>(null)
  const [active, setActive] = useState({ row: 0, column: 0 })
  const focusWanted = useRef(false)
  const now = useNow()
  const drag = useClientDrag()
  const rowHeight = props.comfortable ? 40 : 32
  const widths = useMemo(() => columnWidths(props.placeWidth), [props.placeWidth])
  const template = `${MARK_WIDTH}px ${widths.map((width) => `${width}px`).join(' ')}`
  const gridWidth = MARK_WIDTH + widths.reduce((sum, width) => sum + width, 0)
  const shownText = state.query?.text ?? ''
  const words = useMemo(() => searchWords(shownText), [shownText])
  const total = state.query === null && props.showSkeleton ? 24 : state.total
  const activeRow = Math.min(active.row, Math.max(0, total - 1))

  const virtualizer = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    paddingStart: 32,
    scrollPaddingStart: 32,
    rangeExtractor: (range) => {
      const rows = defaultRangeExtractor(range)
      // The row with the tab stop stays in the page, so that focus survives scrolling.
      return rows.includes(activeRow) || activeRow >= total ? rows : [activeRow, ...rows].sort((a, b) => a - b)
    },
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: measured anew when the rows change height
  useEffect(() => virtualizer.measure(), [rowHeight])

  const items = virtualizer.getVirtualItems()
  const first = virtualizer.range?.startIndex ?? 0
  const last = virtualizer.range?.endIndex ?? 0
  useEffect(() => props.window.show(first, last), [props.window, first, last])

  useSteadyRows(scroller, virtualizer.scrollOffset ?? 0, state, rowHeight, activeRow, (row) => {
    focusWanted.current ||= scroller.current?.contains(document.activeElement) ?? false
    setActive((previous) => ({ ...previous, row }))
  })

  // Another query starts at its top.
  const queryKey = JSON.stringify(state.query)
  const firstQuery = useRef(queryKey)
  useEffect(() => {
    if (firstQuery.current === queryKey) return
    firstQuery.current = queryKey
    scroller.current?.scrollTo({ top: 0 })
    setActive((previous) => ({ ...previous, row: 0 }))
  }, [queryKey])

  // The tab stop follows the open client.
  useEffect(() => {
    if (openId === null) return
    for (let index = first; index <= last; index++) {
      if (state.rowAt(index)?.clientId === openId) {
        setActive((previous) => (previous.row === index ? previous : { ...previous, row: index }))
        return
      }
    }
  }, [openId, state, first, last])

  useEffect(() => {
    if (!focusWanted.current) return
    const cell = scroller.current?.querySelector<HTMLElement>(
      `[data-index="${activeRow}"] [data-column="${active.column}"]`,
    )
    if (cell === null || cell === undefined) return
    focusWanted.current = false
    cell.focus({ preventScroll: true })
    const box = scroller.current
    if (box === null) return
    const sticky = MARK_WIDTH + (widths[0] ?? 0)
    if (active.column > 0 && cell.offsetLeft - box.scrollLeft < sticky) box.scrollLeft = cell.offsetLeft - sticky
    const right = cell.offsetLeft + cell.offsetWidth - box.clientWidth
    if (right > box.scrollLeft) box.scrollLeft = right
  })

  const moveTo = (row: number, column: number): void => {
    const target = Math.min(Math.max(0, row), Math.max(0, total - 1))
    focusWanted.current = true
    setActive({ row: target, column: Math.min(Math.max(0, column), COLUMNS.length - 1) })
    virtualizer.scrollToIndex(target)
    const client = state.rowAt(target)
    if (openId !== null && client !== null && target !== activeRow) props.onOpen(client.clientId, 'move')
  }

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (event.target instanceof HTMLButtonElement) {
      if (event.key === 'ArrowDown') {
        event.preventDefault()
        moveTo(activeRow, active.column)
      }
      return
    }
    if (event.key === 'Escape' && props.openId !== null) {
      event.preventDefault()
      props.onClose()
      return
    }
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 320) / rowHeight) - 2)
    if (event.key === 'Enter' || event.key === ' ') {
      const client = state.rowAt(activeRow)
      event.preventDefault()
      if (client !== null) props.onOpen(client.clientId, event.key === 'Enter' ? 'enter' : 'press')
      return
    }
    const step = STEPS[event.key]
    if (step === undefined) return
    event.preventDefault()
    const [rows, columns] = step
    moveTo(activeRow + rows * (event.key.startsWith('Page') ? page : 1), active.column + columns)
  }

  const onClick = (event: MouseEvent): void => {
    if (!(event.target instanceof Element)) return
    const line = event.target.closest<HTMLElement>('[data-index]')
    if (line === null) return
    const index = Number(line.dataset.index)
    const client = state.rowAt(index)
    if (client === null) return
    const cell = event.target.closest<HTMLElement>('[data-column]')
    setActive({ row: index, column: cell === null ? 0 : Number(cell.dataset.column) })
    props.onOpen(client.clientId, 'press')
  }

  return (
    <div
      ref={scroller}
      role="grid"
      aria-label={NAMES.clients}
      aria-rowcount={state.total}
      aria-colcount={COLUMNS.length + 1}
      aria-busy={state.busy}
      data-query={shownText}
      className={styles.scroller}
      onKeyDown={onKeyDown}
      onClick={onClick}
      onPointerDown={(event) => drag.prepare(rowUnder(event.target, state))}
      onDragStart={(event) => drag.start(event, rowUnder(event.target, state))}
    >
      <div role="row" className={styles.header} style={{ gridTemplateColumns: template, width: gridWidth }}>
        <span role="columnheader" className={styles.mark}>
          <span className="visually-hidden">Sync mark</span>
        </span>
        {COLUMNS.map((column) => {
          // Without an order of the user's the newest change leads, and the best match where something is looked for.
          const newest = sort === null && shownText === '' && column.key === 'updated' ? 'desc' : null
          const sorted = sort?.key === column.sort ? sort.direction : newest
          return (
            <span
              key={column.key}
              role="columnheader"
              aria-sort={sorted === null ? 'none' : sorted === 'asc' ? 'ascending' : 'descending'}
              className={cx(styles.headCell, column.key === 'name' && styles.name, sorted !== null && styles.sorted)}
            >
              <button
                type="button"
                className={styles.sort}
                onClick={() => {
                  const reverse = sorted === 'asc' ? 'desc' : 'asc'
                  props.onSort({ key: column.sort, direction: sorted === null ? column.first : reverse })
                }}
              >
                {column.label}
                {sorted === 'asc' && <IconArrowUp size={12} aria-hidden />}
                {sorted === 'desc' && <IconArrowDown size={12} aria-hidden />}
              </button>
            </span>
          )
        })}
      </div>
      <div
        role="rowgroup"
        className={styles.rows}
        style={{ height: Math.max(0, virtualizer.getTotalSize() - 32), width: gridWidth }}
      >
        {items.map((item) => (
          <ClientRowLine
            key={state.rowAt(item.index)?.clientId ?? `blank-${item.index}`}
            row={state.rowAt(item.index)}
            index={item.index}
            top={item.start - 32}
            height={rowHeight}
            template={template}
            tagsWidth={widths[7] ?? 104}
            selected={openId !== null && state.rowAt(item.index)?.clientId === openId}
            tabColumn={item.index === activeRow ? active.column : null}
            words={words}
            comfortable={props.comfortable}
            now={now}
          />
        ))}
      </div>
    </div>
  )
}

/** The client whose name the pointer is on. */
function rowUnder(target: EventTarget, state: WindowState): ClientRow | null {
  if (!(target instanceof Element) || target.closest('[draggable]') === null) return null
  const index = target.closest<HTMLElement>('[data-index]')?.dataset.index
  return index === undefined ? null : state.rowAt(Number(index))
}
