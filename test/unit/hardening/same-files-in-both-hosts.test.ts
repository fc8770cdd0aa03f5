import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createAppProtocol } from '../../../electron/host/electron/app-protocol.ts'
import { plainReply } from '../../../electron/host/reply.ts'
import { createStaticHandler, type StaticHandler } from '../../../electron/host/static-handler.ts'
import { testFolder } from '../../support/test-folder.ts'

/** Ways out of the folder of the page, and ways to name a file that is none of the page. */
const PATHS = [
  '/../secret.txt',
  '/..',
  '/../',
  '/./../secret.txt',
  '/assets/../../secret.txt',
  '/%2e%2e/secret.txt',
  '/%2E%2E/secret.txt',
  '/.%2e/secret.txt',
  '/..%2fsecret.txt',
  '/..%2Fsecret.txt',
  '/%2e%2e%2fsecret.txt',
  '/assets/..%2f..%2fsecret.txt',
  '/..%5csecret.txt',
  '/..\\secret.txt',
  '/%2e%2e%5csecret.txt',
  '/%252e%252e%252fsecret.txt',
  '/%c0%ae%c0%ae/secret.txt',
  '/%e0%80%ae%e0%80%ae/secret.txt',
  '/\u2025/secret.txt',
  '/\uff0e\uff0e/secret.txt',
  '//secret.txt',
  '///etc/passwd',
  '/%2fetc%2fpasswd',
  '/C:/secret.txt',
  '/C%3a/secret.txt',
  '/file:///etc/passwd',
  '/secret.txt%00.js',
  '/index.html%00',
  '/%00',
  '/%',
  '/%zz',
  '/index.html/',
  '/index.html/..',
  '/assets',
  '/assets/',
  '/.env',
  '/.hidden.js',
  '/index.html.map',
  '/app.js.map',
  '/notes.txt',
  '/index.html::$DATA',
  '/INDEX.HTML ',
  '',
  'index.html',
  '?',
] as const

async function pageFolder(): Promise<string> {
  const folder = await testFolder()
  const page = join(folder, 'page')
  await mkdir(join(page, 'assets'), { recursive: true })
  await writeFile(join(folder, 'secret.txt'), 'out of reach')
  await writeFile(join(page, 'index.html'), 'the page')
  for (const name of ['.env', 'app.js.map', 'notes.txt', '.hidden.js'])
    await writeFile(join(page, name), 'out of reach')
  return page
}

async function textOf(handler: StaticHandler, path: string): Promise<string> {
  const { status, body } = await handler('GET', path)
  return `${status} ${typeof body === 'string' || body instanceof Uint8Array ? Buffer.from(body).toString() : ''}`
}

it('no spelling of a path leads out of the page, or to a file that is none of it', async () => {
  const handler = createStaticHandler(await pageFolder())
  expect(await textOf(handler, '/')).toBe('200 the page')
  for (const path of PATHS) {
    const text = await textOf(handler, path)
    expect(text, path).not.toContain('out of reach')
    expect(text, path).toMatch(/^404 /)
  }
})

it('Electron answers each as the handler does, which the local server asks too', async () => {
  const handler = createStaticHandler(await pageFolder())
  const answer = createAppProtocol({ staticHandler: handler, media: async () => plainReply(403, 'no media') })
  for (const path of PATHS) {
    const request = new Request('http://localhost/')
    Object.defineProperty(request, 'url', { value: `app://clientele${path}` })
    const reply = await answer(request)
    const text = await reply.text()
    expect(text, path).not.toContain('out of reach')
    // `URL` itself takes off dots and back slashes; what is left may be the front door, and never more.
    if (reply.status === 200) expect(text, path).toBe('the page')
    else expect(reply.status, path).toBe(404)
    expect(reply.headers.get('content-security-policy'), path).not.toBeNull()
    expect(reply.headers.get('x-content-type-options'), path).toBe('nosniff')
  }
})
