import type { Icon } from '@tabler/icons-react'
import type { NetworkState } from '../../shared/ipc/host-contract.ts'
import type { MenuName } from '../../shared/model/desktop.ts'
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
  /** A passphrase is set: there is something to lock. */
  readonly encrypted: boolean
}

/** Where an action stands in the menus that the system draws. */
export interface MenuPlace {
  readonly in: MenuName
  /** Order within the menu; a line is drawn between two whose tens differ. */
  readonly at: number
  /** Where the palette's label counts or names something: a menu's line keeps its words and names no client. */
  readonly label?: string
  /** Whether it is on, where it is a switch. */
  readonly checked?: (context: ActionContext) => boolean
  /** A key press that only the desktop app has, as in `shortcuts`: a browser keeps it for itself. */
  readonly press?: string
  /** A line of the system's own shows the same keys. */
  readonly keysAreTheSystems?: true
}

/** A command: palette, menu, shortcut and tooltip follow from it. */
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
  readonly menu: MenuPlace | { readonly none: string }
  /** The palette does not offer itself. */
  readonly inPalette?: false
  /** Sensible while a dialog is open, too: it takes nothing from what is being written there. */
  readonly overDialogs?: true
  readonly available?: (context: ActionContext) => boolean
  readonly run: (context: ActionContext) => void
}
