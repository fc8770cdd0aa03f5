import { useEffect, useState, useSyncExternalStore } from 'react'
import { useStore } from '../../bridge/app-context.tsx'
import { type ClientListState, searchTextOf, useClientList } from '../../state/client-list.ts'
import { keepFirstScreen, recallFirstScreen } from '../../state/first-screen.ts'
import type { ListQuery } from '../../store/store-contract.ts'
import { ClientWindow, type WindowState } from './client-window.ts'

/** The window onto what the search box and the headers ask for. It is told before React paints the letter that was typed. */
export function useClientWindow(): ClientWindow {
  const store = useStore()
  const [window] = useState(
    () =>
      new ClientWindow(store, queryOf(useClientList.getState()), recallFirstScreen(), (page) => keepFirstScreen(page)),
  )
  useEffect(() => {
    const ask = (list: ClientListState): void => window.ask(queryOf(list))
    ask(useClientList.getState())
    return useClientList.subscribe(ask)
  }, [window])
  return window
}

function queryOf(list: ClientListState): ListQuery {
  return { text: searchTextOf(list), sort: list.sort }
}

/** A new state for every page that comes in: for whoever shows the rows. */
export function useWindowState(window: ClientWindow): WindowState {
  return useSyncExternalStore(window.subscribe, window.current)
}

/** One value of the state: who shows only that is not asked to paint for every page. */
export function useWindowValue<T>(window: ClientWindow, read: (state: WindowState) => T): T {
  return useSyncExternalStore(window.subscribe, () => read(window.current()))
}
