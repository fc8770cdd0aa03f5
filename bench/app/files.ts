import type { Page } from '@playwright/test'
import { within } from '../support/within.ts'

const LIMIT_MS = 600_000

/** A file of all clients, until it is there: s, and the page's tasks over 50 ms meanwhile. */
export async function exportAll(page: Page): Promise<{ readonly s: number; readonly tasks: readonly number[] }> {
  await page.evaluate('bench.tasks.length = 0')
  const download = page.waitForEvent('download', { timeout: LIMIT_MS })
  const startedAt = performance.now()
  await page.getByRole('button', { name: 'Export selection' }).click()
  await page.getByRole('menuitem', { name: 'Export as CSV' }).click()
  await (await download).cancel()
  return { s: (performance.now() - startedAt) / 1_000, tasks: await tasksOf(page) }
}

/** A CSV of so many new clients, dropped on the list. `rows` of them are brought in. */
export async function importMany(
  page: Page,
  rows: number,
): Promise<{ readonly readS: number; readonly rowsPerS: number; readonly tasks: readonly number[] }> {
  const data = await page.evaluateHandle((count) => {
    const lines = ['Name,Email,Phone,Company']
    for (let n = 0; n < count; n++)
      lines.push(`Person ${n} Newman,p${n}@new.example,+1 555 ${1_000_000 + n},Firm ${n % 900}`)
    const transfer = new DataTransfer()
    transfer.items.add(new File([lines.join('\n')], 'many.csv', { type: 'text/csv' }))
    return transfer
  }, rows)
  await page.evaluate('bench.tasks.length = 0')
  const grid = page.getByRole('grid', { name: 'Clients' })
  const dialog = page.getByRole('dialog', { name: 'Import clients' })
  const startedAt = performance.now()
  await grid.dispatchEvent('dragover', { dataTransfer: data })
  await grid.dispatchEvent('drop', { dataTransfer: data })
  const go = dialog.getByRole('button', { name: /^Import [\d,]+ clients$/ })
  await within(LIMIT_MS, 'the plan of an import', go.and(page.locator(':enabled')).waitFor({ timeout: LIMIT_MS }))
  const readS = (performance.now() - startedAt) / 1_000
  const tasks = [...(await tasksOf(page))]
  const began = performance.now()
  await go.click()
  const seconds = 15
  await page.waitForTimeout(seconds * 1_000)
  const told = (await dialog.textContent()) ?? ''
  const through = Number((/([\d,]+) of/.exec(told)?.[1] ?? '0').replaceAll(',', ''))
  const rowsPerS = through / ((performance.now() - began) / 1_000)
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  tasks.push(...(await tasksOf(page)))
  await dialog.getByRole('button', { name: 'Undo import' }).click()
  await page.waitForTimeout(1_000)
  process.stdout.write(`${told.slice(0, 300)}\n`)
  return { readS, rowsPerS, tasks }
}

async function tasksOf(page: Page): Promise<readonly number[]> {
  return page.evaluate<number[]>('bench.tasks.splice(0).map((task) => Math.round(task.ms))')
}
