/** Pixels as R, G, B bytes, line by line. */
export interface Canvas {
  readonly width: number
  readonly height: number
  readonly pixels: Uint8Array
}

export type Point = readonly [x: number, y: number]

/** Lines of pixels are cut into this many for smooth edges. */
const SUB_LINES = 4

export function createCanvas(width: number, height: number, color: string): Canvas {
  const canvas = { width, height, pixels: new Uint8Array(width * height * 3) }
  fillRect(canvas, 0, 0, width, height, color)
  return canvas
}

export function fillRect(canvas: Canvas, x: number, y: number, w: number, h: number, color: string, alpha = 1): void {
  fillPolygon(
    canvas,
    [
      [x, y],
      [x + w, y],
      [x + w, y + h],
      [x, y + h],
    ],
    color,
    alpha,
  )
}

export function fillCircle(canvas: Canvas, x: number, y: number, radius: number, color: string, alpha = 1): void {
  fillPolygon(canvas, arc(x, y, radius, 0, Math.PI * 2), color, alpha)
}

export function fillRoundRect(
  canvas: Canvas,
  [x, y, w, h]: readonly [x: number, y: number, w: number, h: number],
  radius: number,
  color: string,
): void {
  const quarter = Math.PI / 2
  const corners = [
    ...arc(x + w - radius, y + h - radius, radius, 0, quarter),
    ...arc(x + radius, y + h - radius, radius, quarter, 2 * quarter),
    ...arc(x + radius, y + radius, radius, 2 * quarter, 3 * quarter),
    ...arc(x + w - radius, y + radius, radius, 3 * quarter, 4 * quarter),
  ]
  fillPolygon(canvas, corners, color)
}

/** Points of a cubic curve, its end included and its start left out. */
export function curve(from: Point, a: Point, b: Point, to: Point): Point[] {
  const steps = 24
  return Array.from({ length: steps }, (_, index) => {
    const t = (index + 1) / steps
    const u = 1 - t
    const at = (axis: 0 | 1): number =>
      u * u * u * from[axis] + 3 * u * u * t * a[axis] + 3 * u * t * t * b[axis] + t * t * t * to[axis]
    return [at(0), at(1)] as const
  })
}

function arc(x: number, y: number, radius: number, from: number, to: number): Point[] {
  const steps = Math.max(8, Math.ceil(radius * Math.abs(to - from)))
  return Array.from({ length: steps + 1 }, (_, index) => {
    const angle = from + ((to - from) * index) / steps
    return [x + radius * Math.cos(angle), y + radius * Math.sin(angle)] as const
  })
}

/** Fills a polygon (even-odd) with smooth edges: exact along a line, `SUB_LINES` steps across. */
export function fillPolygon(canvas: Canvas, points: readonly Point[], color: string, alpha = 1): void {
  const { width, height, pixels } = canvas
  const rgb = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16))
  const ys = points.map(([, y]) => y)
  const top = Math.max(0, Math.floor(Math.min(...ys)))
  const bottom = Math.min(height, Math.ceil(Math.max(...ys)))
  const cover = new Float32Array(width)
  for (let y = top; y < bottom; y += 1) {
    cover.fill(0)
    for (let sub = 0; sub < SUB_LINES; sub += 1) {
      addSpans(cover, crossings(points, y + (sub + 0.5) / SUB_LINES))
    }
    for (let x = 0; x < width; x += 1) {
      const share = ((cover[x] ?? 0) / SUB_LINES) * alpha
      if (share > 0) {
        const at = (y * width + x) * 3
        for (let channel = 0; channel < 3; channel += 1) {
          const below = pixels[at + channel] ?? 0
          pixels[at + channel] = Math.round(below + ((rgb[channel] ?? 0) - below) * share)
        }
      }
    }
  }
}

/** Where the outline crosses a horizontal line, from left to right. */
function crossings(points: readonly Point[], y: number): number[] {
  const found: number[] = []
  let previous = points.at(-1)
  for (const point of points) {
    if (previous !== undefined && previous[1] <= y !== point[1] <= y) {
      found.push(previous[0] + ((y - previous[1]) / (point[1] - previous[1])) * (point[0] - previous[0]))
    }
    previous = point
  }
  return found.sort((a, b) => a - b)
}

function addSpans(cover: Float32Array, xs: readonly number[]): void {
  for (let index = 0; index + 1 < xs.length; index += 2) {
    const from = Math.max(0, xs[index] ?? 0)
    const to = Math.min(cover.length, xs[index + 1] ?? 0)
    for (let x = Math.floor(from); x < to; x += 1) {
      cover[x] = (cover[x] ?? 0) + Math.min(x + 1, to) - Math.max(x, from)
    }
  }
}
