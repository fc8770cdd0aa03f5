/**
 * The only transport the app knows: Electron's MessagePort, a WebSocket of the Node host, a worker, an in-memory pair.
 * Messages are JSON-able values. A port delivers in order, and nothing after it is closed.
 */
export interface Port {
  post(message: unknown): void
  onMessage(listener: (message: unknown) => void): void
  /** Called once, however the port ends. */
  onClose(listener: () => void): void
  close(): void
}
