import type { Icon } from '@tabler/icons-react'
import type { NetworkState } from '../../shared/ipc/host-contract.ts'
import type { HostLink } from '../bridge/create-host-link.ts'
import type { StoreLink } from '../bridge/start-store-worker.ts'
import type { Route } from '../state/route.ts'
import type { Counts } from '../store/store-contract.ts'

/** What an action may look at and act on. */
export interface ActionContext {
  readonly host: HostLink
  readonly store: StoreLink
  readonly route: Route
  /** Name of the open client. */
  readonly clientName: string | null
  readonly counts: Counts | null
  readonly network: NetworkState
  readonly sourceCount: number
}

/** A command: palette, shortcut and tooltip follow from it. */
export interface Action {
  readonly id: string
  readonly group: 'Do' | 'Go to'
  readonly label: (context: ActionContext) => string
  /** Second half of the palette line. */
  readonly hint?: (context: ActionContext) => string
  readonly icon: Icon
  /** Keys as shown. */
  readonly keys: readonly string[]
  /** Key presses that run it: `mod+k`, `mod+shift+o`, `e`, `g c`. `mod` is Ctrl, or Cmd on a Mac. */
  readonly shortcuts: readonly string[]
  readonly available?: (context: ActionContext) => boolean
  readonly run: (context: ActionContext) => void
}
