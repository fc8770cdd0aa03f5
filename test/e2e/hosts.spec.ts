import http from 'node:http'
import { expect, test } from './fixtures.ts'
import { startAppProcess } from './support/app-process.ts'

interface Answer {
  readonly status: number
  readonly headers: http.IncomingHttpHeaders
  readonly text: string
}

/** A request with exactly these headers; the browser's own fetch would not let us lie. */
function ask(port: number, path: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = http.get({ host: '127.0.0.1', port, path, headers, agent: false }, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk
      })
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }))
    })
    request.on('upgrade', (response, socket) => {
      socket.destroy()
      resolve({ status: response.statusCode ?? 0, headers: response.headers, text: '' })
    })
    request.on('error', reject)
  })
}

test('prints exactly one line, and ends cleanly on SIGTERM and SIGINT', async ({ profile }) => {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    const app = await startAppProcess({ profile, port: 0 })
    expect(app.stdout()).toBe(`Clientele: ${app.address}\n`)
    const code = await app.stop(signal)
    expect(code).toBe(0)
    expect(app.stdout()).toBe(`Clientele: ${app.address}\n`)
    await expect(ask(app.port, '/')).rejects.toThrow()
  }
})

test('opens for its token only, and for no foreign page', async ({ profile }) => {
  const app = await startAppProcess({ profile, port: 0 })
  try {
    const { port } = app
    const { pathname, search } = new URL(app.address)
    expect(await ask(port, '/')).toMatchObject({ status: 403 })
    expect(await ask(port, '/?token=wrong')).toMatchObject({ status: 403 })
    expect(await ask(port, pathname + search, { host: 'evil.example' })).toMatchObject({ status: 403 })
    expect(await ask(port, pathname + search, { host: `evil.example:${port}` })).toMatchObject({ status: 403 })

    const opened = await ask(port, pathname + search)
    expect(opened.status).toBe(200)
    const policy = String(opened.headers['content-security-policy'])
    expect(policy).toContain("default-src 'none'")
    expect(policy).not.toContain('unsafe-eval')
    const cookie = String(opened.headers['set-cookie']?.[0] ?? '').split(';')[0] ?? ''
    expect(String(opened.headers['set-cookie'])).toMatch(/HttpOnly.*SameSite=Strict/)

    const upgrade = {
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': Buffer.alloc(16, 1).toString('base64'),
      host: `127.0.0.1:${port}`,
    }
    expect(await ask(port, '/rpc/page', { ...upgrade, cookie })).toMatchObject({ status: 403 })
    expect(await ask(port, '/rpc/page', { ...upgrade, cookie, origin: 'https://evil.example' })).toMatchObject({
      status: 403,
    })
    expect(await ask(port, '/rpc/page', { ...upgrade, origin: `http://127.0.0.1:${port}` })).toMatchObject({
      status: 403,
    })
    expect(await ask(port, '/rpc/page', { ...upgrade, cookie, origin: `http://127.0.0.1:${port}` })).toMatchObject({
      status: 101,
    })
    expect((await ask(port, '/..%2f..%2fpackage.json', { cookie })).text).not.toContain('"clientele"')
  } finally {
    await app.stop()
  }
})

test('F145 a profile is used by one program at a time: the second hands over the address of the first and ends', async ({
  profile,
}) => {
  const app = await startAppProcess({ profile, port: 0 })
  try {
    await expect(startAppProcess({ profile, port: 0 })).rejects.toThrow(/already running with this profile/)
  } finally {
    await app.stop()
  }
})

test('the page finds its program again after it was restarted under it', async ({ ui, app, consoleWatch }) => {
  // The browser itself reports a server that is away.
  consoleWatch.expect(/WebSocket connection to|Failed to load resource|ERR_CONNECTION_REFUSED/)
  await expect(ui.page.getByRole('heading', { name: 'Welcome to Clientele', exact: true })).toBeVisible()
  await app.restart()
  await expect(ui.page.getByRole('heading', { name: 'Welcome to Clientele', exact: true })).toBeVisible()
})
