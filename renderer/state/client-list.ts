import { create } from 'zustand'
import type { Sort } from '../store/store-contract.ts'

/** What the list of clients shows: typed text (filters included) and order. Lives as long as the window. */
export interface ClientListState {
  readonly text: string
  readonly sort: Sort | null
}

export const useClientList = create<ClientListState>(() => ({ text: '', sort: null }))

export function setSearchText(text: string): void {
  useClientList.setState({ text })
}

export function setSort(sort: Sort | null): void {
  useClientList.setState({ sort })
}
