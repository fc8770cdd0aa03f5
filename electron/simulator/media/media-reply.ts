import type { RawReply } from '../server/apply-fault.ts'
import { CLIP_SEGMENTS } from './clip-segments.ts'
import { hlsPlaylist } from './hls-playlist.ts'
import { drawAvatar, drawLogo, drawPoster } from './illustrations.ts'
import { encodePng } from './png.ts'

/** Pictures of each kind; the number in an address is taken modulo this. */
const PICTURES = 24

const DRAWERS = { avatars: drawAvatar, logos: drawLogo, posters: drawPoster } as const

export function isMediaPath(path: string): boolean {
  return path.startsWith('/media/')
}

/** Pictures and films, open to everyone as on the vendors' own delivery networks. */
export function mediaReply(path: string, method: string, range: string | undefined): RawReply {
  if (method !== 'GET' && method !== 'HEAD') {
    return reply(405, 'text/plain', Buffer.from('Method not allowed'))
  }
  const picture = /^\/media\/(avatars|logos|posters)\/(\d{1,4})\.png$/.exec(path)
  if (picture !== null) {
    return reply(200, 'image/png', drawn(picture[1] ?? '', Number(picture[2]) % PICTURES))
  }
  const playlist = /^\/media\/hls\/(\d{1,5})\/video\.m3u8$/.exec(path)
  if (playlist !== null) {
    return reply(200, 'application/vnd.apple.mpegurl', Buffer.from(hlsPlaylist(Number(playlist[1]) / 10)))
  }
  const segment = CLIP_SEGMENTS[Number(/^\/media\/hls\/segment-(\d)\.ts$/.exec(path)?.[1] ?? Number.NaN)]
  if (segment !== undefined) {
    return ranged(Buffer.from(segment, 'base64'), 'video/mp2t', range)
  }
  if (path.startsWith('/media/embed/')) {
    const page = '<!doctype html><meta charset="utf-8"><title>Testimonial</title><p>Player of the simulated vendor.</p>'
    return reply(200, 'text/html; charset=utf-8', Buffer.from(page))
  }
  return reply(404, 'text/plain', Buffer.from('Not found'))
}

const pictures = new Map<string, Buffer>()

/** Drawn once: the same for every simulator of this process. */
function drawn(kind: string, number: number): Buffer {
  const name = `${kind}/${number}`
  const known = pictures.get(name)
  if (known !== undefined) {
    return known
  }
  const draw = kind === 'avatars' ? DRAWERS.avatars : kind === 'logos' ? DRAWERS.logos : DRAWERS.posters
  const picture = encodePng(draw(number))
  pictures.set(name, picture)
  return picture
}

function reply(status: number, type: string, body: Buffer, headers: Readonly<Record<string, string>> = {}): RawReply {
  return {
    kind: 'raw',
    status,
    headers: {
      'content-type': type,
      'content-length': String(body.length),
      'cache-control': 'public, max-age=3600',
      ...headers,
    },
    body: [body],
  }
}

/** One range of bytes, as players ask for it. */
function ranged(body: Buffer, type: string, range: string | undefined): RawReply {
  const match = /^bytes=(\d+)-(\d*)$/.exec(range ?? '')
  if (match === null) {
    return reply(200, type, body, { 'accept-ranges': 'bytes' })
  }
  const from = Number(match[1])
  const to = match[2] === '' ? body.length - 1 : Math.min(Number(match[2]), body.length - 1)
  if (from > to) {
    return reply(416, type, Buffer.alloc(0), { 'content-range': `bytes */${body.length}` })
  }
  return reply(206, type, body.subarray(from, to + 1), { 'content-range': `bytes ${from}-${to}/${body.length}` })
}
