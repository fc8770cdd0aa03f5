import { readFileSync } from 'node:fs'
import { expect, test } from './fixtures.ts'
import type { Ui } from './page-models/ui.ts'
import { addAndBrowse, connectSource, fullEngageSource } from './support/add-sources.ts'

const NAME = 'Anna Larsen'
const AFTER = '+49 30 901820'

/** Presses `Export unsent work` and hands back the file. */
async function exportFile(ui: Ui): Promise<{ readonly path: string; readonly text: string }> {
  const downloading = ui.page.waitForEvent('download')
  await ui.queue.tool('Export unsent work').click()
  const download = await downloading
  expect(download.suggestedFilename()).toMatch(/^clientele-.*\.json$/)
  const path = await download.path()
  return { path, text: readFileSync(path, 'utf8') }
}

async function importFile(ui: Ui, file: string | { name: string; mimeType: string; buffer: Buffer }): Promise<void> {
  const choosing = ui.page.waitForEvent('filechooser')
  await ui.queue.tool('Import…').click()
  await (await choosing).setFiles(file)
}

test('unsent work leaves as a readable file and comes back held', async ({ ui, vendors }) => {
  const vendor = await vendors.fullEngage(8)
  const connect = await vendors.connect(3)
  await addAndBrowse(ui, fullEngageSource(vendor), 8)
  await ui.shell.goTo('Sources')
  await addAndBrowse(ui, connectSource(connect), 11)
  await ui.shell.setWorkOffline(true)
  await ui.grid.open(NAME, 'Full Engage')
  await ui.details.edit({ Phone: AFTER, Company: 'Kept here' })
  await ui.grid.newClient.click()
  await ui.newClient.chooseSource('Connect')
  await ui.newClient.fill({ 'First name': 'Nils', Email: 'nils@acme.example' })
  await ui.newClient.button('Create').click()
  await expect(ui.newClient.root).toBeHidden()
  await ui.shell.goTo('Queue')

  const { path, text } = await exportFile(ui)
  await expect(ui.shell.toast(/^Exported 2 edits and 1 value of this device to clientele-/)).toBeVisible()
  for (const word of [NAME, AFTER, 'Kept here', 'nils@acme.example']) expect(text).toContain(word)
  for (const { key } of [vendor, connect]) expect(text, 'no key').not.toContain(key)

  // As good as a lost book: both edits are gone, then the file is all there is.
  for (const name of [NAME, 'Nils']) {
    await ui.queue.button(ui.queue.row(name), 'Discard').click()
    await ui.queue.discardQuestion.getByRole('button', { name: 'Discard', exact: true }).click()
    await expect(ui.queue.row(name)).toBeHidden()
  }
  await importFile(ui, path)
  await expect(ui.page.getByText(/came back\. The edits are held until you release them\./)).toBeVisible()
  await expect(ui.queue.row(NAME)).toContainText('Held for your look: it came back after a repair or an import.')
  await expect(ui.queue.row('Nils')).toContainText('Create')

  await ui.shell.setWorkOffline(false)
  await expect(ui.shell.syncStatus).toHaveText('2 edits waiting')
  expect([...vendor.requestsOf('PATCH'), ...connect.requestsOf('POST')], 'nothing is sent unseen').toEqual([])
  await ui.page.getByRole('button', { name: 'Send all', exact: true }).click()
  await expect.poll(() => vendor.named(NAME)).toMatchObject([{ phone: AFTER }])
  await expect
    .poll(() => connect.contacts.filter((contact) => contact.firstName === 'Nils'))
    .toMatchObject([{ email: 'nils@acme.example' }])
  await expect(ui.shell.syncStatus).toHaveText('Up to date')

  await importFile(ui, path)
  await expect(ui.page.getByText(/here already/), 'twice is as good as once').toBeVisible()
})

test('a file that is no unsent work is refused whole, next to the button', async ({ ui, vendors }) => {
  const vendor = await vendors.fullEngage(3)
  await addAndBrowse(ui, fullEngageSource(vendor), 3)
  await ui.shell.goTo('Queue')
  await importFile(ui, { name: 'holiday.json', mimeType: 'application/json', buffer: Buffer.from('{"a":1}') })
  const alert = ui.page.getByRole('alert').filter({ hasText: 'holiday.json was not imported.' })
  await expect(alert).toContainText('It is not a file of unsent work.')
  await expect(alert).toContainText('Nothing here has changed.')
  await alert.getByRole('button', { name: 'Close report', exact: true }).click()
  await expect(alert).toBeHidden()
})

test('under a passphrase the file is encrypted: it opens by itself here, and asks for its passphrase once that is another', async ({
  ui,
  vendors,
}) => {
  test.slow()
  const [first, second] = ['four quiet words here', 'four other words there']
  const vendor = await vendors.fullEngage(8)
  await addAndBrowse(ui, fullEngageSource(vendor), 8)
  await ui.shell.setWorkOffline(true)
  await ui.grid.open(NAME)
  await ui.details.edit({ Phone: AFTER })
  await ui.shell.goTo('Settings')
  const change = async (button: string, values: Readonly<Record<string, string>>, save: string): Promise<void> => {
    await ui.page.getByRole('button', { name: button, exact: true }).click()
    const dialog = ui.page.getByRole('dialog')
    for (const [label, value] of Object.entries(values)) await dialog.getByLabel(label, { exact: true }).fill(value)
    await dialog.getByRole('button', { name: save, exact: true }).click()
    await expect(dialog).toBeHidden()
  }
  await change('Set passphrase…', { 'New passphrase': first, 'New passphrase again': first }, 'Encrypt')
  await ui.shell.goTo('Queue')
  const downloading = ui.page.waitForEvent('download')
  await ui.queue.tool('Export unsent work').click()
  const download = await downloading
  expect(download.suggestedFilename()).toMatch(/^clientele-.*\.clientele$/)
  await expect(ui.shell.toast(/It is encrypted under your passphrase\.$/)).toBeVisible()
  const buffer = readFileSync(await download.path())
  expect(buffer.includes(AFTER) || buffer.includes(NAME)).toBe(false)
  const file = { name: 'work.clientele', mimeType: 'application/json', buffer }

  await importFile(ui, file)
  await expect(ui.page.getByText(/here already/)).toBeVisible()
  await ui.shell.goTo('Settings')
  const next = { 'Present passphrase': first, 'New passphrase': second, 'New passphrase again': second }
  await change('Change…', next, 'Change')
  await ui.shell.goTo('Queue')
  await ui.queue.button(ui.queue.row(NAME), 'Discard').click()
  await ui.queue.discardQuestion.getByRole('button', { name: 'Discard', exact: true }).click()
  await importFile(ui, file)
  const question = ui.page.getByRole('dialog', { name: 'Open encrypted file' })
  await question.getByLabel('Passphrase of the file').fill(second)
  await ui.page.keyboard.press('Enter')
  await expect(question).toContainText('This is not the passphrase.')
  await question.getByLabel('Passphrase of the file').fill(first)
  await ui.page.keyboard.press('Enter')
  await expect(question).toBeHidden()
  await expect(ui.queue.row(NAME)).toContainText('Held for your look')
})
