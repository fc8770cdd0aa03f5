import type { WebContents } from 'electron'
import { isPlayerUrl } from '../../../shared/address/embed-address.ts'
import { outsideLink } from '../outside-link.ts'
import { isAppUrl } from './app-address.ts'

interface Navigation {
  readonly url: string
  readonly isMainFrame?: boolean
  preventDefault(): void
}

/** What is used of a web contents; Electron's own has more. */
export interface GuardedContents {
  on(event: 'will-navigate' | 'will-frame-navigate' | 'will-redirect', listener: (details: Navigation) => void): unknown
  on(event: 'will-attach-webview', listener: (event: { preventDefault(): void }) => void): unknown
  readonly setWindowOpenHandler: WebContents['setWindowOpenHandler']
}

/**
 * The window shows our page and nothing else, ever; a frame in it shows a testimonial's player and nothing else, not
 * even our page. Links outside go to the system's browser.
 */
export function guardNavigation(contents: GuardedContents, openLink: (url: string) => void): void {
  const stay = (details: Navigation): void => {
    const isWithin = details.isMainFrame === false ? isPlayerUrl(details.url) : isAppUrl(details.url)
    if (!isWithin) details.preventDefault()
  }
  contents.on('will-navigate', stay)
  contents.on('will-frame-navigate', stay)
  contents.on('will-redirect', stay)
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(({ url }) => {
    const link = outsideLink(url)
    // Not from inside the handler: opening may take the focus while Chromium still decides about the window.
    if (link !== null) setImmediate(() => openLink(link))
    return { action: 'deny' }
  })
}
