import { create } from 'zustand'
import { navigate } from './route.ts'

/** Requests to move the focus, from a key or the palette to the part that owns the target. */
type Listener = () => void

function createSignal(): { readonly on: (listener: Listener) => () => void; readonly send: () => void } {
  const listeners = new Set<Listener>()
  return {
    on: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    send: () => {
      for (const listener of listeners) listener()
    },
  }
}

const search = createSignal()
export const onFocusSearch = search.on
export const focusSearch = search.send

const filters = createSignal()
/** The list of all filters is asked for, in the search box. */
export const onAskFilters = filters.on
export const askFilters = filters.send

const edit = createSignal()
/** The open client's form is asked for, by `E` or the palette. */
export const onEditClient = edit.on
export const editOpenClient = edit.send

/** A section of Settings that is to be shown once it is there; the section takes it once. */
export const useWantedSection = create<{ readonly section: 'updates' | null }>(() => ({ section: null }))

export function showUpdates(): void {
  useWantedSection.setState({ section: 'updates' })
  navigate('settings')
}
