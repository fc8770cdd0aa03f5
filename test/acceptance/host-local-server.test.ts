import { mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import http from 'node:http'
import net from 'node:net'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { WebSocket } from 'ws'
import { CONTENT_SECURITY_POLICY } from '../../electron/host/content-security-policy.ts'
import { parseServerFlags } from '../../electron/host/node/parse-server-flags.ts'
import { CannotStart, type RunningCore, runNodeHost } from '../../electron/host/node/run-node-host.ts'
import type { Port } from '../../shared/ipc/port.ts'
import { testFolder } from '../support/test-folder.ts'

describe('local server: who may come in', () => {
  it('opens with the printed address, sets a cookie, and then works without the token', async () => {
    const server = await start()
    const first = await get(server, server.tokenPath)
    expect(first.status).toBe(200)
    expect(first.text).toContain('the page')
    const cookie = first.headers['set-cookie']?.[0] ?? ''
    expect(cookie).toMatch(new RegExp(`^clientele-${server.port}=[^;]+; `))
    expect(cookie).toContain('HttpOnly')
    expect(cookie).toContain('SameSite=Strict')
    expect((await get(server, '/', { cookie: server.cookie })).status).toBe(200)
    expect((await get(server, '/assets/app-1a2b.js', { cookie: server.cookie })).status).toBe(200)
  })

  it.each([
    ['no token and no cookie', '/', {}],
    ['a wrong token', '/?token=guess', {}],
    ['an empty token', '/?token=', {}],
    ['a token of the right length', `/?token=${'A'.repeat(43)}`, {}],
    ['a wrong cookie', '/', { cookie: 'clientele=x' }],
    ['an asset without cookie', '/assets/app-1a2b.js', {}],
    ['media without cookie', '/media/image?u=x&s=y', {}],
  ])('refuses %s in plain words', async (_what, path, headers) => {
    const server = await start()
    const reply = await get(server, path, headers)
    expect(reply.status).toBe(403)
    expect(reply.text).toMatch(/address it prints/)
    expect(reply.text).not.toContain('the page')
    expect(reply.headers['set-cookie']).toBeUndefined()
  })

  it('takes a token only at the front door', async () => {
    const server = await start()
    const token = server.tokenPath.split('=')[1] ?? ''
    expect((await get(server, `/assets/app-1a2b.js?token=${token}`)).status).toBe(403)
  })

  it.each(['evil.example', 'evil.example:PORT', '127.0.0.1', '127.0.0.1:1', '192.168.0.2:PORT'])(
    'refuses the Host %j even with token and cookie',
    async (host) => {
      const server = await start()
      const headers = { host: host.replace('PORT', String(server.port)), cookie: server.cookie }
      expect((await get(server, server.tokenPath, headers)).status).toBeGreaterThanOrEqual(400)
      expect((await get(server, '/', headers)).text).not.toContain('the page')
    },
  )

  it.each(['127.0.0.1:PORT', 'localhost:PORT', '[::1]:PORT', 'LOCALHOST:PORT'])('answers as %s', async (host) => {
    const server = await start()
    const headers = { host: host.replace('PORT', String(server.port)), cookie: server.cookie }
    expect((await get(server, '/', headers)).status).toBe(200)
  })

  it.each([
    ['a picture of another site', '/', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }],
    ['a script of another local server', '/assets/app-1a2b.js', { 'sec-fetch-site': 'same-site' }],
    ['a frame of another local server', '/', { 'sec-fetch-site': 'same-site', 'sec-fetch-dest': 'iframe' }],
    ['a request of another local server', '/media/image?u=x&s=y', { 'sec-fetch-site': 'same-site' }],
  ])('refuses %s even with the cookie', async (_what, path, headers) => {
    const server = await start()
    const reply = await get(server, path, { ...headers, cookie: server.cookie })
    expect(reply.status).toBe(403)
    expect(reply.text).not.toContain('the page')
  })

  it.each([
    { 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' },
    { 'sec-fetch-site': 'same-origin' },
    { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' },
  ])('answers %j: the page itself, and who follows a link to it', async (headers) => {
    const server = await start()
    expect((await get(server, '/', { ...headers, cookie: server.cookie })).status).toBe(200)
  })

  it('listens on loopback only', async () => {
    const server = await start()
    const { networkInterfaces } = await import('node:os')
    const outside = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .find(({ internal, family }) => !internal && family === 'IPv4')
    if (outside === undefined) return
    const reached = await new Promise<boolean>((resolve) => {
      const request = http.get({ host: outside.address, port: server.port, agent: false }, () => resolve(true))
      request.on('error', () => resolve(false))
    })
    expect(reached).toBe(false)
  })
})

describe('local server: sockets', () => {
  it('hands page and store their own ports', async () => {
    const server = await start()
    const page = await connect(server, '/rpc/page')
    const store = await connect(server, '/rpc/store')
    page.socket?.send('{"from":"page"}')
    store.socket?.send('{"from":"store"}')
    await expect.poll(() => server.heard).toContainEqual(['page', { from: 'page' }])
    await expect.poll(() => server.heard).toContainEqual(['store', { from: 'store' }])
  })

  it.each([
    ['no cookie', { cookie: '' }],
    ['a wrong cookie', { cookie: 'clientele-1=x' }],
    ['no Origin', { origin: '' }],
    ['the Origin of another site', { origin: 'https://evil.example' }],
    ['the Origin of another local server', { origin: 'http://127.0.0.1:1' }],
    ['an opaque Origin', { origin: 'null' }],
    ['another Host', { host: 'evil.example' }],
    ['another Host with its Origin', { host: 'evil.example', origin: 'http://evil.example' }],
  ])('refuses %s', async (_what, headers) => {
    const server = await start()
    expect((await connect(server, '/rpc/page', headers)).status).toBe(403)
    expect(server.attached).toEqual([])
  })

  it('lives on when a refused one is cut off at once', async () => {
    const server = await start()
    for (let n = 0; n < 20; n++) {
      const socket = net.connect(server.port, '127.0.0.1')
      await new Promise<void>((resolve) => socket.once('connect', () => resolve()))
      socket.on('error', () => undefined)
      socket.write('GET /rpc/page HTTP/1.1\r\nHost: evil\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n')
      socket.resetAndDestroy()
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect((await get(server, '/', { cookie: server.cookie })).status).toBe(200)
  })

  it('refuses other doors', async () => {
    const server = await start()
    expect((await connect(server, '/rpc/other')).status).toBe(403)
    expect((await connect(server, '/')).status).toBe(403)
  })
})

describe('local server: the page', () => {
  it('sends the policy and its companions with every reply', async () => {
    const server = await start()
    for (const path of ['/', '/assets/app-1a2b.js', '/nothing']) {
      const { headers } = await get(server, path, { cookie: server.cookie })
      expect(headers['content-security-policy']).toBe(CONTENT_SECURITY_POLICY)
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
      })
    }
  })

  it('has a policy that names our own files, and the players of testimonials as frames', () => {
    const policy = Object.fromEntries(
      CONTENT_SECURITY_POLICY.split('; ').map((directive) => {
        const [name = '', ...sources] = directive.split(' ')
        return [name, sources.join(' ')]
      }),
    )
    expect(policy).toEqual({
      'default-src': "'none'",
      'script-src': "'self'",
      'style-src': "'self'",
      'img-src': "'self' data: blob:",
      'font-src': "'self'",
      'media-src': "'self' blob:",
      'connect-src': "'self'",
      'worker-src': "'self'",
      'manifest-src': "'self'",
      'base-uri': "'none'",
      'form-action': "'none'",
      'frame-src': 'https://*.cloudflarestream.com',
      'frame-ancestors': "'none'",
      'object-src': "'none'",
      'require-trusted-types-for': "'script'",
      'trusted-types': 'clientele-worker',
    })
  })

  it('caches hashed files for good and the page never', async () => {
    const server = await start()
    const headers = { cookie: server.cookie }
    expect((await get(server, '/', headers)).headers['cache-control']).toBe('no-cache')
    expect((await get(server, '/assets/app-1a2b.js', headers)).headers['cache-control']).toContain('immutable')
    expect((await get(server, '/assets/app-1a2b.js', headers)).headers['content-type']).toContain('text/javascript')
  })

  it.each([
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/..%5csecret.txt',
    '/%2e%2e%5csecret.txt',
    '//secret.txt',
    '//evil.example/',
    'http://evil.example/',
    '/secret.txt%00.js',
    '/%00',
    '/%',
    '/assets',
    '/assets/',
    '/.hidden',
    '/notes.exe',
    `/${'a'.repeat(5000)}`,
  ])('serves nothing for %s', async (path) => {
    const server = await start()
    const reply = await get(server, path, { cookie: server.cookie })
    expect(reply.status).toBeGreaterThanOrEqual(400)
    expect(reply.text).not.toContain('out of reach')
  })

  it('understands GET and HEAD only', async () => {
    const server = await start()
    expect((await get(server, '/', { cookie: server.cookie }, 'POST')).status).toBe(405)
    const head = await get(server, '/', { cookie: server.cookie }, 'HEAD')
    expect([head.status, head.text]).toEqual([200, ''])
  })
})

describe('starting and stopping', () => {
  it('prints exactly one line, keeps the token over a restart, and gives the profile free', async () => {
    const folder = await testFolder()
    const first = await start({ folder })
    expect(first.printed).toEqual([`Clientele: http://127.0.0.1:${first.port}${first.tokenPath}`])
    await first.stop()
    const second = await start({ folder })
    expect(second.tokenPath).toBe(first.tokenPath)
    if (process.platform !== 'win32') {
      expect((await stat(join(folder, 'profile', 'browser.token'))).mode & 0o777).toBe(0o600)
      expect((await stat(join(folder, 'profile', 'signing.key'))).mode & 0o777).toBe(0o600)
      expect((await stat(join(folder, 'profile'))).mode & 0o777).toBe(0o700)
    }
  })

  it('says which port is taken and what to do', async () => {
    const other = await start()
    await expect(start({ port: other.port })).rejects.toThrow(
      new RegExp(`Port ${other.port} is taken by another program\\. .*--port`),
    )
  })

  it('says where this profile is open already', async () => {
    const folder = await testFolder()
    const first = await start({ folder })
    // The lock names a process; in this test both are the same one.
    const lock = join(folder, 'profile', 'clientele.lock')
    await writeFile(lock, (await readFile(lock, 'utf8')).replace(`:${process.pid},`, `:${process.ppid},`))
    await expect(start({ folder })).rejects.toThrow(`http://127.0.0.1:${first.port}${first.tokenPath}`)
  })

  it('waits a moment for one that is just stopping', async () => {
    const folder = await testFolder()
    const first = await start({ folder })
    const second = start({ port: first.port, patienceMs: 5000 })
    setTimeout(() => void first.stop(), 200)
    expect((await second).port).toBe(first.port)
  })

  it('takes over a lock whose process is gone, or whose number is another program now', async () => {
    const folder = await testFolder()
    await mkdir(join(folder, 'profile'), { recursive: true })
    for (const lock of ['{"pid":4194304,"port":null}', `{"pid":${process.ppid},"port":1}`, '{"cut']) {
      await writeFile(join(folder, 'profile', 'clientele.lock'), lock)
      const server = await start({ folder })
      expect(server.printed).toHaveLength(1)
      await server.stop()
    }
  })

  it('stops with an open page, and tells its ports', async () => {
    const server = await start()
    const { socket } = await connect(server, '/rpc/page')
    const closed = new Promise<number>((resolve) => socket?.once('close', resolve))
    await server.stop()
    expect(await closed).toBe(1001)
    expect(server.isCoreStopped()).toBe(true)
  })

  it.each([
    [['--port', 'x'], /--port/],
    [['--port', '70000'], /--port/],
    [['--nonsense'], /--nonsense/],
  ])('refuses the flags %j', (args, message) => {
    expect(parseServerFlags(args)).toMatch(message)
  })

  it('reads its flags', () => {
    expect(parseServerFlags(['--no-open', '--port=5', '--profile', 'p'])).toEqual({
      port: 5,
      profileFolder: 'p',
      opensBrowser: false,
    })
    expect(parseServerFlags([])).toMatchObject({ port: 47615, opensBrowser: true })
  })
})

interface Started {
  readonly port: number
  readonly tokenPath: string
  readonly cookie: string
  readonly printed: string[]
  readonly attached: string[]
  readonly heard: (readonly [string, unknown])[]
  readonly stop: () => Promise<void>
  readonly isCoreStopped: () => boolean
}

async function start(options: { folder?: string; port?: number; patienceMs?: number } = {}): Promise<Started> {
  const folder = options.folder ?? (await testFolder())
  const page = join(folder, 'page')
  await mkdir(join(page, 'assets'), { recursive: true })
  await writeFile(join(page, 'index.html'), 'the page')
  await writeFile(join(page, 'assets', 'app-1a2b.js'), '1')
  await writeFile(join(page, 'notes.exe'), 'out of reach')
  await writeFile(join(folder, 'secret.txt'), 'out of reach')

  const printed: string[] = []
  const attached: string[] = []
  const heard: (readonly [string, unknown])[] = []
  let isCoreStopped = false
  const door =
    (name: string) =>
    (port: Port): void => {
      attached.push(name)
      port.onMessage((message) => heard.push([name, message]))
    }
  const core: RunningCore = {
    attachPage: door('page'),
    attachStore: door('store'),
    isTrafficAllowed: () => true,
    stop: async () => {
      isCoreStopped = true
    },
  }
  const stop = await runNodeHost({
    flags: { port: options.port ?? 0, profileFolder: join(folder, 'profile'), opensBrowser: false },
    version: '0.0.0',
    pageFolder: page,
    startCore: async () => core,
    print: (line) => printed.push(line),
    tell: () => undefined,
    patienceMs: options.patienceMs ?? 0,
  }).catch((cause: unknown) => {
    expect(cause).toBeInstanceOf(CannotStart)
    throw cause
  })
  onTestFinished(stop)
  const address = new URL(printed[0]?.replace('Clientele: ', '') ?? '')
  const port = Number(address.port)
  return {
    port,
    tokenPath: address.pathname + address.search,
    cookie: `other=1; clientele-${port}=${address.searchParams.get('token')}`,
    printed,
    attached,
    heard,
    stop,
    isCoreStopped: () => isCoreStopped,
  }
}

interface Answer {
  readonly status: number
  readonly headers: http.IncomingHttpHeaders
  readonly text: string
}

/** By hand: `fetch` would tidy up the path and refuse to set `Host`. */
function get(server: Started, path: string, headers: http.OutgoingHttpHeaders = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = http.request(
      { host: '127.0.0.1', port: server.port, path, method, headers, agent: false },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text: Buffer.concat(chunks).toString('utf8'),
          }),
        )
      },
    )
    request.on('error', reject)
    request.end()
  })
}

function connect(
  server: Started,
  path: string,
  headers: { cookie?: string; origin?: string; host?: string } = {},
): Promise<{ readonly status: number; readonly socket: WebSocket | null }> {
  const all = { cookie: server.cookie, origin: `http://127.0.0.1:${server.port}`, ...headers }
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}${path}`, {
      headers: Object.fromEntries(Object.entries(all).filter(([, value]) => value !== '')),
    })
    socket.once('open', () => resolve({ status: 101, socket }))
    socket.once('unexpected-response', (request, response) => {
      request.destroy()
      resolve({ status: response.statusCode ?? 0, socket: null })
    })
    socket.once('error', reject)
  })
}
