import { ipcRenderer } from 'electron'

/**
 * Hands two ports to the page when it asks for them: one for the page, one for its store worker. Their other ends go
 * to the main process. Nothing else crosses: no function, no value, no `ipcRenderer`.
 */
interface PageWindow {
  readonly location: { readonly origin: string }
  addEventListener(type: 'message', listener: (event: { source: unknown; origin: string; data: unknown }) => void): void
  postMessage(message: string, targetOrigin: string, transfer: readonly unknown[]): void
}
// The one global that a preload has and the rest of electron/ has not.
declare const window: PageWindow

window.addEventListener('message', ({ source, origin, data }) => {
  if (source !== window || origin !== window.location.origin || data !== 'clientele:want-ports') return
  const page = new MessageChannel()
  const store = new MessageChannel()
  ipcRenderer.postMessage('clientele:ports', null, [page.port1, store.port1])
  window.postMessage('clientele:ports', origin, [page.port2, store.port2])
})
