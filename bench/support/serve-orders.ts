/** The worker's side of `Room.ask`: one handler per name. What they answer must be cloneable. */
export function serveOrders(handlers: Readonly<Record<string, (input: never) => unknown>>): void {
  self.addEventListener('message', (event: MessageEvent<{ id: number; name: string; input: never }>) => {
    const { id, name, input } = event.data
    void (async () => {
      try {
        postMessage({ id, answer: await handlers[name]?.(input) })
      } catch (cause) {
        postMessage({ id, failed: cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause) })
      }
    })()
  })
}
