import type { IpcMainEvent, WebFrameMain } from 'electron'
import { APP_ORIGIN } from './app-address.ts'

/** What is asked of the sender of a message. */
export type SenderFrame = Pick<WebFrameMain, 'origin' | 'isDestroyed'> & { readonly parent: unknown }

/**
 * Did this message come from the page itself, in the main frame? Must be asked before anything is awaited: a frame that
 * has navigated since is null.
 */
export function isTrustedSender(
  event: Pick<IpcMainEvent, never> & { readonly senderFrame: SenderFrame | null },
): boolean {
  const frame = event.senderFrame
  return frame !== null && !frame.isDestroyed() && frame.parent === null && frame.origin === APP_ORIGIN
}
