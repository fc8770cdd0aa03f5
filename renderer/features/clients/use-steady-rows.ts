import { useLayoutEffect, useRef } from 'react'
import type { ClientId } from '../../../shared/ids.ts'
import type { WindowState } from './client-window.ts'
import type { RowWindow } from './use-row-window.ts'

/** How far a row is looked for around its old place. */
const REACH = 300

function findNear(state: WindowState, clientId: ClientId, near: number): number | null {
  for (let distance = 0; distance <= REACH; distance++) {
    if (state.rowAt(near + distance)?.clientId === clientId) return near + distance
    if (distance > 0 && near - distance >= 0 && state.rowAt(near - distance)?.clientId === clientId) {
      return near - distance
    }
  }
  return null
}

interface Held {
  readonly clientId: ClientId
  readonly index: number
}

function heldAt(state: WindowState, index: number): Held | null {
  const row = state.rowAt(index)
  return row === null ? null : { clientId: row.clientId, index }
}

/**
 * Keeps what is being read in its place while rows come and go above it: the topmost row in view holds the scroll
 * position (unless the list stands at its very top), and the tab stop goes along with its client.
 */
export function useSteadyRows(
  rows: RowWindow,
  state: WindowState,
  activeRow: number,
  onMoved: (row: number) => void,
): void {
  const query = useRef(state.query)
  const top = useRef<Held | null>(null)
  const active = useRef<Held | null>(null)
  const seen = useRef(state)

  useLayoutEffect(() => {
    const sameQuery = query.current === state.query
    query.current = state.query
    if (seen.current !== state && sameQuery) {
      // Where it stands now, and not where it stood when it was last rendered.
      const held = top.current?.index === rows.topRow() ? top.current : heldAt(seen.current, rows.topRow())
      if (held !== null && !rows.isAtTop()) {
        const index = findNear(state, held.clientId, held.index)
        if (index !== null && index !== held.index) rows.shiftRows(index - held.index)
      }
      const stop = active.current
      if (stop !== null && stop.index === activeRow) {
        const index = findNear(state, stop.clientId, stop.index)
        if (index !== null && index !== stop.index) {
          active.current = { clientId: stop.clientId, index }
          onMoved(index)
        }
      }
    }
    seen.current = state
    top.current = heldAt(state, rows.topRow())
    const activeClient = state.rowAt(activeRow)
    if (active.current?.index !== activeRow || active.current.clientId !== activeClient?.clientId) {
      active.current = heldAt(state, activeRow)
    }
  })
}
