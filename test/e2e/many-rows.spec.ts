import { readFileSync } from 'node:fs'
import { expect, test } from './fixtures.ts'
import { addAndBrowse, endorsSource } from './support/add-sources.ts'
import { expectNothingSerious } from './support/axe.ts'

const CLIENTS = 2_500

test('thumb, wheel and keys reach every row; letters go to a name', async ({ ui, vendors }) => {
  const vendor = await vendors.endors(CLIENTS)
  await addAndBrowse(ui, endorsSource(vendor), CLIENTS)
  const { grid } = ui.grid
  const { keyboard, mouse } = ui.page
  const inView = (index: number) => ui.grid.rowAt(index)

  await grid.evaluate((box) => {
    box.scrollTop = (box.scrollHeight - box.clientHeight) / 2
  })
  await expect(inView(CLIENTS / 2)).toBeInViewport()
  await expect(inView(CLIENTS / 2)).toHaveAttribute('data-client-id', /./)

  const box = await inView(CLIENTS / 2).boundingBox()
  await mouse.move(600, 400)
  await mouse.wheel(0, 120)
  await expect.poll(async () => (await inView(CLIENTS / 2).boundingBox())?.y).toBeCloseTo((box?.y ?? 0) - 120, 0)

  await ui.grid.header('Name').getByRole('button').click()
  await expect(grid).toHaveAttribute('aria-busy', 'false')
  await keyboard.press('ArrowDown')
  await keyboard.press('Control+End')
  await expect(inView(CLIENTS - 1)).toBeInViewport({ ratio: 1 })
  await expect(inView(CLIENTS - 1).locator('[tabindex="0"]')).toBeFocused()
  await keyboard.press('Control+Home')
  await expect(inView(0).locator('[tabindex="0"]')).toBeFocused()

  await keyboard.press('Shift+L')
  const first = ui.grid.rows.locator('[data-column="0"]').and(ui.page.locator('[tabindex="0"]'))
  await expect(first).toHaveText(/^[lł]/i)
  await expect(first).toBeFocused()
})

test('rows are selected by pointer and keys, all results at once, and leave as a file', async ({ ui, vendors }) => {
  const vendor = await vendors.endors(300)
  await addAndBrowse(ui, endorsSource(vendor), 300)
  const { page } = ui
  const toolbar = page.getByRole('toolbar', { name: 'Selection', exact: true })
  const count = toolbar.getByRole('status')

  await ui.grid.rowAt(1).click({ modifiers: ['Control'] })
  await ui.grid.rowAt(4).click({ modifiers: ['Shift'] })
  await expect(count).toHaveText('4 selected')
  await expect(ui.grid.rowAt(2)).toHaveAttribute('aria-selected', 'true')
  await expect(ui.grid.rowAt(5)).toHaveAttribute('aria-selected', 'false')
  await expect(ui.details.region).toBeHidden()
  await page.keyboard.press('Shift+ArrowDown')
  await expect(count).toHaveText('5 selected')
  await page.keyboard.press('Space')
  await expect(count).toHaveText('4 selected')
  await expectNothingSerious(page, 'rows selected')

  await page.keyboard.press('Control+a')
  await expect(count).toHaveText('300 selected')
  await ui.grid.rowAt(3).getByRole('checkbox').click()
  await expect(count).toHaveText('299 selected')
  await toolbar.getByRole('button', { name: 'Export selection', exact: true }).click()
  const download = page.waitForEvent('download')
  await page.getByRole('menuitem', { name: 'Export as CSV', exact: true }).click()
  const text = readFileSync(await (await download).path(), 'utf8')
  expect(text.trim().split('\r\n')).toHaveLength(300)

  await toolbar.getByRole('button', { name: 'Tags…', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'Change tags', exact: true })
  await dialog.getByRole('textbox', { name: 'Tag', exact: true }).or(dialog.getByRole('combobox')).fill('autumn')
  await dialog.getByRole('button', { name: 'Review', exact: true }).click()
  await expect(dialog).toContainText('299 clients change on this device only; nothing is sent.')
  await dialog.getByRole('button', { name: 'Change 299 clients', exact: true }).click()
  await expect(dialog).toBeHidden()
  await toolbar.getByRole('button', { name: 'Clear selection', exact: true }).click()
  await expect(toolbar).toBeHidden()
  await ui.grid.search('tag:autumn')
  await ui.grid.expectCount(299)
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+z')
  await expect(ui.shell.toast('Undone: of the change (tag “autumn” added), 299 clients as before.')).toBeVisible()
  await ui.grid.search('autumn')
  await ui.grid.expectCount(0)

  // A source that takes no deletes keeps them: here they go out of sight, and one undo brings all of them back.
  await ui.grid.search('')
  await ui.grid.expectCount(300)
  await ui.grid.rowAt(0).getByRole('checkbox').click()
  await page.keyboard.press('Control+a')
  await toolbar.getByRole('button', { name: 'Delete…', exact: true }).click()
  const question = page.getByRole('alertdialog', { name: 'Delete clients', exact: true })
  const remove = question.getByRole('button', { name: 'Delete', exact: true })
  await expect(question).toContainText('300 clients go out of sight here')
  await expect(remove).toBeDisabled()
  await expectNothingSerious(page, 'many to be deleted')
  await question.getByRole('textbox').fill('300')
  await remove.click()
  await expect(question).toBeHidden()
  await expect(toolbar).toBeHidden()
  await ui.grid.expectCount(0)
  await page.keyboard.press('Control+z')
  await expect(ui.shell.toast('Undone: of the change (clients deleted), 300 clients are back.')).toBeVisible()
  await ui.grid.expectCount(300)
})

test('a pull of 1,000 changed clients moves nothing under the pointer until it leaves', async ({ ui, vendors }) => {
  const vendor = await vendors.endors(2_000)
  await addAndBrowse(ui, endorsSource(vendor), 2_000)
  const row = ui.grid.rowAt(6)
  const id = await row.getAttribute('data-client-id')
  const shown = (await row.textContent()) ?? ''
  await row.hover()

  // The 1,000 oldest come first now, and the one under the pointer has another company.
  const later = new Date(Date.UTC(2030, 0, 1)).toISOString()
  vendor.clients = vendor.clients.map((client, at) => {
    if (at >= 1_000) return { ...client, updated_at: later, company: 'Changed Ltd' }
    return shown.includes(String(client.email)) ? { ...client, company: 'Under the pointer' } : client
  })
  // By its key, so that the pointer stays where it is.
  await ui.page.keyboard.press('r')
  await expect(row).toContainText('Under the pointer')
  await expect(ui.page.getByRole('button', { name: /changes? – show$/ })).toBeVisible()
  await expect(ui.shell.syncStatus).toHaveText('Up to date')
  expect(await row.getAttribute('data-client-id')).toBe(id)

  await ui.shell.search.hover()
  await expect(ui.grid.rowAt(0)).toContainText('Changed Ltd')
  await expect(ui.page.getByRole('button', { name: /changes? – show$/ })).toBeHidden()
})
