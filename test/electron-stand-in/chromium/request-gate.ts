import type { StandInContents, StandInFrame } from '../stand-in-contents.ts'
import type { StandInElectron } from '../stand-in-electron.ts'
import { originOf, toApp } from './addresses.ts'
import { type Cdp, unlessGone } from './cdp.ts'

export interface GateOptions {
  readonly electron: StandInElectron
  readonly contents: StandInContents
  readonly frame: (id: string) => StandInFrame | null
  /** Is this the main frame? */
  readonly isMain: (frameId: string) => boolean
  /** Did main itself ask for the document that is loading? Then nobody is asked whether it may. */
  readonly isOwnLoad: (url: string) => boolean
}

/** Every request of a page waits here until the app has said whether it may go. */
export async function guardRequests(cdp: Cdp, options: GateOptions): Promise<void> {
  cdp.on('Fetch.requestPaused', (paused) => {
    decide(paused, options).then(
      (mayGo) =>
        unlessGone(
          mayGo === 'go'
            ? cdp.send('Fetch.continueRequest', { requestId: paused.requestId })
            : cdp.send('Fetch.failRequest', { requestId: paused.requestId, errorReason: mayGo }),
        ),
      (cause: unknown) => options.electron.refusals.note(`a request that could not be decided: ${String(cause)}`),
    )
  })
  await cdp.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] })
}

/** The part of `Fetch.requestPaused` that is read here. */
export interface PausedRequest {
  readonly requestId: string
  readonly request: { readonly url: string; readonly method: string; readonly headers: Record<string, string> }
  readonly frameId: string
  readonly resourceType: string
  readonly redirectedRequestId?: string | undefined
}

async function decide(paused: PausedRequest, options: GateOptions): Promise<'go' | 'BlockedByClient' | 'Aborted'> {
  const { electron, contents } = options
  const url = toApp(paused.request.url)
  const isDocument = paused.resourceType === 'Document'
  const isMainFrame = options.isMain(paused.frameId)
  const frame = options.frame(paused.frameId)
  if (isDocument && !options.isOwnLoad(url)) {
    const isRedirect = paused.redirectedRequestId !== undefined
    const asked = isRedirect ? ['will-redirect'] : ['will-frame-navigate', ...(isMainFrame ? ['will-navigate'] : [])]
    if (asked.some((event) => contents.isStopped(event, url, isMainFrame, frame))) return 'Aborted'
  }
  const initiator = isDocument ? (frame?.parent ?? frame) : frame
  const isByBrowser = isDocument && isMainFrame && options.isOwnLoad(url)
  const isCancelled = await electron.session.cancels({
    id: 0,
    url,
    method: paused.request.method,
    resourceType: resourceType(paused.resourceType, isMainFrame),
    referrer: toApp(paused.request.headers.Referer ?? ''),
    timestamp: Date.now(),
    webContentsId: contents.id,
    webContents: contents.guarded,
    frame,
    ...(isByBrowser || initiator === null ? {} : { initiatorOrigin: originOf(initiator.url) }),
  })
  return isCancelled ? 'BlockedByClient' : 'go'
}

function resourceType(type: string, isMainFrame: boolean): string {
  switch (type) {
    case 'Document':
      return isMainFrame ? 'mainFrame' : 'subFrame'
    case 'Stylesheet':
      return 'stylesheet'
    case 'Image':
      return 'image'
    case 'Script':
      return 'script'
    case 'Font':
      return 'font'
    case 'XHR':
    case 'Fetch':
    case 'EventSource':
      return 'xhr'
    case 'Ping':
      return 'ping'
    case 'CSPViolationReport':
      return 'cspReport'
    case 'Media':
      return 'media'
    case 'WebSocket':
      return 'webSocket'
    default:
      return 'other'
  }
}
