/**
 * Runs work as soon as what waits already has had its turn. A timer of the browser without a delay waits four milliseconds
 * where many follow each other; a message to oneself does not.
 */
export function createNextTurn(): (run: () => void) => () => void {
  const { port1, port2 } = new MessageChannel()
  const waiting: { run: (() => void) | null }[] = []
  port1.onmessage = () => waiting.shift()?.run?.()
  return (run) => {
    const turn: (typeof waiting)[number] = { run }
    waiting.push(turn)
    port2.postMessage(null)
    return () => {
      turn.run = null
    }
  }
}
