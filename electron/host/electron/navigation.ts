import type { WebContents } from 'electron'
import { isAppUrl } from './app-address.ts'
import { outsideLink } from './outside-link.ts'

interface Navigation {
  readonly url: string
  preventDefault(): void
}

/** What is used of a web contents; Electron's own has more. */
export interface GuardedContents {
  on(event: 'will-navigate' | 'will-frame-navigate' | 'will-redirect', listener: (details: Navigation) => void): unknown
  on(event: 'will-attach-webview', listener: (event: { preventDefault(): void }) => void): unknown
  readonly setWindowOpenHandler: WebContents['setWindowOpenHandler']
}

/** The window shows our page and nothing else, ever; links outside go to the system's browser. */
export function guardNavigation(contents: GuardedContents, openLink: (url: string) => void): void {
  const stay = (details: Navigation): void => {
    if (!isAppUrl(details.url)) details.preventDefault()
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
