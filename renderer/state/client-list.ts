import { create } from 'zustand'
import type { Sort } from '../store/store-contract.ts'

/** What the list of clients shows. Lives as long as the window. */
export interface ClientListState {
  /** Whole filters that stand as tokens in the search box: `status:active`. */
  readonly tokens: readonly string[]
  /** What stands in the search box as text; filters may be typed there too. */
  readonly typed: string
  readonly sort: Sort | null
}

export const useClientList = create<ClientListState>(() => ({ tokens: [], typed: '', sort: null }))

/** The text that the store searches for. Behind tokens stands a space: they are whole, nothing of them is still being typed. */
export function searchTextOf({ tokens, typed }: Pick<ClientListState, 'tokens' | 'typed'>): string {
  return tokens.length === 0 ? typed : `${tokens.join(' ')} ${typed}`
}

/** Replaces all that is searched for, tokens included. */
export function setSearchText(typed: string): void {
  useClientList.setState({ tokens: [], typed })
}

export function setSearchParts(tokens: readonly string[], typed: string): void {
  useClientList.setState({ tokens, typed })
}

/** Puts a filter in place of any other on the same field. */
export function addSearchToken(token: string): void {
  const field = token.slice(0, token.indexOf(':') + 1)
  useClientList.setState(({ tokens }) => ({ tokens: [...tokens.filter((each) => !each.startsWith(field)), token] }))
}

export function setSort(sort: Sort | null): void {
  useClientList.setState({ sort })
}
