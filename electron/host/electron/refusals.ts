import type { App, Session } from 'electron'
import { APP_ORIGIN } from './app-address.ts'

type DownloadSession = Pick<Session, 'on'>
type RefusingApp = Pick<App, 'on'>

/** What Electron would do by itself, and this app does not. Call before the app is ready. */
export function refuseCertificates(app: RefusingApp): void {
  app.on('certificate-error', (event, _contents, _url, _error, _certificate, trust) => {
    event.preventDefault()
    trust(false)
  })
  // Left alone, Electron answers with the first certificate of the user's that fits: any server could ask who they are.
  app.on('select-client-certificate', (event, _contents, _url, _list, choose) => {
    event.preventDefault()
    choose()
  })
}

/** Files that the page itself made (exports, backups) may be saved; nothing of the network, of a player, of a frame. */
export function refuseDownloads(session: DownloadSession, onRefused: () => void): void {
  session.on('will-download', (event, item, _contents, frame) => {
    const isOurs = item.getInitiatorOrigin() === APP_ORIGIN && item.getURL().startsWith(`blob:${APP_ORIGIN}/`)
    if (isOurs && (frame === null || frame.parent === null)) return
    event.preventDefault()
    onRefused()
  })
}
