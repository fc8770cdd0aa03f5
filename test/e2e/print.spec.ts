import { expect, test } from './fixtures.ts'
import { addAndBrowse, fullEngageSource } from './support/add-sources.ts'

test.use({ colorScheme: 'dark' })

const LONG = Array.from(
  { length: 160 },
  (_, i) => `Line ${i + 1}: met at the fair, ${'talked about the boat. '.repeat(i % 4)}`,
).join('\n')

test('a client on paper: black on white, alone, long notes over pages with their numbers', async ({
  ui,
  app,
  vendors,
}, testInfo) => {
  const vendor = await vendors.fullEngage(8)
  await addAndBrowse(ui, fullEngageSource(vendor), 8)
  // The printer's own dialog: the page is kept as it is while it would be open.
  await ui.page.evaluate(() => {
    window.print = () => document.documentElement.setAttribute('data-printed', '')
  })
  await ui.grid.open('Zoë', 'Full Engage')
  await ui.details.edit({ Notes: LONG, Company: 'Kept here <b>AS</b>', Tags: 'one, two' })
  await expect(ui.shell.toast(/Saved on this computer/)).toBeVisible()
  await ui.page.keyboard.press('Control+p')
  const dialog = ui.page.getByRole('dialog', { name: 'Print client', exact: true })
  await dialog.getByRole('checkbox', { name: 'Timeline', exact: true }).check()
  await dialog.getByRole('button', { name: 'Print…', exact: true }).click()
  const sheet = ui.page.locator('[data-print]')
  await expect(sheet).toBeAttached()
  await expect(sheet, 'not on the screen').toBeHidden()

  await ui.page.emulateMedia({ media: 'print' })
  await expect(sheet).toBeVisible()
  await expect(ui.page.getByRole('navigation', { name: 'Main', exact: true }), 'no chrome').toBeHidden()
  await expect(ui.shell.toast(/Saved on this computer/), 'nothing over the window').toBeHidden()
  await expect(sheet.getByRole('heading', { level: 1 })).toContainText('Zoë')
  await expect(sheet).toContainText('Kept here <b>AS</b>')
  await expect(sheet).toContainText('This device')
  await expect(sheet).toContainText('Line 160')
  await expect(sheet.getByRole('heading', { name: 'Timeline', exact: true })).toBeVisible()
  const colours = await sheet.evaluate((element) => {
    const own = getComputedStyle(element)
    const root = getComputedStyle(document.documentElement)
    return [own.color, own.backgroundColor, root.backgroundColor, root.colorScheme]
  })
  expect(colours).toEqual(['rgb(0, 0, 0)', 'rgb(255, 255, 255)', 'rgb(255, 255, 255)', 'light'])
  const pdf = await ui.page.pdf({
    preferCSSPageSize: true,
    printBackground: true,
    path: testInfo.outputPath('client.pdf'),
  })
  expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length, 'several pages').toBeGreaterThan(3)

  await ui.page.emulateMedia({ media: null })
  await ui.page.evaluate(() => window.dispatchEvent(new Event('afterprint')))
  await expect(sheet, 'gone once it is printed').not.toBeAttached()
  expect(app.stderr()).toBe('')
})
