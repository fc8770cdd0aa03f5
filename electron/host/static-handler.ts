import { readFile } from 'node:fs/promises'
import { extname, isAbsolute, relative, resolve, sep } from 'node:path'
import { PAGE_HEADERS } from './content-security-policy.ts'
import { codeOf } from './has-code.ts'
import { plainReply, type Reply } from './reply.ts'

/** Answers a request for a file of the page. Never rejects. */
export type StaticHandler = (method: string, pathname: string) => Promise<Reply>

/** Serves the built page under `root`, to the local server and to Electron's scheme alike. */
export function createStaticHandler(root: string): StaticHandler {
  const base = resolve(root)
  return async (method, pathname) => {
    if (method !== 'GET' && method !== 'HEAD')
      return plainReply(405, 'Only GET is understood here.', { allow: 'GET, HEAD' })
    const path = fileOf(base, pathname === '/' ? '/index.html' : pathname)
    if (path === null) return plainReply(404, 'There is no such page.')
    const type = TYPES[extname(path).toLowerCase()]
    if (type === undefined) return plainReply(404, 'There is no such page.')
    try {
      const body = await readFile(path)
      return {
        status: 200,
        headers: {
          ...PAGE_HEADERS,
          'content-type': type,
          'content-length': String(body.byteLength),
          // Everything below /assets/ has its hash in its name.
          'cache-control': pathname.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
        },
        body: method === 'HEAD' ? '' : body,
      }
    } catch (cause) {
      const code = codeOf(cause)
      const isMissing = code === 'ENOENT' || code === 'EISDIR' || code === 'ENOTDIR' || code === 'ENAMETOOLONG'
      return isMissing ? plainReply(404, 'There is no such page.') : plainReply(500, 'This file could not be read.')
    }
  }
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
}

/** Null for everything that does not name a file below `base`: climbing, absolute, back-slashed, hidden or with a NUL. */
function fileOf(base: string, pathname: string): string | null {
  let decoded: string
  try {
    decoded = decodeURIComponent(pathname)
  } catch {
    return null
  }
  if (decoded.includes('\0') || decoded.includes('\\') || decoded.includes(':')) return null
  if (
    !decoded.startsWith('/') ||
    decoded
      .slice(1)
      .split('/')
      .some((name) => name === '' || name.startsWith('.'))
  )
    return null
  const path = resolve(base, `.${decoded}`)
  const inside = relative(base, path)
  if (inside === '' || isAbsolute(inside) || inside.split(sep).includes('..')) return null
  return path
}
