import type { Session } from 'electron'

/** Schemes that never leave this machine. */
const LOCAL = new Set(['app:', 'blob:', 'data:', 'devtools:', 'chrome-extension:'])

export type NetworkSession = {
  readonly webRequest: Pick<Session['webRequest'], 'onBeforeRequest'>
  readonly setSpellCheckerEnabled: Session['setSpellCheckerEnabled']
}

/**
 * The page never talks to the network, whatever its policy header says. Requests of the main process (connectors,
 * media) have no `webContents` and pass.
 */
export function keepPageOffNetwork(session: NetworkSession): void {
  session.webRequest.onBeforeRequest((details, decide) => {
    const isOfPage = details.webContents !== undefined || details.webContentsId !== undefined
    decide({ cancel: isOfPage && !LOCAL.has(schemeOf(details.url)) })
  })
  // Electron would fetch dictionaries on its own.
  session.setSpellCheckerEnabled(false)
}

function schemeOf(url: string): string {
  return url.slice(0, url.indexOf(':') + 1).toLowerCase()
}
