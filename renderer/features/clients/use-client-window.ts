import { useEffect, useState, useSyncExternalStore } from 'react'
import { useStore } from '../../bridge/app-context.tsx'
import type { Sort } from '../../store/store-contract.ts'
import { ClientWindow, type WindowState } from './client-window.ts'

export function useClientWindow(text: string, sort: Sort | null): { window: ClientWindow; state: WindowState } {
  const store = useStore()
  const [window] = useState(() => new ClientWindow(store, { text, sort }))
  useEffect(() => window.ask({ text, sort }), [window, text, sort])
  const state = useSyncExternalStore(window.subscribe, window.current)
  return { window, state }
}
