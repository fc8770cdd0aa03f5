import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { mediaReference as coreReference } from '../../electron/core/http/media-reference.ts'
import { type Host, type HostFetch, HostFetchError } from '../../electron/host/host.ts'
import { createMedia } from '../../electron/host/media/create-media.ts'
import { imageType } from '../../electron/host/media/image-type.ts'
import { mediaAddress } from '../../electron/host/media/media-address.ts'
import { mediaReference } from '../../electron/host/media/media-reference.ts'
import { rewritePlaylist } from '../../electron/host/media/rewrite-playlist.ts'
import { createNodeFetch } from '../../electron/host/node/node-fetch.ts'
import type { Reply } from '../../electron/host/reply.ts'
import { createSigner } from '../../electron/host/signer.ts'
import { createSystemClock } from '../../electron/host/system-clock.ts'
import { testCreateHttpServer } from '../support/test-create-http-server.ts'
import { testFolder } from '../support/test-folder.ts'

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3])
const sign = createSigner(Buffer.alloc(32, 7))

describe('pictures', () => {
  it('are fetched once, kept, and shown while offline and after a restart', async () => {
    const server = await testCreateHttpServer((_, response) => response.end(PNG))
    const world = await createWorld()
    const url = `${server.url}/face`
    for (let n = 0; n < 3; n++) {
      const reply = await world.ask('image', url)
      expect(reply).toMatchObject({
        status: 200,
        headers: { 'content-type': 'image/png', 'x-content-type-options': 'nosniff' },
      })
      expect(reply.headers['content-security-policy']).toContain("default-src 'none'")
      expect(await bytesOf(reply)).toEqual(PNG)
    }
    world.isTrafficAllowed = false
    expect((await world.ask('image', url)).status).toBe(200)
    expect(
      (await (await createWorld({ folder: world.folder, isTrafficAllowed: false })).ask('image', url)).status,
    ).toBe(200)
    expect(server.seen).toHaveLength(1)
  })

  it('are asked for once, however many times the page wants them at the same time', async () => {
    const server = await testCreateHttpServer((_, response) => setTimeout(() => response.end(PNG), 20))
    const world = await createWorld()
    const replies = await Promise.all(Array.from({ length: 10 }, () => world.ask('image', `${server.url}/face`)))
    expect(replies.map(({ status }) => status)).toEqual(Array(10).fill(200))
    expect(server.seen).toHaveLength(1)
  })

  it('cause no traffic while the user works offline', async () => {
    const server = await testCreateHttpServer((_, response) => response.end(PNG))
    const world = await createWorld({ isTrafficAllowed: false })
    expect((await world.ask('image', server.url)).status).toBe(204)
    expect((await world.ask('hls', server.url)).status).toBe(503)
    expect(server.seen).toEqual([])
  })

  it('stop in the middle when the user goes offline', async () => {
    const world = await createWorld()
    const server = await testCreateHttpServer((_, response) => {
      response.write(PNG)
      setTimeout(() => {
        world.isTrafficAllowed = false
        response.end(PNG)
      }, 30)
    })
    expect((await world.ask('image', server.url)).status).toBe(204)
  })

  it('are asked for again after a day, and the kept one is shown if that fails', async () => {
    let isBroken = false
    const server = await testCreateHttpServer((_, response) => {
      if (isBroken) response.writeHead(500).end()
      else response.end(PNG)
    })
    const world = await createWorld()
    await world.ask('image', server.url)
    world.now += 25 * 60 * 60 * 1000
    isBroken = true
    expect((await world.ask('image', server.url)).status).toBe(200)
    expect(server.seen).toHaveLength(2)
  })

  it.each([
    ['an unsigned address', 403, (query: URLSearchParams) => query.delete('s')],
    ['a signature of something else', 403, (query: URLSearchParams) => query.set('u', 'https://elsewhere.example/')],
    ['a cut signature', 403, (query: URLSearchParams) => query.set('s', query.get('s')?.slice(1) ?? '')],
  ])('refuse %s', async (_what, status, change) => {
    const world = await createWorld()
    const query = queryOf('image', 'https://pictures.example/face.png')
    change(query)
    expect((await world.media({ ...request('/media/image'), query })).status).toBe(status)
    expect(world.asked).toEqual([])
  })

  it('refuse a signature for video', async () => {
    const world = await createWorld()
    const query = queryOf('hls', 'https://pictures.example/face.png')
    expect((await world.media({ ...request('/media/image'), query })).status).toBe(403)
  })

  it.each([
    ['HTML', '<html><script>alert(1)</script>', 200],
    ['SVG', '<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', 200],
    ['nothing', '', 200],
    ['a missing picture', PNG, 404],
  ])('show no %s', async (_what, body, status) => {
    const server = await testCreateHttpServer((_, response) => {
      response.writeHead(status, { 'content-type': 'image/png' }).end(body)
    })
    const world = await createWorld()
    expect((await world.ask('image', server.url)).status).toBe(204)
    expect(await readdir(join(world.folder, 'media'))).toEqual([])
  })

  it('are no larger than 5 MB, whatever the server promises', async () => {
    let sent = 0
    const server = await testCreateHttpServer((_, response) => {
      const piece = Buffer.concat([PNG, Buffer.alloc(100_000)])
      const pump = setInterval(() => {
        sent += piece.byteLength
        response.write(piece)
      }, 1)
      response.on('close', () => clearInterval(pump))
    })
    const world = await createWorld()
    expect((await world.ask('image', server.url)).status).toBe(204)
    await expect.poll(server.connections).toBe(0)
    expect(sent).toBeLessThan(20_000_000)
  })

  it('make room by throwing out the longest unused', async () => {
    const server = await testCreateHttpServer((_, response) => response.end(Buffer.concat([PNG, Buffer.alloc(1000)])))
    const world = await createWorld({ maxCacheBytes: 2500 })
    const at = (name: string): string => `${server.url}/${name}`
    for (const name of ['a', 'b', 'a', 'c']) {
      world.now += 1000
      await world.ask('image', at(name))
    }
    world.isTrafficAllowed = false
    expect((await world.ask('image', at('a'))).status).toBe(200)
    expect((await world.ask('image', at('c'))).status).toBe(200)
    expect((await world.ask('image', at('b'))).status).toBe(204)
    const names = await readdir(join(world.folder, 'media'))
    expect(names).toHaveLength(2)
    for (const name of names) {
      expect(name).toMatch(/^[0-9a-f]{64}$/)
      if (process.platform !== 'win32') expect((await stat(join(world.folder, 'media', name))).mode & 0o777).toBe(0o600)
    }
  })
})

describe('redirects of media', () => {
  it('are followed a few times', async () => {
    const server = await testCreateHttpServer(({ url }, response) => {
      if (url === '/c') response.end(PNG)
      else response.writeHead(302, { location: url === '/a' ? '/b' : '/c' }).end()
    })
    expect((await (await createWorld()).ask('image', `${server.url}/a`)).status).toBe(200)
  })

  it('end somewhere', async () => {
    const server = await testCreateHttpServer((_, response) => response.writeHead(302, { location: '/again' }).end())
    expect((await (await createWorld()).ask('image', server.url)).status).toBe(204)
    expect(server.seen).toHaveLength(4)
  })

  it.each([
    'http://127.0.0.1:PORT/',
    'http://pictures.example/',
    'https://10.0.0.1/',
    'file:///etc/passwd',
    'data:image/png,x',
  ])('from a public address do not lead to %s', async (target) => {
    const asked: string[] = []
    const fetch: HostFetch = async ({ url }) => {
      asked.push(url)
      return { status: 302, header: (name) => (name === 'location' ? target : null), body: nothing() }
    }
    const world = await createWorld({ fetch })
    expect((await world.ask('image', 'https://pictures.example/a.png')).status).toBe(204)
    expect(asked).toEqual(['https://pictures.example/a.png'])
  })

  it.each([
    ['https://pictures.example/a.png', true],
    ['http://127.0.0.1:4000/a.png', true],
    ['http://localhost:4000/a.png', true],
    ['http://[::1]:4000/a.png', true],
    ['http://pictures.example/a.png', false],
    ['https://user:secret@pictures.example/a.png', false],
    ['https://192.168.1.1/a.png', false],
    ['https://169.254.169.254/latest/meta-data', false],
    ['https://[fd00::1]/a.png', false],
    ['https://[::ffff:10.0.0.1]/a.png', false],
    ['https://0x0a000001/a.png', false],
    ['https://0.0.0.0/a.png', false],
    ['https://[64:ff9b::a00:1]/a.png', false],
    ['https://[2002:a00:1::]/a.png', false],
    ['https://[::]/a.png', false],
    ['https://[ff02::1]/a.png', false],
    ['https://[2606:4700::1]/a.png', true],
    ['https://192.0.0.1/a.png', false],
    ['https://198.18.0.1/a.png', false],
    ['https://10.1/a.png', false],
    ['https://router/a.png', false],
    ['https://printer.local/a.png', false],
    ['https://metadata.google.internal/a.png', false],
    ['https://localhost./a.png', false],
    ['https://x.localhost/a.png', false],
    ['http://x.localhost/a.png', false],
    ['http://127.0.0.1.nip.example/a.png', false],
    ['ftp://pictures.example/a.png', false],
    ['no address', false],
    ['', false],
  ])('media from %s: %s', (address, isFine) => {
    expect(mediaAddress(address) !== null).toBe(isFine)
  })
})

describe('programs of this machine', () => {
  it('are reached by no redirect of another one', async () => {
    const victim = await testCreateHttpServer((_, response) => response.end(PNG))
    const server = await testCreateHttpServer((_, response) =>
      response.writeHead(302, { location: `${victim.url}/admin` }).end(),
    )
    expect((await (await createWorld()).ask('image', server.url)).status).toBe(204)
    expect(victim.seen).toEqual([])
  })

  it.each(['https://cdn.example/l.m3u8', 'http://127.0.0.1:4000/l.m3u8'])(
    'are reached by no line of a playlist from %s',
    async (address) => {
      const playlist = [
        '#EXTM3U',
        '#EXT-X-KEY:METHOD=AES-128,URI="http://127.0.0.1:8080/key"',
        'http://localhost:8080/admin?delete=all',
        'https://10.0.0.1/seg.ts',
        'https://router/seg.ts',
        'file:///etc/passwd',
        'data:video/mp2t,x',
        'seg.ts',
        '',
      ].join('\n')
      const world = await createWorld({
        fetch: async () => ({
          status: 200,
          header: () => null,
          body: (async function* () {
            yield Buffer.from(playlist)
          })(),
        }),
      })
      const text = (await bytesOf(await world.ask('hls', address))).toString('utf8')
      expect(text.match(/\/media\/hls\?/g), text).toHaveLength(1)
      expect(text.match(/\/media\/refused/g)).toHaveLength(6)
      expect(decodeURIComponent(text)).not.toMatch(/8080|10\.0\.0\.1|router|passwd|data:/)
    },
  )

  it.each([
    ['https://vendor.example', 'https://cdn.example/a.png', true],
    ['https://vendor.example', 'http://127.0.0.1:8080/a.png', false],
    ['https://vendor.example', 'https://localhost/a.png', false],
    ['http://127.0.0.1:4000', 'http://127.0.0.1:4000/a.png', true],
    ['http://localhost:4000', 'http://127.0.0.1:4000/a.png', true],
    ['http://127.0.0.1:4000', 'http://127.0.0.1:8080/a.png', false],
    ['http://127.0.0.1:4000', 'https://127.0.0.1:4000/a.png', false],
  ])('a source at %s has a picture at %s signed: %s', (baseUrl, url, isSigned) => {
    expect(coreReference({ url, kind: 'image', baseUrl, sign }) !== null).toBe(isSigned)
  })
})

describe('video', () => {
  it('plays through the host: playlists rewritten, pieces passed on with their range', async () => {
    const server = await testCreateHttpServer(({ url, headers }, response) => {
      if (url === '/v/main.m3u8') {
        response
          .writeHead(200, { 'content-type': 'text/plain' })
          .end('#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nlow/list.m3u8\n')
      } else if (headers.range === 'bytes=2-5') {
        response.writeHead(206, { 'content-type': 'video/mp2t', 'content-range': 'bytes 2-5/10' }).end('2345')
      } else {
        response.writeHead(200, { 'content-type': 'text/html' }).end('0123456789')
      }
    })
    const world = await createWorld()
    const playlist = await world.ask('hls', `${server.url}/v/main.m3u8`)
    expect(playlist.headers['content-type']).toBe('application/vnd.apple.mpegurl')
    const lines = (await bytesOf(playlist)).toString('utf8').split('\n')
    expect(lines[2]).toBe(mediaReference(sign, 'hls', `${server.url}/v/low/list.m3u8`))

    const piece = await world.ask('hls', `${server.url}/v/1.ts`, 'bytes=2-5')
    expect(piece).toMatchObject({
      status: 206,
      headers: { 'content-type': 'video/mp2t', 'content-range': 'bytes 2-5/10', 'x-content-type-options': 'nosniff' },
    })
    expect((await bytesOf(piece)).toString('utf8')).toBe('2345')

    const whole = await world.ask('hls', `${server.url}/v/1.ts`)
    // Never as a page, whatever the server calls it.
    expect(whole.headers['content-type']).toBe('application/octet-stream')
    expect((await bytesOf(whole)).toString('utf8')).toBe('0123456789')
  })

  it('ends at the vendor when the page goes away', async () => {
    const server = await testCreateHttpServer((_, response) => {
      const pump = setInterval(() => response.write(Buffer.alloc(65_536)), 1)
      response.on('close', () => clearInterval(pump))
    })
    const world = await createWorld()
    const going = new AbortController()
    const reply = await world.media({
      ...request('/media/hls'),
      query: queryOf('hls', `${server.url}/1.ts`),
      signal: going.signal,
    })
    going.abort()
    await bytesOf(reply).catch(() => undefined)
    await expect.poll(server.connections).toBe(0)
  })

  it.each([
    [404, 404],
    [416, 416],
    [500, 404],
  ])('answers a vendor that says %i with %i', async (status, expected) => {
    const server = await testCreateHttpServer((_, response) => response.writeHead(status).end('<html>'))
    expect((await (await createWorld()).ask('hls', server.url)).status).toBe(expected)
  })

  it('says so where the vendor cannot be reached', async () => {
    const fetch: HostFetch = async () => {
      throw new HostFetchError('refused', false, 'ECONNREFUSED')
    }
    const world = await createWorld({ fetch })
    expect((await world.ask('hls', 'https://video.example/a.m3u8')).status).toBe(502)
    expect((await world.ask('image', 'https://video.example/a.png')).status).toBe(204)
  })
})

describe('playlist rewriting', () => {
  const rewrite = (text: string): string =>
    rewritePlaylist(text, new URL('https://cdn.example/a/b/list.m3u8?t=1'), (url) => `<${url}>`)

  it.each([
    ['seg-1.ts', '<https://cdn.example/a/b/seg-1.ts>'],
    ['/seg-1.ts?x=1&y=2', '<https://cdn.example/seg-1.ts?x=1&y=2>'],
    ['//other.example/s.ts', '<https://other.example/s.ts>'],
    [
      '#EXT-X-KEY:METHOD=AES-128,URI="../key.bin",IV=0x1',
      '#EXT-X-KEY:METHOD=AES-128,URI="<https://cdn.example/a/key.bin>",IV=0x1',
    ],
    [
      '#EXT-X-MAP:URI="init.mp4",BYTERANGE="1@0"',
      '#EXT-X-MAP:URI="<https://cdn.example/a/b/init.mp4>",BYTERANGE="1@0"',
    ],
    [
      '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="URI",URI="audio.m3u8"',
      '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="URI",URI="<https://cdn.example/a/b/audio.m3u8>"',
    ],
    ['#EXTINF:4.0,A title', '#EXTINF:4.0,A title'],
    ['# a comment', '# a comment'],
    ['', ''],
  ])('%s', (line, expected) => {
    expect(rewrite(`#EXTM3U\n${line}\n`)).toBe(`#EXTM3U\n${expected}\n`)
  })

  it('leaves no address of a vendor in a whole playlist', () => {
    const text =
      '#EXTM3U\r\n#EXT-X-KEY:METHOD=AES-128,URI="https://k.example/1"\r\n#EXTINF:4,\r\nhttps://c.example/1.ts\r\n'
    const through = rewritePlaylist(text, new URL('https://c.example/l.m3u8'), (url) =>
      mediaReference(sign, 'hls', url),
    )
    expect(through).not.toContain('://')
    expect(through.match(/\/media\/hls\?/g)).toHaveLength(2)
  })
})

describe('signed references', () => {
  it('of the core are understood by the host', async () => {
    const server = await testCreateHttpServer((_, response) => response.end(PNG))
    const url = `${server.url}/a b?c=d&e=ř`
    const reference = coreReference({ url, kind: 'image', baseUrl: server.url, sign })
    const world = await createWorld()
    const parsed = new URL(reference ?? '', 'http://localhost')
    const reply = await world.media({ ...request(parsed.pathname), query: parsed.searchParams })
    expect(reply.status).toBe(200)
  })
})

describe('types of pictures', () => {
  it.each([
    ['image/png', PNG],
    ['image/jpeg', Buffer.from([0xff, 0xd8, 0xff, 0xe0])],
    ['image/gif', Buffer.from('GIF89a..')],
    ['image/webp', Buffer.from('RIFF1234WEBPVP8 ')],
    ['image/avif', Buffer.from('\0\0\0\x20ftypavif')],
    [null, Buffer.from('\0\0\0\x20ftypisom')],
    [null, Buffer.from('RIFF1234WAVE')],
    [null, Buffer.from('BM')],
    [null, Buffer.alloc(0)],
  ])('%s', (type, bytes) => {
    expect(imageType(bytes)).toBe(type)
  })
})

interface World {
  readonly media: ReturnType<typeof createMedia>
  readonly ask: (kind: 'image' | 'hls', url: string, range?: string) => Promise<Reply>
  readonly folder: string
  readonly asked: string[]
  isTrafficAllowed: boolean
  now: number
}

async function createWorld(
  options: { folder?: string; isTrafficAllowed?: boolean; fetch?: HostFetch; maxCacheBytes?: number } = {},
): Promise<World> {
  const folder = options.folder ?? (await testFolder())
  const asked: string[] = []
  const fetch = options.fetch ?? createNodeFetch()
  const host: Pick<Host, 'fetch' | 'sign' | 'clock' | 'log' | 'profileFolder'> = {
    fetch: (what) => {
      asked.push(what.url)
      return fetch(what)
    },
    sign,
    clock: { ...createSystemClock(), now: () => world.now },
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    profileFolder: folder,
  }
  const media = createMedia({
    host,
    isTrafficAllowed: () => world.isTrafficAllowed,
    ...(options.maxCacheBytes === undefined ? {} : { maxCacheBytes: options.maxCacheBytes }),
  })
  const world: World = {
    media,
    folder,
    asked,
    isTrafficAllowed: options.isTrafficAllowed ?? true,
    now: Date.now(),
    ask: (kind, url, range) => media({ ...request(`/media/${kind}`), query: queryOf(kind, url), range: range ?? null }),
  }
  return world
}

function request(path: string): {
  method: string
  path: string
  query: URLSearchParams
  range: null
  signal: AbortSignal
} {
  return { method: 'GET', path, query: new URLSearchParams(), range: null, signal: new AbortController().signal }
}

function queryOf(kind: 'image' | 'hls', url: string): URLSearchParams {
  return new URL(mediaReference(sign, kind, url), 'http://localhost').searchParams
}

async function bytesOf({ body }: Reply): Promise<Buffer> {
  if (typeof body === 'string') return Buffer.from(body)
  if (body instanceof Uint8Array) return Buffer.from(body)
  const chunks: Uint8Array[] = []
  for await (const chunk of body) chunks.push(chunk)
  return Buffer.concat(chunks)
}

async function* nothing(): AsyncGenerator<Uint8Array> {}
