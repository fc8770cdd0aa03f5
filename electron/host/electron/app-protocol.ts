import { Readable } from 'node:stream'
import type { Protocol } from 'electron'
import type { MediaHandler } from '../media/media-handler.ts'
import { plainReply, type Reply } from '../reply.ts'
import type { StaticHandler } from '../static-handler.ts'
import { APP_HOST, APP_ORIGIN, APP_SCHEME, isAppUrl } from './app-address.ts'

/** Must run before the app is ready, once. */
export function registerAppScheme(protocol: Pick<Protocol, 'registerSchemesAsPrivileged'>): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: APP_SCHEME,
      // `standard` turns on IndexedDB and relative addresses, `secure` workers and Web Locks. No code cache: compiled code
      // would lie in the profile, where whoever can write there could change it behind the archive's integrity check.
      privileges: { standard: true, secure: true, supportFetchAPI: true, corsEnabled: true, codeCache: false },
    },
  ])
}

export interface AppProtocolDeps {
  readonly staticHandler: StaticHandler
  readonly media: MediaHandler
}

/** A request as Electron hands it over: the platform's, plus who asked (absent for loads the browser started itself). */
export type AppRequest = Request & { readonly initiatorOrigin?: string }

/** Answers everything below `app://clientele/`: the built page and media. Never rejects: that would show as a network failure. */
export function createAppProtocol(deps: AppProtocolDeps): (request: AppRequest) => Promise<Response> {
  return async (request) => {
    try {
      return toResponse(await answer(request, deps))
    } catch {
      return toResponse(plainReply(500, 'Clientele could not answer this.'))
    }
  }
}

async function answer(request: AppRequest, { staticHandler, media }: AppProtocolDeps): Promise<Reply> {
  if (!isAppUrl(request.url)) return plainReply(404, `Only ${APP_HOST} is served here.`)
  const { initiatorOrigin } = request
  if (initiatorOrigin !== undefined && initiatorOrigin !== APP_ORIGIN) {
    return plainReply(403, 'Only the page itself may ask.')
  }
  const url = new URL(request.url)
  if (!url.pathname.startsWith('/media/')) return staticHandler(request.method, url.pathname)
  return media({
    method: request.method,
    path: url.pathname,
    query: url.searchParams,
    range: request.headers.get('range'),
    signal: request.signal,
  })
}

function toResponse({ status, headers, body }: Reply): Response {
  const init = { status, headers: { ...headers } }
  // A reply without content may not have a body, not even an empty one.
  if (status === 204) return new Response(null, init)
  if (typeof body === 'string') return new Response(body, init)
  if (body instanceof Uint8Array) return new Response(new Uint8Array(body), init)
  return new Response(Readable.toWeb(Readable.from(body, { objectMode: false })), init)
}
