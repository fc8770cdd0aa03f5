import { useHostState } from '../state/host-state.ts'

const ASKED_KEY = 'clientele.persistence'

/**
 * Asks the browser once to keep this book when the disk runs full. Not before there is a source: some
 * browsers ask the user, who should know by then what it is about. Settings shows what the answer was.
 */
export function keepStorage(
  storage: StorageManager | undefined = navigator.storage,
  asked: Pick<Storage, 'getItem' | 'setItem'> = localStorage,
): void {
  const ask = (): boolean => {
    if ((useHostState.getState().sources ?? []).length === 0) return false
    if (asked.getItem(ASKED_KEY) !== null) return true
    // A refusal is no failure: Settings says that the book may be cleared, and can ask again.
    storage
      ?.persist?.()
      .catch(() => false)
      .then((granted) => asked.setItem(ASKED_KEY, granted ? 'granted' : 'refused'))
    return true
  }
  if (ask()) return
  const stop = useHostState.subscribe(() => {
    if (ask()) stop()
  })
}
