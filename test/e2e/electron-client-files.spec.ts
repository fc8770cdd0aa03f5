import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from './fixtures.ts'
import { addAndBrowse, fullEngageSource } from './support/add-sources.ts'

/** Clients in and out of the built main process as files: the test is the system. */

test('a file that the system opens waits for the dialog, behind a form that is being written', async ({
  ui,
  native,
  vendors,
  profile,
}) => {
  await addAndBrowse(ui, fullEngageSource(await vendors.fullEngage(3)), 3)
  const cards = join(profile, 'two people.vcf')
  writeFileSync(cards, 'BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ann Bell\r\nEMAIL:ann@fjord.example\r\nEND:VCARD\r\n')
  // As Excel writes it: not in UTF-8.
  const list = join(profile, 'liste.csv')
  writeFileSync(list, Buffer.from('Navn;E-post\r\nBjørn Ødegård;b@fjord.example\r\n', 'latin1'))

  await ui.grid.newClient.click()
  await ui.newClient.fill({ Name: 'Half written' })
  await native.openFile(cards)
  await expect(ui.newClient.root).toBeVisible()
  await ui.page.keyboard.press('Escape')
  await ui.page.getByRole('alertdialog').getByRole('button', { name: 'Discard', exact: true }).click()

  const { importClients: dialog } = ui
  await expect(dialog.root).toContainText('two people.vcf 1 client.')
  await native.startAgain([list])
  await dialog.select('Source').selectOption({ label: 'No source (this device only)' })
  await dialog.button('Import 1 client').click()
  await expect(dialog.root).toContainText('1 client came in from two people.vcf.')
  await dialog.button('Next file').click()
  await expect(dialog.root).toContainText('liste.csv 1 client')
  await dialog.button('Import 1 client').click()
  await dialog.button('Done').click()
  await ui.grid.open('Bjørn Ødegård')
})

test('a client is dragged out as a card, without what was written about it', async ({ ui, native, vendors }) => {
  await addAndBrowse(ui, fullEngageSource(await vendors.fullEngage(3)), 3)
  const row = ui.grid.row('Zoë')
  const name = row.locator('[draggable]')
  await name.dispatchEvent('pointerdown')
  await expect
    .poll(async () => {
      await name.dispatchEvent('dragstart')
      return (await native.drags()).at(-1)?.file ?? ''
    })
    .toMatch(/Zoë Álvarez-Núñez\.vcf$/)
  const card = readFileSync((await native.drags()).at(-1)?.file ?? '', 'utf8')
  expect(card).toContain('FN:Zoë Álvarez-Núñez\r\n')
  expect(card).toContain('TEL;TYPE=VOICE:')
  expect(card, 'the notes stay').not.toMatch(/NOTE|Met at fair/)
})

test('a client as PDF lands where the user says, and the sheet is gone afterwards', async ({
  ui,
  native,
  vendors,
  profile,
}) => {
  await addAndBrowse(ui, fullEngageSource(await vendors.fullEngage(3)), 3)
  await ui.grid.open('Zoë')
  const path = join(profile, 'zoe.pdf')
  await native.saveTo(path)
  await native.clickMenu(['&File', 'client-pdf'])
  const dialog = ui.page.getByRole('dialog', { name: 'Save as PDF', exact: true })
  await dialog.getByRole('button', { name: 'Save…', exact: true }).click()
  await expect(ui.shell.toast('Zoë Álvarez-Núñez is saved as PDF.')).toBeVisible()
  expect(readFileSync(path).subarray(0, 5).toString()).toBe('%PDF-')
  await expect(ui.page.locator('[data-print]')).not.toBeAttached()
  expect((await native.printed()).pdfs).toMatchObject([{ preferCSSPageSize: true, generateTaggedPDF: true }])
})
