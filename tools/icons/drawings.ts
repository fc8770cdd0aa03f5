/**
 * The images that the systems want, all drawn from `build/icon.svg`: the mark on its tile for icons, the mark alone for
 * menu bars that colour it themselves.
 */

/** Tones of `DesktopStatus`: one look of the tray each, told apart by shape and not by colour alone. */
export const TONES = ['calm', 'busy', 'offline', 'asks'] as const
export type Tone = (typeof TONES)[number]

export interface Drawing {
  /** Below the repository. */
  readonly file: string
  readonly size: number
  readonly svg: string
}

const ICON_SIZES = [16, 24, 32, 48, 64, 128, 256, 512] as const
const ICO_SIZES = [16, 20, 24, 32, 40, 48, 64, 128, 256] as const
/** Sizes in an .icns; macOS wants a margin around the tile, so these are drawings of their own. */
const ICNS_SIZES = [16, 32, 64, 128, 256, 512, 1024] as const
const TRAY_SIZE = 16
const TRAY_SCALES = [1, 1.25, 1.5, 2, 3] as const
const MENU_BAR_SCALES = [1, 2] as const
const DRAG_SIZE = 32
/** Up to here a tile is a small one. */
const SMALL_TILE = 24

/** Of a tile of 1024 with its shadow, as the templates of macOS have it. */
const MAC_TILE = 824 / 1024

export interface Drawings {
  /** Images that are files of their own. */
  readonly files: readonly Drawing[]
  /** Parts of `build/icon.ico` and `build/icon.icns`. */
  readonly ico: readonly Drawing[]
  readonly icns: readonly Drawing[]
}

/** `source` is the text of `build/icon.svg`. */
export function drawings(source: string): Drawings {
  const mark = markOf(source)
  return {
    files: [
      ...ICON_SIZES.map((size) => ({ file: `build/icons/${size}x${size}.png`, size, svg: tile(mark, size) })),
      { file: 'assets/icon.png', size: 256, svg: tile(mark, 256) },
      ...[1, 2].map((scale) => ({
        file: `assets/drag/client${scaleSuffix(scale)}.png`,
        size: DRAG_SIZE * scale,
        svg: clientCard(mark),
      })),
      ...TONES.flatMap((tone) => [
        ...TRAY_SCALES.map((scale) => ({
          file: `assets/tray/${tone}${scaleSuffix(scale)}.png`,
          size: TRAY_SIZE * scale,
          svg: trayTile(mark, tone),
        })),
        ...MENU_BAR_SCALES.map((scale) => ({
          file: `assets/tray/${tone}Template${scaleSuffix(scale)}.png`,
          size: TRAY_SIZE * scale,
          svg: menuBarMark(mark, tone),
        })),
      ]),
    ],
    ico: ICO_SIZES.map((size) => ({ file: 'build/icon.ico', size, svg: tile(mark, size) })),
    icns: ICNS_SIZES.map((size) => ({ file: 'build/icon.icns', size, svg: macTile(mark) })),
  }
}

interface Mark {
  readonly colour: string
  readonly radius: string
  /** The stroke of the C. */
  readonly path: string
  /** What is white on the tile, as elements that take their colour from `color`. */
  readonly glyph: string
}

function markOf(source: string): Mark {
  const found = (pattern: RegExp): string => {
    const text = pattern.exec(source)?.[1]
    if (text === undefined) throw new Error(`build/icon.svg has nothing like ${pattern.source}`)
    return text
  }
  const path = found(/<path d="([^"]+)"/)
  const dot = found(/<circle ([^>]+?) fill="#fff"\/>/)
  return {
    colour: found(/<rect [^>]*fill="(#[0-9A-Fa-f]{6})"/),
    radius: found(/<rect [^>]*rx="([\d.]+)"/),
    path,
    glyph: `<path d="${path}" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round"/><circle ${dot} fill="currentColor"/>`,
  }
}

function scaleSuffix(scale: number): string {
  return scale === 1 ? '' : `@${scale}x`
}

function svg(viewBox: string, body: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="100%" height="100%" viewBox="${viewBox}">${body}</svg>`
}

/** In a small tile the mark is drawn larger, or nothing of it is left. */
function tileBody(mark: Mark, { colour = mark.colour, isSmall = false } = {}): string {
  const larger = isSmall ? ' transform="translate(10 10) scale(1.3) translate(-10.2 -10)"' : ''
  return `<rect width="20" height="20" rx="${mark.radius}" fill="${colour}"/><g color="#fff"${larger}>${mark.glyph}</g>`
}

function tile(mark: Mark, size: number): string {
  return svg('0 0 20 20', tileBody(mark, { isSmall: size <= SMALL_TILE }))
}

function macTile(mark: Mark): string {
  const side = 20 / MAC_TILE
  const from = (20 - side) / 2
  return svg(`${from} ${from} ${side} ${side}`, tileBody(mark))
}

/** A card with the mark: what hangs on the pointer while a client is dragged out. */
function clientCard(mark: Mark): string {
  const card = '<rect x="1" y="4" width="30" height="24" rx="3" fill="#fff" stroke="#D2D3DA"/>'
  const lines =
    '<path d="M18 13h9M18 18h6" stroke="#656875" stroke-width="2" stroke-linecap="round"/><g transform="translate(5 11) scale(.5)">'
  return svg('0 0 32 32', `${card}${lines}${tileBody(mark)}</g>`)
}

/** Windows and Linux: the tile, grey without a network, with a corner that says more. */
function trayTile(mark: Mark, tone: Tone): string {
  const corner = (fill: string): string =>
    `<circle cx="15.4" cy="15.4" r="4.6" fill="#fff"/><circle cx="15.4" cy="15.4" r="3.6" fill="${fill}"/>`
  const body = tileBody(mark, { isSmall: true })
  if (tone === 'calm') return svg('0 0 20 20', body)
  if (tone === 'busy')
    return svg('0 0 20 20', `${body}${corner('#1F83BF')}<circle cx="15.4" cy="15.4" r="1.5" fill="#fff"/>`)
  if (tone === 'asks') return svg('0 0 20 20', `${body}${corner('#D99A35')}`)
  const slash =
    '<path d="M3.5 16.5 16.5 3.5" stroke="#656875" stroke-width="4"/><path d="M4 16 16 4" stroke="#fff" stroke-width="1.6"/>'
  return svg('0 0 20 20', `${tileBody(mark, { colour: '#656875', isSmall: true })}${slash}`)
}

/** macOS colours it: only what is opaque counts. */
function menuBarMark(mark: Mark, tone: Tone): string {
  const glyph = (cut: string): string =>
    `<mask id="cut"><rect width="20" height="20" fill="#fff"/>${cut}</mask><g mask="url(#cut)" color="#000">${mark.glyph}</g>`
  const view = '3 3 14 14'
  if (tone === 'calm') return svg(view, glyph(''))
  const corner = '<circle cx="14.4" cy="14.4" r="3.4" fill="#000"/>'
  if (tone === 'asks') return svg(view, `${glyph(corner)}<circle cx="14.4" cy="14.4" r="2.3"/>`)
  if (tone === 'busy')
    return svg(
      view,
      `${glyph(corner)}<circle cx="14.4" cy="14.4" r="1.8" fill="none" stroke="#000" stroke-width="1.1"/>`,
    )
  const line = (width: number): string =>
    `<path d="M4.4 15.6 15.6 4.4" stroke="#000" stroke-width="${width}" stroke-linecap="round"/>`
  return svg(view, `${glyph(line(3.6))}${line(1.3)}`)
}
