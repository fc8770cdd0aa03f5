import { useSyncExternalStore } from 'react'
import { create } from 'zustand'

const NARROW = '(max-width: 1079px)'
const narrow = matchMedia(NARROW)

/** Below 1080: the sidebar is a rail and the details pane lies over the list. */
export function useMediaNarrow(): boolean {
  return useSyncExternalStore(
    (listener) => {
      narrow.addEventListener('change', listener)
      return () => narrow.removeEventListener('change', listener)
    },
    () => narrow.matches,
  )
}

export interface Layout {
  /** Width the user dragged the details pane to, in px; null follows the columns. */
  readonly paneWidth: number | null
}

export const useLayout = create<Layout>(() => ({ paneWidth: null }))
