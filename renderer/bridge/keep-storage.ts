import { useHostState } from '../state/host-state.ts'

/**
 * Asks the browser once per window to keep this book when the disk runs full. Not before there is a source: some
 * browsers ask the user, who should know by then what it is about. Settings shows what the answer was.
 */
export function keepStorage(storage: StorageManager | undefined = navigator.storage): void {
  const ask = (): boolean => {
    if ((useHostState.getState().sources ?? []).length === 0) return false
    // A refusal is no failure: Settings says that the book may be cleared.
    storage?.persist?.().catch(() => false)
    return true
  }
  if (ask()) return
  const stop = useHostState.subscribe(() => {
    if (ask()) stop()
  })
}
