import { readFileSync } from 'node:fs'
import { expect, test } from './fixtures.ts'
import { addAndBrowse, connectSource, fullEngageSource } from './support/add-sources.ts'

const CARDS = [
  ...['BEGIN:VCARD', 'VERSION:3.0', 'N:Bell;Ann;;;', 'FN:Ann Bell', 'EMAIL:ann@fjord.example', 'ORG:Fjord AS'],
  ...['TEL;TYPE=CELL:+47 900 00 001', 'TEL;TYPE=HOME:+47 22 00 00 01', 'BDAY:1990-01-02', 'PHOTO;ENCODING=b:AAAA'],
  ...['this line is broken', 'END:VCARD'],
  ...['BEGIN:VCARD', 'VERSION:2.1', 'N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C3=98deg=C3=A5rd;Bj=C3=B8rn'],
  ...['END:VCARD', 'BEGIN:VCARD', 'VERSION:4.0', 'KIND:group', 'FN:The team', 'END:VCARD', ''],
].join('\r\n')

test('a vCard file comes to this device after a look, is one undo, and twice is as good as once', async ({
  ui,
  vendors,
}) => {
  const vendor = await vendors.fullEngage(3)
  await addAndBrowse(ui, fullEngageSource(vendor), 3)
  const { importClients: dialog } = ui
  await dialog.read({ name: 'people.vcf', text: CARDS })
  await expect(dialog.root).toContainText('people.vcf')
  // The button that chose the file is gone; the keys still belong to the dialog.
  await ui.page.keyboard.press('Escape')
  await expect(dialog.root).toBeHidden()
  await dialog.read({ name: 'people.vcf', text: CARDS })
  await expect(dialog.root).toContainText('people.vcf 2 clients, 2 lines with problems, 1 picture or key left out.')
  await expect(dialog.root).toContainText('Sends 2 requests to Full Engage, one for each new client.')
  await dialog.select('Source').selectOption({ label: 'No source (this device only)' })
  await expect(dialog.root).toContainText('2 new clients, on this device only: nothing is sent.')
  await expect(dialog.root.getByRole('region', { name: 'Remarks by line', exact: true })).toContainText(
    'This line cannot be read.',
  )
  await expect(dialog.root).toContainText('A group of people, and no person.')
  await dialog.button('Import 2 clients').click()
  await expect(dialog.root).toContainText('2 clients came in from people.vcf.')
  await dialog.button('Done').click()
  await ui.grid.expectCount(5)
  await ui.grid.open('Bjørn Ødegård')
  await ui.grid.open('Ann Bell')
  await expect(ui.details.region).toContainText('Phone (home): +47 22 00 00 01')
  await expect(ui.details.region).toContainText('Unreadable line: this line is broken')
  expect(vendor.requestsOf('POST')).toEqual([])

  await dialog.read({ name: 'people.vcf', text: CARDS })
  await expect(dialog.root).toContainText('2 possible duplicates')
  await expect(dialog.root).toContainText('Ann Bell has the same e-mail address.')
  await expect(dialog.button('Import 0 clients')).toBeDisabled()
  await dialog.button('Cancel').click()

  await ui.grid.search('')
  await ui.grid.grid.focus()
  await ui.page.keyboard.press('Control+z')
  await expect(ui.shell.toast('Undone: of people.vcf, 2 clients are gone again.')).toBeVisible()
  await ui.grid.expectCount(3)
})

test('a CSV file: columns are guessed and changed, duplicates decided one by one, creates sent', async ({
  ui,
  vendors,
}) => {
  const vendor = await vendors.connect(3)
  await addAndBrowse(ui, connectSource(vendor), 3)
  const known = vendor.contacts[0]
  const rows = [
    'Vorname;Nachname;E-Mail;Firma;Hund',
    'Ann;Bell;ann@fjord.example;Fjord;Rex',
    `Who;Ever;${known?.email ?? ''};;`,
    'Bjørn;Ødegård;no address;;"Fido ""F"""',
  ]
  const { importClients: dialog } = ui
  await dialog.read({ name: 'leute.csv', text: Buffer.from(rows.join('\r\n'), 'latin1') })
  await expect(dialog.root).toContainText('leute.csv 3 clients, read as Windows-1252.')
  await expect(dialog.select('Separator')).toHaveValue(';')
  await expect(dialog.select('Field for Vorname')).toHaveValue('firstName')
  await expect(dialog.select('Field for Hund')).toHaveValue('keep')
  await expect(dialog.root).toContainText('1 possible duplicate')
  await expect(dialog.root).toContainText('Sends 2 requests to Connect')
  await expect(dialog.root).toContainText('“no address” cannot be the email: it has a space in it.')
  await dialog.select('Field for Hund').selectOption('tags')
  await expect(dialog.root).toContainText('Tags stays on this device: Connect does not take it.')
  await dialog.select('What to do with Who Ever, line 3').selectOption('import')
  await expect(dialog.button('Import 3 clients')).toBeEnabled()
  await dialog.select('What to do with Who Ever, line 3').selectOption('skip')
  await dialog.button('Import 2 clients').click()
  await expect(dialog.root).toContainText('2 clients came in from leute.csv. 1 possible duplicate skipped.')
  await dialog.button('Done').click()
  await expect
    .poll(() => vendor.contacts.filter(({ lastName }) => lastName === 'Ødegård' || lastName === 'Bell').length)
    .toBe(2)
  await ui.grid.open('Bjørn Ødegård')
  await expect(ui.details.region).toContainText('Email: no address')
  await expect(ui.details.region).toContainText('Fido "F"')
})

test('dropped on the list, with review before sending, and cancelled on the way', async ({ ui, vendors }) => {
  const vendor = await vendors.fullEngage(3)
  await addAndBrowse(ui, fullEngageSource(vendor), 3)
  await ui.shell.setWorkOffline(true)
  const rows = Array.from({ length: 3_000 }, (_, i) => `Person ${i},p${i}@x.example`)
  const { importClients: dialog } = ui
  await dialog.drop({ name: 'many.csv', text: ['Name,Email', ...rows].join('\n') }, ui.grid.grid)
  await expect(dialog.root).toContainText(
    'Queues 3,000 requests to Full Engage, one for each new client. They go once you are online.',
  )
  await dialog.button('Import 3,000 clients').click()
  await expect(dialog.root.getByRole('progressbar', { name: 'Import', exact: true })).toBeVisible()
  await dialog.button('Cancel').click()
  await expect(dialog.root).toContainText('You stopped it.')
  await expect(dialog.root).toContainText('were not looked at: import it again for those')
  await dialog.button('Undo import').click()
  await ui.grid.expectCount(3)
  expect(vendor.requestsOf('POST')).toEqual([])
})

test('a file dropped beside the list does not take the place of the app', async ({ ui, vendors }) => {
  await addAndBrowse(ui, fullEngageSource(await vendors.fullEngage(3)), 3)
  await ui.importClients.drop({ name: 'a.csv', text: 'Name\nAnn' }, ui.shell.navigation)
  await expect(ui.importClients.root).toBeHidden()
  const taken = await ui.shell.navigation.evaluate((element) => {
    const dataTransfer = new DataTransfer()
    dataTransfer.items.add(new File(['x'], 'a.csv'))
    return element.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }))
  })
  expect(taken, 'the browser is not left to it').toBe(false)
})

test('a file that is neither is refused, and the list is as before', async ({ ui, vendors }) => {
  await addAndBrowse(ui, fullEngageSource(await vendors.fullEngage(3)), 3)
  const { importClients: dialog } = ui
  await dialog.read({ name: 'film.vcf', text: 'hello' })
  await expect(dialog.root.getByRole('alert')).toContainText('film.vcf was not read. No vCard is in it.')
  await dialog.choose({ name: 'sheet.csv', text: 'PK\u0000\u0003' })
  await expect(dialog.root.getByRole('alert')).toContainText('It is no text file.')
  await ui.page.keyboard.press('Escape')
  await expect(dialog.root).toBeHidden()
})

test('a client leaves as a vCard, and a list with all that is in it comes back', async ({ ui, vendors }) => {
  await addAndBrowse(ui, fullEngageSource(await vendors.fullEngage(8)), 8)
  await ui.grid.open('Anna Larsen', 'Full Engage')
  await ui.page.keyboard.press('Control+k')
  const downloading = ui.page.waitForEvent('download')
  await ui.page.keyboard.type('> as vCard')
  await ui.page.getByRole('option', { name: /^Save Anna Larsen as vCard/ }).click()
  const download = await downloading
  expect(download.suggestedFilename()).toBe('Anna Larsen.vcf')
  const text = readFileSync(await download.path(), 'utf8')
  expect(text).toContain('FN:Anna Larsen\r\n')

  // Dragged out of a browser: Chromium makes a file of this address where the drag ends.
  const name = ui.grid.row('Anna Larsen').locator('[draggable]')
  const dragged = await ui.page.evaluateHandle(() => new DataTransfer())
  await name.dispatchEvent('pointerdown')
  await name.dispatchEvent('dragstart', { dataTransfer: dragged })
  const address = await dragged.evaluate((transfer) => transfer.getData('DownloadURL'))
  expect(address).toMatch(/^text\/vcard:[^:]+\.vcf:data:text\/vcard;charset=utf-8,BEGIN%3AVCARD/)
  expect(decodeURIComponent(address), 'without what was written about her').not.toContain('NOTE')
  const { importClients: dialog } = ui
  await dialog.read({ name: 'again.vcf', text })
  await expect(dialog.root).toContainText('Anna Larsen was exported from here.')
})
