import { create } from 'zustand'
import type { ClientId } from '../../shared/ids.ts'
import { navigate } from './route.ts'

export interface OpenClient {
  /** Name of the client in the pane, for commands that name it. Set by the pane. */
  readonly name: string | null
  /** Whose name that is: while the next client is read, the one before it stays. */
  readonly clientId: ClientId | null
  /** Whose timeline the pane is to show first; the pane takes it once. */
  readonly timelineOf: ClientId | null
  /** Whose form the pane is to open; the pane takes it once. */
  readonly editOf: ClientId | null
}

export const useOpenClient = create<OpenClient>(() => ({ name: null, clientId: null, timelineOf: null, editOf: null }))

/** Opens a client at its timeline, where former values can be put back. */
export function openTimeline(clientId: ClientId): void {
  useOpenClient.setState({ timelineOf: clientId })
  navigate('clients', clientId)
}

/** Opens a client in its form. */
export function openInEdit(clientId: ClientId): void {
  useOpenClient.setState({ editOf: clientId })
  navigate('clients', clientId)
}
