import { type RefObject, useLayoutEffect, useRef } from 'react'
import type { ClientId } from '../../../shared/ids.ts'
import type { WindowState } from './client-window.ts'

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

/**
 * Keeps what is being read in its place while rows come and go above it: the topmost row in view holds the scroll
 * position (unless the list stands at its very top), and the tab stop goes along with its client.
 */
export function useSteadyRows(
  scroller: RefObject<HTMLElement | null>,
  /** Where the scroller stands, as last heard: asking it after each change would lay the page out once more. */
  scrollTop: number,
  state: WindowState,
  rowHeight: number,
  activeRow: number,
  onMoved: (row: number) => void,
): void {
  const query = useRef(state.query)
  const top = useRef<{ readonly clientId: ClientId; readonly index: number } | null>(null)
  const active = useRef<{ readonly clientId: ClientId; readonly index: number } | null>(null)
  const seen = useRef(state)

  useLayoutEffect(() => {
    const box = scroller.current
    if (box === null) return
    let topNow = scrollTop
    const sameQuery = query.current === state.query
    query.current = state.query
    if (seen.current !== state && sameQuery) {
      const held = top.current
      if (held !== null && topNow > 0) {
        const index = findNear(state, held.clientId, held.index)
        if (index !== null && index !== held.index) {
          box.scrollTop += (index - held.index) * rowHeight
          topNow = box.scrollTop
        }
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
    const index = Math.floor(topNow / rowHeight)
    const row = state.rowAt(index)
    top.current = row === null ? null : { clientId: row.clientId, index }
    const activeClient = state.rowAt(activeRow)
    if (active.current?.index !== activeRow || active.current.clientId !== activeClient?.clientId) {
      active.current = activeClient === null ? null : { clientId: activeClient.clientId, index: activeRow }
    }
  })
}
