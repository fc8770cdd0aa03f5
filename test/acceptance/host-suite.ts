import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { type Host, HostFetchError, type HostRequest, type HostResponse } from '../../electron/host/host.ts'
import { testCreateHttpServer } from '../support/test-create-http-server.ts'
import { testFolder } from '../support/test-folder.ts'

/** Every host must pass this, whatever machine it stands for. `create` may be called again for the same profile: a restart. */
export function describeHost(name: string, create: (profileFolder: string) => Promise<Host>): void {
  describe(`host: ${name}`, () => {
    describe('vault', () => {
      it('gives back what it sealed, also after a restart, and never writes it in clear', async () => {
        const folder = await testFolder()
        const sealed = await (await create(folder)).vault.seal('sk_live_žluťoučký_42')
        expect(JSON.stringify(sealed)).not.toContain('sk_live')
        expect(Buffer.from(sealed.data, 'base64').toString('latin1')).not.toContain('sk_live')
        expect(await (await create(folder)).vault.open(sealed)).toEqual({
          secret: 'sk_live_žluťoučký_42',
          isStale: false,
        })
      })

      it('seals the same secret differently each time', async () => {
        const { vault } = await create(await testFolder())
        expect((await vault.seal('same')).data).not.toBe((await vault.seal('same')).data)
      })

      it('opens nothing that was changed, cut off or sealed elsewhere', async () => {
        const { vault } = await create(await testFolder())
        const sealed = await vault.seal('secret')
        const bytes = Buffer.from(sealed.data, 'base64')
        bytes[bytes.length - 1] = (bytes[bytes.length - 1] ?? 0) ^ 1
        const changed = { secret: null, why: 'changed' }
        expect(await vault.open({ ...sealed, data: bytes.toString('base64') })).toEqual(changed)
        expect(await vault.open({ ...sealed, data: sealed.data.slice(0, 12) })).toEqual(changed)
        expect(await vault.open({ ...sealed, data: '' })).toEqual(changed)
        expect(await vault.open({ ...sealed, vault: 'some-other-vault' })).toEqual({
          secret: null,
          why: 'foreign',
        })
      })
    })

    describe('files', () => {
      it('keeps documents over a restart, closed to other users', async () => {
        const folder = await testFolder()
        const { files } = await create(folder)
        expect(await files.read('sources.json')).toBeNull()
        await files.write('sources.json', { v: 1, names: ['Ærø'] })
        expect(await (await create(folder)).files.read('sources.json')).toEqual({ v: 1, names: ['Ærø'] })
        if (process.platform !== 'win32') {
          expect((await stat(join(folder, 'sources.json'))).mode & 0o777).toBe(0o600)
        }
        await files.remove('sources.json')
        expect(await files.read('sources.json')).toBeNull()
        await files.remove('sources.json')
      })

      it('keeps the order of writes and leaves no draft behind', async () => {
        const folder = await testFolder()
        const { files } = await create(folder)
        await Promise.all(Array.from({ length: 20 }, (_, n) => files.write('settings.json', { n })))
        expect(await files.read('settings.json')).toEqual({ n: 19 })
        expect((await readdir(folder)).filter((entry) => entry.endsWith('.tmp'))).toEqual([])
      })

      it('rejects what is not JSON and sets it aside without losing any', async () => {
        const folder = await testFolder()
        const { files } = await create(folder)
        for (const text of ['{"cut', 'nonsense']) {
          await writeFile(join(folder, 'sources.json'), text)
          await expect(files.read('sources.json')).rejects.toThrow(Error)
          await files.setAside('sources.json')
        }
        expect(await files.read('sources.json')).toBeNull()
        expect(await readFile(join(folder, 'sources.json.unreadable-1'), 'utf8')).toBe('{"cut')
        expect(await readFile(join(folder, 'sources.json.unreadable-2'), 'utf8')).toBe('nonsense')
      })

      it.each(['../outside', 'a/b', '/etc/passwd', '.hidden', '', 'a\\b'])('refuses the name %j', async (bad) => {
        const { files } = await create(await testFolder())
        await expect(Promise.resolve().then(() => files.write(bad, {}))).rejects.toThrow()
      })
    })

    describe('fetch', () => {
      it('sends method, headers and body and hands over status, headers and body', async () => {
        const server = await testCreateHttpServer((_, response) => {
          response.writeHead(201, { 'content-type': 'application/json', 'x-rate': '7' }).end('{"id":1}')
        })
        const { fetch } = await create(await testFolder())
        const response = await fetch(
          ask(`${server.url}/clients?page=2`, { method: 'PATCH', headers: { 'x-key': 'k' }, body: '{"name":"Zoë"}' }),
        )
        expect(response.status).toBe(201)
        expect(response.header('x-rate')).toBe('7')
        expect(response.header('x-none')).toBeNull()
        expect(await textOf(response)).toBe('{"id":1}')
        expect(server.seen).toMatchObject([{ method: 'PATCH', url: '/clients?page=2', body: '{"name":"Zoë"}' }])
        expect(server.seen[0]?.headers['x-key']).toBe('k')
      })

      it('hands over redirects instead of following them', async () => {
        const server = await testCreateHttpServer((_, response) => {
          response.writeHead(302, { location: '/elsewhere' }).end()
        })
        const { fetch } = await create(await testFolder())
        const response = await fetch(ask(server.url))
        expect(response.status).toBe(302)
        expect(response.header('location')).toBe('/elsewhere')
        expect(await textOf(response)).toBe('')
        expect(server.seen).toHaveLength(1)
      })

      it('keeps no cookies', async () => {
        const server = await testCreateHttpServer((_, response) => {
          response.writeHead(200, { 'set-cookie': 'a=b' }).end()
        })
        const { fetch } = await create(await testFolder())
        await textOf(await fetch(ask(server.url)))
        await textOf(await fetch(ask(server.url)))
        expect(server.seen.map(({ headers }) => headers.cookie)).toEqual([undefined, undefined])
      })

      it('decodes bodies', async () => {
        const server = await testCreateHttpServer((_, response) => {
          response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('x'.repeat(100_000)))
        })
        const { fetch } = await create(await testFolder())
        expect(await textOf(await fetch(ask(server.url)))).toHaveLength(100_000)
      })

      it('closes the connection when the reader breaks off', async () => {
        const server = await testCreateHttpServer((_, response) => {
          const pump = setInterval(() => response.write(Buffer.alloc(65_536)), 1)
          response.on('close', () => clearInterval(pump))
        })
        const { fetch } = await create(await testFolder())
        for await (const chunk of (await fetch(ask(server.url))).body) {
          expect(chunk.byteLength).toBeGreaterThan(0)
          break
        }
        await expect.poll(server.connections).toBe(0)
      })

      it('says that nothing was sent where there is no connection', async () => {
        const { fetch } = await create(await testFolder())
        const closed = await closedPort()
        expect(await failureOf(fetch(ask(`http://127.0.0.1:${closed}`, { method: 'POST', body: '{}' })))).toMatchObject(
          {
            reason: 'refused',
            sent: false,
          },
        )
        expect(await failureOf(fetch(ask('http://no-such-host.invalid/')))).toMatchObject({
          reason: 'dns',
          sent: false,
        })
        expect(await failureOf(fetch(ask('ftp://127.0.0.1/')))).toMatchObject({ reason: 'network', sent: false })
      })

      it('refuses a certificate that nobody vouches for, before anything is sent', async () => {
        const server = await testCreateHttpServer((_, response) => response.end(), 'https')
        const { fetch } = await create(await testFolder())
        expect(await failureOf(fetch(ask(server.url)))).toMatchObject({ reason: 'tls', sent: false })
        expect(server.seen).toEqual([])
      })

      it('says that a request may have arrived where the connection breaks after it, and sends no write twice', async () => {
        const server = await testCreateHttpServer(({ url }, response) => {
          if (url === '/drop') response.destroy()
          else response.end('ok')
        })
        const { fetch } = await create(await testFolder())
        // A kept connection is there when the writes begin.
        await textOf(await fetch(ask(`${server.url}/warm`)))
        await textOf(await fetch(ask(`${server.url}/warm`, { method: 'POST', body: '{}' })))
        const failure = await failureOf(fetch(ask(`${server.url}/drop`, { method: 'POST', body: '{}' })))
        expect(failure).toMatchObject({ reason: 'reset', sent: true })
        expect(server.seen.filter(({ url }) => url === '/drop')).toHaveLength(1)
      })

      it('fails in the middle of a body that ends too early', async () => {
        const server = await testCreateHttpServer((_, response) => {
          response.writeHead(200, { 'content-length': '1000' })
          response.write('half', () => response.destroy())
        })
        const { fetch } = await create(await testFolder())
        expect(await failureOf(fetch(ask(server.url)).then(textOf))).toMatchObject({ reason: 'reset', sent: true })
      })

      it('can be broken off before, during and after the headers', async () => {
        const server = await testCreateHttpServer(({ url }, response) => {
          if (url !== '/body') return
          response.writeHead(200)
          response.write('first')
        })
        const { fetch } = await create(await testFolder())
        const before = new AbortController()
        before.abort()
        expect(await failureOf(fetch(ask(server.url, { signal: before.signal })))).toMatchObject({
          reason: 'aborted',
          sent: false,
        })
        const during = new AbortController()
        const waiting = failureOf(fetch(ask(server.url, { signal: during.signal })))
        await expect.poll(() => server.seen.length).toBe(1)
        during.abort()
        expect(await waiting).toMatchObject({ reason: 'aborted', sent: true })

        const after = new AbortController()
        const response = await fetch(ask(`${server.url}/body`, { signal: after.signal }))
        const reading = failureOf(textOf(response))
        after.abort()
        expect(await reading).toMatchObject({ reason: 'aborted' })
      })
    })

    it('signs the same text the same way after a restart, and differently in another profile', async () => {
      const folder = await testFolder()
      const signature = (await create(folder)).sign('image\nhttps://a.example/x.png')
      expect(signature).toMatch(/^[A-Za-z0-9_-]{43}$/)
      expect((await create(folder)).sign('image\nhttps://a.example/x.png')).toBe(signature)
      expect((await create(folder)).sign('image\nhttps://a.example/y.png')).not.toBe(signature)
      expect((await create(await testFolder())).sign('image\nhttps://a.example/x.png')).not.toBe(signature)
    })

    it('has a clock that runs things later, and not if they are cancelled', async () => {
      const { clock, random } = await create(await testFolder())
      const ran: string[] = []
      clock.schedule(5, () => ran.push('a'))
      clock.schedule(1, () => ran.push('cancelled'))()
      // Node would fire a delay this long at once.
      const cancelFar = clock.schedule(2 ** 33, () => ran.push('far'))
      await expect.poll(() => ran).toEqual(['a'])
      cancelFar()
      expect(Math.abs(clock.now() - Date.now())).toBeLessThan(1000)
      expect(random.next()).toBeGreaterThanOrEqual(0)
      expect(random.next()).toBeLessThan(1)
    })

    it('says what it is', async () => {
      const folder = await testFolder()
      const host = await create(folder)
      expect(host.profileFolder).toBe(folder)
      expect(host.platform).not.toBe('')
      expect(typeof host.online()).toBe('boolean')
    })

    it('logs one JSON object per line', async () => {
      const folder = await testFolder()
      const { log } = await create(folder)
      log.info('started', { port: 1 })
      log.warn('odd')
      const path = join(folder, 'logs', 'clientele.log')
      await expect.poll(async () => (await readFile(path, 'utf8').catch(() => '')).trim().split('\n').length).toBe(2)
      const lines = (await readFile(path, 'utf8')).trim().split('\n')
      expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
        { level: 'info', event: 'started', port: 1 },
        { level: 'warn', event: 'odd' },
      ])
    })
  })
}

function ask(url: string, more: Partial<HostRequest> = {}): HostRequest {
  return { method: 'GET', url, headers: {}, body: null, signal: new AbortController().signal, ...more }
}

async function textOf(response: HostResponse): Promise<string> {
  const chunks: Uint8Array[] = []
  for await (const chunk of response.body) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}

async function failureOf(promise: Promise<unknown>): Promise<HostFetchError> {
  const outcome: unknown = await promise.then(
    () => 'no failure',
    (cause: unknown) => cause,
  )
  if (!(outcome instanceof HostFetchError)) throw new Error(`Expected a HostFetchError, got ${String(outcome)}`)
  return outcome
}

async function closedPort(): Promise<string> {
  const { createServer } = await import('node:net')
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise<void>((resolve) => server.close(() => resolve()))
  return String(typeof address === 'object' && address !== null ? address.port : 1)
}
