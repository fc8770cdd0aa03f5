import { create } from 'zustand'
import type { ClientId } from '../../shared/ids.ts'

/** Windows over the page that more than one place can open. One at a time. */
export type OpenDialog =
  | { readonly kind: 'add-source' }
  | { readonly kind: 'new-client'; readonly name: string }
  | { readonly kind: 'delete-client'; readonly clientId: ClientId; readonly name: string }
  | { readonly kind: 'import-clients' }
  | { readonly kind: 'print-client'; readonly clientId: ClientId; readonly name: string; readonly as: 'paper' | 'pdf' }
  | { readonly kind: 'palette' }
  | { readonly kind: 'keys' }

export const useDialogs = create<{ readonly open: OpenDialog | null }>(() => ({ open: null }))

export function openDialog(open: OpenDialog): void {
  useDialogs.setState({ open })
}

export function closeDialog(): void {
  useDialogs.setState({ open: null })
}

export function openAddSource(): void {
  openDialog({ kind: 'add-source' })
}

/** `name` fills the form's name, as from a search without a result. */
export function openNewClient(name = ''): void {
  openDialog({ kind: 'new-client', name })
}

/** Whether something lies over the page: one of these, or a dialog or question of a place's own. */
export function isDialogOpen(): boolean {
  return useDialogs.getState().open !== null || document.querySelector('[aria-modal="true"]') !== null
}
