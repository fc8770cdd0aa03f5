import type { KeyboardEvent } from 'react'
import { useSettings } from '../../state/host-state.ts'
import { COLUMNS } from './columns.ts'

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

export interface GridKeys {
  readonly total: number
  readonly active: { readonly row: number; readonly column: number }
  readonly rowsPerPage: () => number
  readonly moveTo: (row: number, column: number) => void
  /** Takes in everybody from where the range began to this row. */
  readonly extendTo: (row: number) => void
  readonly toggle: (row: number) => void
  readonly selectAll: () => void
  /** Lets the selection go, or closes what is open. False where there is neither. */
  readonly leave: () => boolean
  readonly open: (how: 'enter') => void
  readonly typeAhead: (event: KeyboardEvent) => boolean
}

/** The keys of the grid (DESIGN.md section 10, and the pattern of the WAI for grids). */
export function useGridKeys(grid: GridKeys): (event: KeyboardEvent) => void {
  const { singleKeyShortcuts } = useSettings()
  return (event) => {
    const { row, column } = grid.active
    const mod = event.ctrlKey || event.metaKey
    // Of the header only the way into the rows is the grid's, of a row's box only what moves.
    if (event.target instanceof HTMLButtonElement) {
      if (event.key !== 'ArrowDown') return
      event.preventDefault()
      grid.moveTo(row, column)
      return
    }
    if (event.altKey) return
    if (mod) {
      if (event.key === 'a') grid.selectAll()
      else if (event.key === 'Home') grid.moveTo(0, 0)
      else if (event.key === 'End') grid.moveTo(grid.total - 1, COLUMNS.length - 1)
      else if (event.key === ' ') grid.toggle(row)
      else return
      event.preventDefault()
      return
    }
    if (event.key === 'Escape') {
      if (grid.leave()) event.preventDefault()
      return
    }
    if (grid.typeAhead(event)) return
    if (event.key === 'Enter') grid.open('enter')
    else if (event.key === ' ') {
      if (event.shiftKey) grid.extendTo(row)
      else grid.toggle(row)
    } else if (event.key === 'x' && singleKeyShortcuts) grid.toggle(row)
    else {
      const step = STEPS[event.key]
      if (step === undefined) return
      const [rows, columns] = step
      const target = row + rows * (event.key.startsWith('Page') ? grid.rowsPerPage() : 1)
      if (event.shiftKey && rows !== 0) grid.extendTo(Math.min(Math.max(0, target), grid.total - 1))
      grid.moveTo(target, column + columns)
    }
    event.preventDefault()
  }
}
