import { createPrng, mix } from '../prng.ts'
import {
  type Canvas,
  createCanvas,
  curve,
  fillCircle,
  fillPolygon,
  fillRect,
  fillRoundRect,
  type Point,
} from './canvas.ts'

interface Palette {
  readonly wall: string
  readonly light: string
  readonly shape: string
  readonly desk: string
  readonly person: string
}

/** The first three are those of the design. */
const PALETTES: readonly Palette[] = [
  { wall: '#c9d3e6', light: '#dce3f0', shape: '#b4c1da', desk: '#7f90b4', person: '#3e4a66' },
  { wall: '#e3d8cc', light: '#ece4da', shape: '#d2c2b0', desk: '#b39c83', person: '#5c4a3a' },
  { wall: '#cfe0da', light: '#bdd3cb', shape: '#b3ccc3', desk: '#86aa9e', person: '#31524a' },
  { wall: '#ddd3e6', light: '#e9e2ef', shape: '#c8b9d6', desk: '#9c88b0', person: '#4d3f60' },
  { wall: '#e6d3d3', light: '#f0e2e2', shape: '#d8bcbc', desk: '#b18c8c', person: '#633f43' },
  { wall: '#d9dfcd', light: '#e6ebdc', shape: '#c2ccae', desk: '#98a67c', person: '#454f33' },
]

function paletteOf(number: number): Palette {
  return (
    PALETTES[number % PALETTES.length] ?? {
      wall: '#cccccc',
      light: '#dddddd',
      shape: '#bbbbbb',
      desk: '#999999',
      person: '#444444',
    }
  )
}

/** A still of somebody who speaks before a wall: 640 × 360. */
export function drawPoster(number: number): Canvas {
  const s = 2
  // Each round of six pairs the walls with other scenes.
  const palette = paletteOf(number + Math.floor(number / PALETTES.length))
  const canvas = createCanvas(320 * s, 180 * s, palette.wall)
  const scene = number % 3
  if (scene === 0) {
    fillCircle(canvas, 262 * s, 38 * s, 52 * s, palette.light)
    fillRoundRect(canvas, [26 * s, 30 * s, 62 * s, 84 * s], 4 * s, palette.shape)
  } else if (scene === 1) {
    const hills: Point[] = [
      [0, 150],
      [90, 70],
      [150, 120],
      [220, 40],
      [320, 150],
    ]
    fillPolygon(
      canvas,
      hills.map(([x, y]) => [x * s, y * s] as const),
      palette.shape,
    )
  } else {
    fillCircle(canvas, 248 * s, 72 * s, 48 * s, palette.light)
    fillRoundRect(canvas, [30 * s, 52 * s, 80 * s, 8 * s], 4 * s, palette.shape)
    fillRoundRect(canvas, [30 * s, 70 * s, 56 * s, 8 * s], 4 * s, palette.shape)
  }
  fillRect(canvas, 0, 140 * s, 320 * s, 40 * s, palette.desk, 0.45)
  // From the seventh on, people sit a little to one side.
  const shift = number < 6 ? 0 : (createPrng(mix(0x705e, number)).next() - 0.5) * 70
  drawPerson(canvas, (160 + shift) * s, 84 * s, s, palette.person)
  return canvas
}

/** A small portrait in one colour: 96 × 96. */
export function drawAvatar(number: number): Canvas {
  const random = createPrng(mix(0xfa7a, number))
  const palette = paletteOf(number)
  const canvas = createCanvas(96, 96, palette.wall)
  if (random.chance(0.5)) {
    fillCircle(canvas, 70, 22, 26, palette.light)
  }
  const hair = random.below(3)
  const skin = random.pick(['#e8c9ae', '#c99f7c', '#8d6549', '#f0d8c4'])
  if (hair === 0) {
    fillRoundRect(canvas, [29, 22, 38, 50], 18, palette.person)
  }
  fillPolygon(canvas, shoulders(48, 58, 0.72, 96), palette.desk)
  fillRoundRect(canvas, [42, 50, 12, 18], 5, skin)
  fillCircle(canvas, 48, 41, 16, skin)
  fillPolygon(canvas, cap(48, 41, 17, hair === 1 ? 4 : -3), palette.person)
  return canvas
}

/** A company's mark: two shapes on a square, 96 × 96. */
export function drawLogo(number: number): Canvas {
  const random = createPrng(mix(0x1090, number))
  const palette = paletteOf(number + 2)
  const canvas = createCanvas(96, 96, palette.person)
  fillCircle(canvas, 30 + random.below(36), 48, 22, palette.light)
  fillRoundRect(canvas, [24 + random.below(20), 44, 40, 28], 6, palette.desk)
  return canvas
}

function drawPerson(canvas: Canvas, x: number, y: number, s: number, color: string): void {
  fillCircle(canvas, x, y, 27 * s, color)
  fillPolygon(canvas, shoulders(x, y + 34 * s, s, y + 96 * s), color)
}

/** The outline below a head: `top` is the neck, `bottom` where the picture cuts it off. */
function shoulders(x: number, top: number, s: number, bottom: number): Point[] {
  const left: Point = [x - 56 * s, bottom]
  const neck: Point = [x, top]
  const right: Point = [x + 56 * s, bottom]
  const rise = bottom - top
  return [
    left,
    ...curve(left, [x - 54 * s, bottom - rise * 0.71], [x - 30 * s, top], neck),
    ...curve(neck, [x + 30 * s, top], [x + 54 * s, bottom - rise * 0.71], right),
  ]
}

/** Hair: the part of a circle above a line that is `dip` below its top half. */
function cap(x: number, y: number, radius: number, dip: number): Point[] {
  const from = Math.PI - dip / radius
  const to = 2 * Math.PI + dip / radius
  return Array.from({ length: 33 }, (_, index) => {
    const angle = from + ((to - from) * index) / 32
    return [x + radius * Math.cos(angle), y - 4 + radius * 0.95 * Math.sin(angle)] as const
  })
}
