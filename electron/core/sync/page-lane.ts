import type { AppError } from '../../../shared/app-error.ts'
import type { HashedRecords, PageSender, SentPage } from './send-page.ts'

/**
 * Pages on their way to the store at once (SYNC.md 1.4): while one is in its transaction the next is already there, taken
 * apart and waiting. The store takes them in order and refuses one that comes without the one before it.
 */
const CREDITS = 2

export interface PageLane {
  /**
   * Sends a page and resolves as soon as another one may be sent: null, or why the first page that failed did. `onStored`
   * is called once this page and all before it are stored.
   */
  readonly offer: (page: SentPage, hashed: HashedRecords, onStored: () => void) => Promise<AppError | null>
  /** Resolves when nothing is on its way any more, in the same words. */
  readonly drain: () => Promise<AppError | null>
}

export function createPageLane(sender: PageSender): PageLane {
  /** In the order in which they were sent; each settles after all before it. */
  const underWay: Promise<void>[] = []
  let tail: Promise<void> = Promise.resolve()
  let failed: AppError | null = null
  /** What a sending threw: nothing of this run may count as stored after it. */
  let thrown: { readonly cause: unknown } | null = null

  const send = (page: SentPage, hashed: HashedRecords, onStored: () => void): void => {
    const before = tail
    const settled = Promise.all([sender.send(page, hashed), before])
      .then(([answer]) => {
        if (failed !== null || thrown !== null) return
        // Those behind it are refused for it: what they say is of no interest.
        if (answer.ok) onStored()
        else failed = answer.error
      })
      .catch((cause: unknown) => {
        thrown ??= { cause }
      })
    tail = settled
    underWay.push(settled)
    void settled.then(() => void underWay.splice(underWay.indexOf(settled), 1))
  }

  const untilFewer = async (most: number): Promise<AppError | null> => {
    while (underWay.length >= most) await underWay[0]
    if (thrown !== null) throw thrown.cause
    return failed
  }

  return {
    offer: async (page, hashed, onStored) => {
      if (sender.goesWhole(hashed)) {
        if (failed === null) send(page, hashed, onStored)
        return untilFewer(CREDITS)
      }
      // Named, it may have to come again whole, and none may overtake it.
      if ((await untilFewer(1)) === null) send(page, hashed, onStored)
      return untilFewer(1)
    },
    drain: () => untilFewer(1),
  }
}
