import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { startVendor, type Vendor } from '../pull/vendor.ts'
import { saveFigure, workFile } from '../support/figures.ts'
import { type BenchOptions, sizeName } from '../support/options.ts'
import { profilePage, profileWorker } from '../support/profile.ts'
import { waitForRows } from '../support/run-app.ts'
import { OURS } from '../support/table.ts'
import { Book, rendererMb } from './book.ts'
import { exportAll, importMany } from './files.ts'
import { firstRows, jumpToMiddle, scroll } from './measures.ts'
import { startFrames } from './page-watch.ts'
import { type Done, find, heapMb, untilQuiet, untilThere } from './use-measures.ts'

const COLUMNS = ['Name', 'Company', 'Status', 'Source', 'Email', 'Phone', 'Tags', 'Updated']
const FILTERS = [
  'status:inactive',
  'tag:vip',
  'has:phone status:active',
  'created:<2020-06-01',
  'company:acme',
  'maria status:inactive',
]
const ROWS = '[role=grid] [data-client-id]'

/**
 * What one does with a book beyond typing and scrolling, each timed from the press to the frame in which it is there, with
 * pictures in `bench/results/work/use-<size>`. `BOOK=<folder>` takes one that is filled: a `profile` and a `browser` folder.
 */
export async function run({ sizes, sizesNamed, seed }: BenchOptions): Promise<void> {
  for (const size of sizesNamed ? sizes : [100_000]) {
    const filled = process.env.BOOK ?? null
    const book = new Book(filled)
    // A book that is filled knows its vendor by a port: `VENDOR_PORT`. Without it the vendor does not answer.
    const port = filled === null ? 0 : Number(process.env.VENDOR_PORT ?? Number.NaN)
    const vendor = Number.isNaN(port) ? null : await startVendor(size, seed, port)
    try {
      if (filled === null && vendor !== null) await book.fill(vendor.baseUrl, size, 120_000 + size * 1.2)
      await measure(book, size, vendor)
    } finally {
      vendor?.stop()
      if (filled === null) book.forget()
    }
  }
}

async function measure(book: Book, size: number, vendor: Vendor | null): Promise<void> {
  const values: Record<string, number> = {}
  const notes: string[] = []
  const folder = workFile(`use-${sizeName(size)}`)
  mkdirSync(folder, { recursive: true })
  const only = process.env.ONLY?.split(',') ?? null
  await book.opened(async (page, app, context) => {
    const picture = (name: string) => page.screenshot({ path: join(folder, `${name}.png`) })
    const note = (name: string, { ms, longestTaskMs }: Done): void => {
      values[`${name} ms`] = Math.round(ms)
      if (longestTaskMs > 0) notes.push(`${name}: a task of ${Math.round(longestTaskMs)} ms in the page`)
      process.stdout.write(
        `${name}: ${ms.toFixed(0)} ms, longest task ${longestTaskMs.toFixed(0)}, ${rendererMb().toFixed(0)} MB\n`,
      )
    }
    const part = async (name: string, work: () => Promise<void>): Promise<void> => {
      if (only !== null && !only.includes(name)) return
      await work().catch(async (cause: unknown) => {
        notes.push(`${name}: ${String(cause).split('\n')[0]}`)
        process.stdout.write(`${name} failed: ${String(cause).split('\n')[0]}\n`)
        await picture(`failed-${name}`).catch(() => undefined)
        await page.keyboard.press('Escape').catch(() => undefined)
      })
    }
    note('start', { ms: await firstRows(page, ROWS, 120_000), longestTaskMs: 0 })
    await picture('start')
    await waitForRows(page, size, 180_000)
    note('all there', { ms: await page.evaluate<number>('performance.now()'), longestTaskMs: 0 })
    await part('find', async () => {
      note('first search', await find(page, 'maria'))
      await picture('search')
      note('search anew', await find(page, 'smith'))
      note('no search', await find(page, ''))
    })
    await part('memory', async () => {
      Object.assign(values, await heapMb(page))
      process.stdout.write(`${JSON.stringify(await heapMb(page))} ${rendererMb().toFixed(0)} MB\n`)
    })
    await part('scroll', async () => {
      values['jump to middle ms'] = await jumpToMiddle(page)
      await picture('middle')
      const { frames, tasks, blanks, ms } = await scroll(page, true)
      values['scroll frames/s'] = (frames.length / ms) * 1_000
      values['scroll blank share'] = blanks / Math.max(1, frames.length)
      values['scroll long tasks'] = tasks.length
      process.stdout.write(
        `scroll: ${frames.length} frames in ${ms.toFixed(0)} ms, ${blanks} blank, tasks ${tasks.join()}\n`,
      )
    })
    await part('sort', async () => {
      for (const column of COLUMNS) {
        const press = () => page.getByRole('columnheader', { name: column }).getByRole('button').click()
        note(`sort by ${column.toLowerCase()}`, await untilQuiet(page, press))
        note(`${column.toLowerCase()} reversed`, await untilQuiet(page, press))
      }
      await picture('sorted')
    })
    await part('letter', async () => {
      await page.getByRole('columnheader', { name: 'Name' }).getByRole('button').click()
      await page.locator('[data-index="0"] [data-column="0"]').first().click()
      note('jump to a letter', await untilQuiet(page, () => page.keyboard.press('Shift+T')))
      await picture('letter')
      await page.keyboard.press('Escape')
    })
    await part('filter', async () => {
      for (const filter of FILTERS) note(`filter ${filter}`, await find(page, filter))
      await picture('filter')
      await find(page, '')
    })
    await part('news', async () => {
      if (vendor === null) return
      await vendor.change(1_000)
      await page.evaluate('document.activeElement?.blur()')
      const stop = await startFrames(page)
      let ofPage: readonly string[] = []
      const ofWorker = await profileWorker(page, 'use-news-worker', async () => {
        ofPage = await profilePage(page, 'use-news-page', async () => {
          await page.keyboard.press('r')
          for (let second = 0; second < 40; second++) {
            await page.waitForTimeout(1_000)
            const status = await page.getByRole('status', { name: 'Sync status' }).textContent()
            if (status?.includes('Up to date') === true) break
          }
        })
      })
      const { frames, tasks } = await stop()
      const gaps = frames.slice(1).map((at, index) => at - (frames[index] ?? at))
      process.stdout.write(
        `news: tasks ${tasks.map(Math.round).join()}, longest frame ${Math.max(0, ...gaps).toFixed(0)}\n`,
      )
      process.stdout.write(`page: ${ofPage.join(', ')}\nworker: ${ofWorker.join(', ')}\n`)
    })
    await part('places', async () => {
      const places = [
        ['pipeline', '[data-column] [data-client-id]'],
        ['insights', 'main figure, main section h2'],
        ['sources', 'main h1'],
        ['settings', 'main h1'],
        ['removed', 'main h1'],
        ['testimonials', 'main h1'],
      ] as const
      for (const [place, selector] of places) {
        note(`place ${place}`, await untilThere(page, selector, () => page.evaluate(`location.hash = '#/${place}'`)))
        await page.waitForTimeout(500)
        await picture(place)
      }
      note('back to clients', await untilThere(page, ROWS, () => page.evaluate(`location.hash = '#/clients'`)))
    })
    await part('open', async () => {
      note(
        'open a client',
        await untilThere(page, 'aside h2, [aria-label="Client details"]', () =>
          page.locator('[data-index="3"] [data-column="0"]').click(),
        ),
      )
      await page.waitForTimeout(700)
      await picture('client')
      await page.emulateMedia({ colorScheme: 'dark' })
      await picture('client-dark')
      await page.setViewportSize({ width: 900, height: 600 })
      await page.waitForTimeout(300)
      await picture('client-dark-900')
      await page.emulateMedia({ colorScheme: 'light' })
      await page.setViewportSize({ width: 1280, height: 800 })
      await page.keyboard.press('Escape')
    })
    await part('select', async () => {
      await find(page, '')
      await page
        .getByRole('columnheader', { name: 'Sync mark' })
        .locator('[data-select], [role=checkbox], button')
        .first()
        .click()
      await page.waitForTimeout(300)
      await picture('selected')
      await page.getByRole('button', { name: 'Tags…' }).click()
      await page.getByRole('dialog').waitFor()
      await page.waitForTimeout(300)
      await page.getByLabel('Tag', { exact: true }).fill('checked')
      note(
        'review of all',
        await untilThere(page, '[role=dialog] [role=alert], [role=dialog] li', () =>
          page.getByRole('button', { name: 'Review' }).click(),
        ),
      )
      await picture('too-many')
      await page.getByRole('button', { name: 'Cancel' }).click()
      await page.getByRole('button', { name: 'Clear selection' }).click()
    })
    await part('delete', async () => {
      // A few thousand: they stay for undo.
      const few = 'maria smith'
      await find(page, few)
      await page
        .getByRole('checkbox', { name: 'Select all results' })
        .or(page.locator('[role=columnheader] [data-select]'))
        .first()
        .click()
      await page.getByRole('button', { name: 'Delete…' }).click()
      const question = page.getByRole('alertdialog')
      await question.locator('li').first().waitFor()
      await picture('delete')
      await page.emulateMedia({ colorScheme: 'dark' })
      await page.setViewportSize({ width: 900, height: 600 })
      await page.waitForTimeout(500)
      await picture('delete-dark-900')
      const wanted = /Type ([\d,.]+)/.exec((await question.textContent()) ?? '')?.[1]
      if (wanted !== undefined) await question.getByRole('textbox').fill(wanted)
      note(
        'delete of many',
        await untilThere(page, '[role=status] button, [data-toast] button, button', async () => {
          await question.getByRole('button', { name: 'Delete' }).click()
          await question.waitFor({ state: 'hidden', timeout: 60_000 })
        }),
      )
      await page.waitForTimeout(500)
      await picture('deleted-dark-900')
      await page.getByRole('button', { name: 'Undo' }).click()
      await page.getByText(/are back/).waitFor({ timeout: 60_000 })
      await picture('undone-dark-900')
      await page.emulateMedia({ colorScheme: 'light' })
      await page.setViewportSize({ width: 1280, height: 800 })
      await find(page, '')
    })
    await part('export', async () => {
      await find(page, '')
      await page.getByRole('checkbox', { name: 'Select all results' }).click()
      const { s, tasks } = await exportAll(page)
      Object.assign(values, { 'export s': s, 'export long tasks': tasks.length })
      process.stdout.write(`export: ${s.toFixed(1)} s, tasks ${tasks.join()}, ${rendererMb().toFixed(0)} MB\n`)
      await page.getByRole('button', { name: 'Clear selection' }).click()
    })
    await part('import', async () => {
      const { readS, rowsPerS, tasks } = await importMany(page, 190_000)
      Object.assign(values, { 'import read s': readS, 'import rows/s': rowsPerS, 'import long tasks': tasks.length })
      process.stdout.write(
        `import: read in ${readS.toFixed(1)} s, ${rowsPerS.toFixed(0)} rows/s, tasks ${tasks.join()}\n`,
      )
    })
    await part('settings', async () => {
      await page.evaluate(`location.hash = '#/settings'`)
      await page.getByText('Memory used').scrollIntoViewIfNeeded()
      await page.waitForTimeout(500)
      await picture('settings-memory')
      process.stdout.write(`${await page.getByText('Memory used').locator('xpath=../..').textContent()}\n`)
      await page.evaluate(`location.hash = '#/clients'`)
    })
    await part('memory after', async () => {
      process.stdout.write(`${JSON.stringify(await heapMb(page))} ${rendererMb().toFixed(0)} MB\n`)
      values['memory MB'] = rendererMb()
    })
    process.stdout.write(app.errors())
    saveFigure(
      { group: 'app-use', subject: OURS, size, values, notes },
      `Chromium ${context.browser()?.version() ?? ''}`,
    )
  })
}
