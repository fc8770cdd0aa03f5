/** The two formats that hold one image in several sizes. Both take PNG as it is. */

export interface SizedPng {
  readonly size: number
  readonly png: Buffer
}

/** Names of PNG entries by their size: plain ones, and those of screens with two pixels a point. */
const ICNS_TYPES: readonly (readonly [type: string, size: number])[] = [
  ['icp4', 16],
  ['ic11', 32],
  ['icp5', 32],
  ['ic12', 64],
  ['ic07', 128],
  ['ic13', 256],
  ['ic08', 256],
  ['ic14', 512],
  ['ic09', 512],
  ['ic10', 1024],
]

export function packIcns(images: readonly SizedPng[]): Buffer {
  const parts = ICNS_TYPES.map(([type, size]) => {
    const { png } = imageOf(images, size)
    return Buffer.concat([Buffer.from(type, 'latin1'), uint32(png.length + 8), png])
  })
  const body = Buffer.concat(parts)
  return Buffer.concat([Buffer.from('icns', 'latin1'), uint32(body.length + 8), body])
}

const ICO_HEAD_BYTES = 6
const ICO_ENTRY_BYTES = 16

export function packIco(images: readonly SizedPng[]): Buffer {
  const head = Buffer.alloc(ICO_HEAD_BYTES)
  head.writeUInt16LE(1, 2)
  head.writeUInt16LE(images.length, 4)
  let offset = ICO_HEAD_BYTES + ICO_ENTRY_BYTES * images.length
  const entries = images.map(({ size, png }) => {
    const entry = Buffer.alloc(ICO_ENTRY_BYTES)
    // 256 does not fit into a byte and is written as 0.
    entry.writeUInt8(size % 256, 0)
    entry.writeUInt8(size % 256, 1)
    entry.writeUInt16LE(1, 4)
    entry.writeUInt16LE(32, 6)
    entry.writeUInt32LE(png.length, 8)
    entry.writeUInt32LE(offset, 12)
    offset += png.length
    return entry
  })
  return Buffer.concat([head, ...entries, ...images.map(({ png }) => png)])
}

/** Width and height as a PNG says them; null where it is none. */
export function pngSize(bytes: Buffer): { readonly width: number; readonly height: number } | null {
  if (bytes.length < 24 || bytes.toString('latin1', 1, 4) !== 'PNG') return null
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) }
}

function imageOf(images: readonly SizedPng[], size: number): SizedPng {
  const image = images.find((one) => one.size === size)
  if (image === undefined) throw new Error(`there is no image of ${size} pixels`)
  return image
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}
