// biome-ignore-all lint/a11y/useSemanticElements: a virtualised ARIA grid of positioned rows; a table cannot be laid out so
// biome-ignore-all lint/a11y/useFocusableInteractive: one tab stop that roves over the cells; the rest takes no focus
import {
  type CSSProperties,
  type MouseEvent,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import type { ClientId } from '../../../shared/ids.ts'
import { useStore } from '../../bridge/app-context.tsx'
import type { ClientRow, Sort } from '../../store/store-contract.ts'
import { formatNumber } from '../../text/format.ts'
import { NAMES } from '../../text/names.ts'
import { cx } from '../../ui/cx.ts'
import { notify } from '../../ui/toast.tsx'
import { useNow } from '../../ui/use-now.ts'
import { useClientDrag } from './client-drag.ts'
import { ClientRowLine } from './client-row.tsx'
import type { ClientWindow, WindowState } from './client-window.ts'
import { COLUMNS, columnWidths, MARK_WIDTH } from './columns.ts'
import styles from './grid.module.css'
import { GridHeader } from './grid-header.tsx'
import { countSelected, isSelected, type RowSelection, type Selected } from './row-selection.ts'
import { clientsBetween, MAX_RANGE } from './select-range.ts'
import { useWindowState } from './use-client-window.ts'
import { useGridKeys } from './use-grid-keys.ts'
import { useHold } from './use-hold.ts'
import { type Moved, useRowWindow } from './use-row-window.ts'
import { useSteadyRows } from './use-steady-rows.ts'
import { useTypeAhead } from './use-type-ahead.ts'

export interface ClientGridProps {
  readonly window: ClientWindow
  readonly selection: RowSelection
  readonly selected: Selected
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

/**
 * The list as one grid with one tab stop. Every row is as high as the next, so a row's place is its index; rows that
 * have not been read yet keep their place as skeletons.
 */
export function ClientGrid(props: ClientGridProps) {
  const { openId, sort, selection, selected, window } = props
  const state = useWindowState(window)
  const store = useStore()
  const scroller = useRef<HTMLDivElement>(null)
  const [active, setActive] = useState({ row: 0, column: 0 })
  const focusWanted = useRef(false)
  const now = useNow()
  const drag = useClientDrag()
  const hold = useHold(window)
  const rowHeight = props.comfortable ? 40 : 32
  const lineHeight: CSSProperties & { '--row-line': string } = { '--row-line': `${rowHeight}px` }
  const widths = useMemo(() => columnWidths(props.placeWidth), [props.placeWidth])
  const template = `${MARK_WIDTH}px ${widths.map((width) => `${width}px`).join(' ')}`
  const gridWidth = MARK_WIDTH + widths.reduce((sum, width) => sum + width, 0)
  const shownText = state.query?.text ?? ''
  const total = state.query === null && props.showSkeleton ? 24 : state.total
  const activeRow = Math.min(active.row, Math.max(0, total - 1))

  const rows = useRowWindow(scroller, total, rowHeight, ({ first, last, direction }: Moved) => {
    window.show(first, last, direction)
    if (direction !== 0) hold.scrolled()
  })
  useSteadyRows(rows, state, activeRow, (row) => {
    focusWanted.current ||= scroller.current?.contains(document.activeElement) ?? false
    setActive((previous) => ({ ...previous, row }))
  })

  // Another query starts at its top.
  const queryKey = JSON.stringify(state.query)
  const firstQuery = useRef(queryKey)
  useLayoutEffect(() => {
    if (firstQuery.current === queryKey) return
    firstQuery.current = queryKey
    rows.toTop()
    setActive((previous) => (previous.row === 0 ? previous : { ...previous, row: 0 }))
  })

  // The tab stop follows the open client.
  const { first, last } = rows.range
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
    const box = scroller.current
    if (!focusWanted.current || box === null) return
    const cell = box.querySelector<HTMLElement>(`[data-index="${activeRow}"] [data-column="${active.column}"]`)
    if (cell === null) return
    focusWanted.current = false
    cell.focus({ preventScroll: true })
    const sticky = MARK_WIDTH + (widths[0] ?? 0)
    if (active.column > 0 && cell.offsetLeft - box.scrollLeft < sticky) box.scrollLeft = cell.offsetLeft - sticky
    const right = cell.offsetLeft + cell.offsetWidth - box.clientWidth
    if (right > box.scrollLeft) box.scrollLeft = right
  })

  const goTo = (row: number, column: number, where?: 'first'): number => {
    const target = Math.min(Math.max(0, row), Math.max(0, total - 1))
    focusWanted.current = true
    // Until a row that was never read is there, keys come here and not to nobody.
    if (state.rowAt(target) === null) scroller.current?.focus({ preventScroll: true })
    setActive({ row: target, column: Math.min(Math.max(0, column), COLUMNS.length - 1) })
    rows.showRow(target, where)
    return target
  }
  const moveTo = (row: number, column: number, where?: 'first'): void => {
    const target = goTo(row, column, where)
    const client = state.rowAt(target)
    if (openId !== null && client !== null && target !== activeRow) props.onOpen(client.clientId, 'move')
  }
  const toggle = (row: number): void => {
    const client = state.rowAt(row)
    if (client !== null) selection.toggle(client.clientId, row)
  }
  const extendTo = async (row: number): Promise<void> => {
    selection.anchor ??= activeRow
    const { anchor } = selection
    if (Math.abs(row - anchor) >= MAX_RANGE) {
      const most = formatNumber(MAX_RANGE)
      notify({ text: `A range takes at most ${most} rows. Select all results, or narrow the list.`, slot: 'range' })
      return
    }
    const ids = await clientsBetween(store, state, anchor, row)
    if (ids !== null && selection.anchor === anchor) selection.range(ids)
  }
  const typeAhead = useTypeAhead(state.query, activeRow, (row) => moveTo(row, 0, 'first'))
  const onKeyDown = useGridKeys({
    total,
    active: { row: activeRow, column: active.column },
    rowsPerPage: () => Math.max(1, Math.floor((scroller.current?.clientHeight ?? 320) / rowHeight) - 2),
    moveTo,
    extendTo: (row) => {
      void extendTo(row)
      goTo(row, active.column)
    },
    toggle,
    selectAll: () => selection.all(),
    leave: () => {
      if (countSelected(selected, state.total) > 0) selection.clear()
      else if (openId !== null) props.onClose()
      else return false
      return true
    },
    open: (how) => {
      const client = state.rowAt(activeRow)
      if (client !== null) props.onOpen(client.clientId, how)
    },
    typeAhead: typeAhead.take,
  })

  const onClick = (event: MouseEvent): void => {
    if (!(event.target instanceof Element)) return
    const line = event.target.closest<HTMLElement>('[data-index]')
    const index = Number(line?.dataset.index)
    const client = line === null ? null : state.rowAt(index)
    if (client === null) return
    const cell = event.target.closest<HTMLElement>('[data-column]')
    setActive({ row: index, column: cell === null ? 0 : Number(cell.dataset.column) })
    const picks = event.target.closest('[data-select]') !== null
    const selects = event.shiftKey || picks || event.ctrlKey || event.metaKey
    if (event.shiftKey) void extendTo(index)
    else if (selects) toggle(index)
    else props.onOpen(client.clientId, 'press')
    focusWanted.current ||= selects
  }

  const count = countSelected(selected, state.total)
  const onSelectAll = useCallback(
    () => (countSelected(selection.current(), 1) > 0 ? selection.clear() : selection.all()),
    [selection],
  )
  // Its page may have been let go meanwhile: the row keeps the focus all the same.
  const lastActive = useRef<{ readonly row: ClientRow; readonly index: number; readonly query: string } | null>(null)
  const kept = lastActive.current
  const sameActive = kept !== null && kept.index === activeRow && kept.query === queryKey && !state.isGone(activeRow)
  const activeClient = state.rowAt(activeRow) ?? (sameActive ? kept.row : null)
  lastActive.current = activeClient === null ? null : { row: activeClient, index: activeRow, query: queryKey }
  const { from, end } = rows.range
  const topOf = (index: number): number =>
    rows.scaled && (index < from || index >= end) ? -2 * rowHeight : index * rowHeight - rows.offset
  return (
    <>
      <div
        ref={scroller}
        role="grid"
        tabIndex={-1}
        aria-label={NAMES.clients}
        aria-rowcount={state.total}
        aria-colcount={COLUMNS.length + 1}
        aria-multiselectable="true"
        aria-busy={state.busy}
        data-query={shownText.trimEnd()}
        className={cx(styles.scroller, count > 0 && styles.selecting, gridWidth <= rows.width && styles.fits)}
        style={lineHeight}
        {...hold.handlers}
        onKeyDown={onKeyDown}
        onClick={onClick}
        onMouseDown={(event) => {
          // A range of rows, and not of their texts.
          if (event.shiftKey) event.preventDefault()
        }}
        onPointerDown={(event) => drag.prepare(rowUnder(event.target, state))}
        onDragStart={(event) => drag.start(event, rowUnder(event.target, state))}
      >
        <GridHeader
          template={template}
          width={gridWidth}
          sort={sort}
          searching={shownText !== ''}
          onSort={props.onSort}
          selected={count > 0 && count === state.total ? true : count > 0 ? 'some' : false}
          onSelectAll={onSelectAll}
        />
        <div role="rowgroup" className={styles.rows} style={{ height: rows.height, width: gridWidth }}>
          {rowsInPage(from, end, activeRow, total).map((index) => {
            const row = index === activeRow ? activeClient : state.rowAt(index)
            return (
              <ClientRowLine
                key={index}
                row={row}
                gone={state.isGone(index)}
                index={index}
                top={topOf(index)}
                height={rowHeight}
                template={template}
                tagsWidth={widths[7] ?? 104}
                open={openId !== null && row?.clientId === openId}
                selected={count > 0 && row !== null && isSelected(selected, row.clientId)}
                tabColumn={index === activeRow ? active.column : null}
                comfortable={props.comfortable}
                now={now}
              />
            )
          })}
        </div>
      </div>
      {typeAhead.typed !== '' && (
        <div role="status" className={styles.typed}>
          Go to <b>{typeAhead.typed}</b>
        </div>
      )}
    </>
  )
}

/** Rows near the view, and the one with the tab stop wherever it is, so that focus survives scrolling. */
function rowsInPage(from: number, end: number, activeRow: number, total: number): readonly number[] {
  const rows = Array.from({ length: Math.max(0, end - from) }, (_, at) => from + at)
  if (activeRow >= total || (activeRow >= from && activeRow < end)) return rows
  return activeRow < from ? [activeRow, ...rows] : [...rows, activeRow]
}

/** The client whose name the pointer is on. */
function rowUnder(target: EventTarget, state: WindowState): ClientRow | null {
  if (!(target instanceof Element) || target.closest('[draggable]') === null) return null
  const index = target.closest<HTMLElement>('[data-index]')?.dataset.index
  return index === undefined ? null : state.rowAt(Number(index))
}
