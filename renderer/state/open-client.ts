import { create } from 'zustand'

/** Name of the client in the pane, for commands that name it. Set by the pane. */
export const useOpenClient = create<{ readonly name: string | null }>(() => ({ name: null }))
