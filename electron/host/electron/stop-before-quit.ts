import type { ElectronPieces } from './electron-pieces.ts'

/** A disk that does not answer must not keep the app from ending: what was acknowledged is on it already. */
const PATIENCE_MS = 15_000

/**
 * Holds the end of the app until everything is on disk. `leave` comes last and calls `quit`, now or after it has put an
 * update in place. What is returned stops at once, for an end that does not ask.
 */
export function stopBeforeQuit(
  app: Pick<ElectronPieces['app'], 'on' | 'quit'>,
  stop: () => Promise<void>,
  leave: (quit: () => void) => void = (quit) => quit(),
): () => void {
  let stopping: Promise<void> | null = null
  let isStopped = false
  const stopOnce = (): Promise<void> => {
    stopping ??= Promise.race([stop(), new Promise<void>((resolve) => setTimeout(resolve, PATIENCE_MS).unref())]).catch(
      () => undefined,
    )
    return stopping
  }
  app.on('will-quit', (event) => {
    if (isStopped) return
    event.preventDefault()
    void stopOnce().then(() => {
      isStopped = true
      leave(() => app.quit())
    })
  })
  return () => void stopOnce()
}
