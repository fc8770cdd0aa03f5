import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { pngSize } from '../../tools/icons/containers.ts'
import { drawings, TONES } from '../../tools/icons/drawings.ts'
import { sourceDigest } from '../../tools/icons/source-digest.ts'

const ROOT = join(import.meta.dirname, '../..')
const read = (file: string): Buffer => readFileSync(join(ROOT, file))
const source = read('build/icon.svg').toString('utf8')
const all = drawings(source)

it('were drawn from the sources as they are now (else: npm run icons)', () => {
  const made: { drawnFrom: string; files: string[] } = JSON.parse(read('build/icons.json').toString('utf8'))
  expect(made.drawnFrom).toBe(sourceDigest(ROOT))
  expect(made.files).toEqual([...all.files.map(({ file }) => file), 'build/icon.icns', 'build/icon.ico'].sort())
})

it('have the size that their name says', () => {
  const wrong = all.files.filter(
    ({ file, size }) => pngSize(read(file))?.width !== size || pngSize(read(file))?.height !== size,
  )
  expect(wrong).toEqual([])
})

it('show the mark of the product', () => {
  const mark = read('renderer/shell/brand-mark.tsx').toString('utf8')
  const path = /<path d="([^"]+)"/.exec(source)?.[1]
  expect(path).toBeDefined()
  expect(mark).toContain(`d="${path}"`)
  expect(read('renderer/icon.svg').toString('utf8')).toContain(`d="${path}"`)
})

it('have a look of the tray for each tone, and one for menu bars that colour it themselves', () => {
  const looks = TONES.map((tone) => read(`assets/tray/${tone}.png`).toString('base64'))
  const templates = TONES.map((tone) => read(`assets/tray/${tone}Template.png`).toString('base64'))
  expect(new Set([...looks, ...templates]).size).toBe(TONES.length * 2)
})

it('fill an .ico with all sizes of Windows', () => {
  const ico = read('build/icon.ico')
  expect([ico.readUInt16LE(0), ico.readUInt16LE(2)]).toEqual([0, 1])
  const sizes = Array.from({ length: ico.readUInt16LE(4) }, (_, index) => {
    const at = 6 + 16 * index
    const image = ico.subarray(ico.readUInt32LE(at + 12), ico.readUInt32LE(at + 12) + ico.readUInt32LE(at + 8))
    return pngSize(image)?.width
  })
  expect(sizes).toEqual([16, 20, 24, 32, 40, 48, 64, 128, 256])
})

it('fill an .icns up to 1024 pixels', () => {
  const icns = read('build/icon.icns')
  expect(icns.toString('latin1', 0, 4)).toBe('icns')
  expect(icns.readUInt32BE(4)).toBe(icns.length)
  const parts: string[] = []
  for (let at = 8; at < icns.length; at += icns.readUInt32BE(at + 4))
    parts.push(`${icns.toString('latin1', at, at + 4)} ${pngSize(icns.subarray(at + 8))?.width}`)
  expect(parts).toEqual([
    'icp4 16',
    'ic11 32',
    'icp5 32',
    'ic12 64',
    'ic07 128',
    'ic13 256',
    'ic08 256',
    'ic14 512',
    'ic09 512',
    'ic10 1024',
  ])
})
