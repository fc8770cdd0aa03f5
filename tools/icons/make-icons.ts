/**
 * `npm run icons`: draws every image of the app from `build/icon.svg`, with the Chromium of this machine. The images are
 * committed; `build/icons.json` says from what they were drawn, and a test notices when that has changed.
 */
import { accessSync, constants, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { chromium, type Page } from '@playwright/test'
import { packIcns, packIco, type SizedPng } from './containers.ts'
import { type Drawing, drawings } from './drawings.ts'
import { sourceDigest } from './source-digest.ts'

const ROOT = join(import.meta.dirname, '../..')
const CHROMIUM_NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge']

async function main(): Promise<void> {
  const executablePath = onPath(CHROMIUM_NAMES)
  const browser = await chromium.launch(executablePath === undefined ? {} : { executablePath })
  const page = await browser.newPage()
  const all = drawings(readFileSync(join(ROOT, 'build/icon.svg'), 'utf8'))
  for (const drawing of all.files) save(drawing.file, await draw(page, drawing))
  save('build/icon.ico', packIco(await drawAll(page, all.ico)))
  save('build/icon.icns', packIcns(await drawAll(page, all.icns)))
  await browser.close()
  const files = [...all.files.map(({ file }) => file), 'build/icon.ico', 'build/icon.icns'].sort()
  save('build/icons.json', Buffer.from(`${JSON.stringify({ drawnFrom: sourceDigest(ROOT), files }, null, 2)}\n`))
  process.stdout.write(`${files.length} images\n`)
}

async function drawAll(page: Page, parts: readonly Drawing[]): Promise<SizedPng[]> {
  const images: SizedPng[] = []
  for (const part of parts) images.push({ size: part.size, png: await draw(page, part) })
  return images
}

async function draw(page: Page, { svg, size }: Drawing): Promise<Buffer> {
  await page.setViewportSize({ width: size, height: size })
  await page.setContent(`<style>body{margin:0}svg{display:block}</style>${svg}`)
  return page.screenshot({ omitBackground: true })
}

function save(file: string, bytes: Buffer): void {
  mkdirSync(dirname(join(ROOT, file)), { recursive: true })
  writeFileSync(join(ROOT, file), bytes)
}

function onPath(names: readonly string[]): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '')
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable)
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

await main()
