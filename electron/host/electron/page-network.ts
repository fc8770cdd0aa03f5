import type { OnBeforeRequestListenerDetails, Session } from 'electron'
import { isPlayerUrl } from '../../../shared/address/embed-address.ts'
import { APP_ORIGIN, isAppUrl } from './app-address.ts'

export type NetworkSession = {
  readonly webRequest: Pick<Session['webRequest'], 'onBeforeRequest'>
  readonly setSpellCheckerEnabled: Session['setSpellCheckerEnabled']
}

type PageRequest = Pick<OnBeforeRequestListenerDetails, 'url' | 'resourceType' | 'initiatorOrigin'>

/**
 * The page never talks to the network, whatever its policy header says. Requests of the main process (connectors,
 * media) have no `webContents` and pass. A testimonial's player may load itself, in its frame, from its own hosts.
 */
export function keepPageOffNetwork(session: NetworkSession): void {
  session.webRequest.onBeforeRequest((details, decide) => {
    const isOfPage = details.webContents !== undefined || details.webContentsId !== undefined
    decide({ cancel: isOfPage && !isLocal(details.url) && !isOfPlayer(details) })
  })
  // Electron would fetch dictionaries on its own.
  session.setSpellCheckerEnabled(false)
}

/** Never leaves this machine. The development tools are there in development only. */
function isLocal(url: string): boolean {
  const scheme = url.slice(0, url.indexOf(':') + 1).toLowerCase()
  if (scheme === 'app:') return isAppUrl(url)
  return scheme === 'blob:' || scheme === 'data:' || scheme === 'devtools:'
}

/** A player's page as a frame of ours, or something that a player asks of players' hosts. Never the window itself. */
function isOfPlayer({ url, resourceType, initiatorOrigin }: PageRequest): boolean {
  if (resourceType === 'mainFrame' || initiatorOrigin === undefined || !isPlayerUrl(url)) return false
  return isPlayerUrl(`${initiatorOrigin}/`) || (resourceType === 'subFrame' && initiatorOrigin === APP_ORIGIN)
}
