import { expect, test } from './fixtures.ts'
import type { Ui } from './page-models/ui.ts'
import { addAndBrowse, connectSource, fullEngageSource } from './support/add-sources.ts'
import { pastedText } from './support/pasted-text.ts'
import type { FullEngage } from './vendors/full-engage.ts'

const NAME = 'Anna Larsen'
const BEFORE = '+1 (647) 555-0004'
const AFTER = '+49 30 901820'

/** One edit of a phone number, waiting offline. */
async function editOffline(ui: Ui, vendor: FullEngage): Promise<void> {
  await addAndBrowse(ui, fullEngageSource(vendor), vendor.clients.length)
  await ui.shell.setWorkOffline(true)
  await ui.grid.open(NAME)
  await ui.details.edit({ Phone: AFTER })
  await ui.shell.goTo('Queue')
}

test('a held edit stays while others go, and goes when it is released', async ({ ui, vendors }) => {
  const vendor = await vendors.fullEngage(8)
  await editOffline(ui, vendor)
  await ui.shell.goTo('Clients')
  await ui.grid.open('Zoë')
  await ui.details.edit({ Phone: '+34 1' })
  await ui.shell.goTo('Queue')
  const row = ui.queue.row(NAME)
  await ui.queue.choose(row, 'Hold')
  await expect(row).toContainText('Waiting')
  await expect(row).toContainText('Held by you; nothing is sent.')
  await expect(ui.queue.button(row, 'Retry')).toBeDisabled()

  await ui.shell.setWorkOffline(false)
  await expect.poll(() => vendor.requestsOf('PATCH').map((request) => request.body)).toEqual([{ phone: '+34 1' }])
  await expect(ui.shell.syncStatus).toHaveText('1 edits waiting')
  const details = await ui.shell.openSyncDetails()
  await expect(details).toContainText('1 edit held until you release it')
  await expect(details).not.toContainText('Up to date')
  await ui.page.keyboard.press('Escape')

  await ui.queue.button(row, 'Release').click()
  await expect.poll(() => vendor.named(NAME)).toMatchObject([{ phone: AFTER }])
  await expect(row).toBeHidden()
  await expect(ui.shell.syncStatus).toHaveText('Up to date')
})

test('an edit that has not left can be changed; one that goes back to what the source has leaves the queue', async ({
  ui,
  vendors,
}) => {
  const vendor = await vendors.fullEngage(8)
  await editOffline(ui, vendor)
  const row = ui.queue.row(NAME)
  await ui.queue.choose(row, 'Change…')
  const dialog = ui.page.getByRole('dialog', { name: `Change the edit of ${NAME}`, exact: true })
  await dialog.getByLabel('Phone', { exact: true }).fill('nonsense')
  await dialog.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(dialog.getByLabel('Phone', { exact: true })).toHaveAttribute('aria-invalid', 'true')
  await dialog.getByLabel('Phone', { exact: true }).fill('+1 777')
  await dialog.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(dialog).toBeHidden()
  await expect(row).toContainText('+1 777')
  await expect(row).not.toContainText(AFTER)

  await ui.queue.choose(row, 'Change…')
  await dialog.getByLabel('Phone', { exact: true }).fill(BEFORE)
  await expect(dialog).toContainText('The edit leaves Queue.')
  await ui.page.keyboard.press('Control+Enter')
  await expect(row).toBeHidden()
  await ui.shell.setWorkOffline(false)
  await expect(ui.shell.syncStatus).toHaveText('Up to date')
  expect(vendor.requestsOf('PATCH')).toEqual([])
})

test('discard says what it undoes, and undo brings the edit back', async ({ ui, vendors }) => {
  const vendor = await vendors.fullEngage(8)
  await editOffline(ui, vendor)
  const row = ui.queue.row(NAME)
  await ui.queue.button(row, 'Discard').click()
  await expect(ui.queue.discardQuestion).toContainText(`Phone returns to “${BEFORE}”.`)
  await expect(ui.queue.discardQuestion).toContainText('It was never sent; Full Engage is not told.')
  await ui.queue.discardQuestion.getByRole('button', { name: 'Discard', exact: true }).click()
  await expect(row).toBeHidden()
  await ui.shell.toast(`Discarded. The edit of ${NAME} is taken back.`).getByRole('button', { name: 'Undo' }).click()
  await expect(row).toContainText(AFTER)
  await ui.shell.setWorkOffline(false)
  await expect.poll(() => vendor.named(NAME)).toMatchObject([{ phone: AFTER }])
})

test('details of an edit can be copied as text', async ({ ui, vendors }) => {
  const vendor = await vendors.fullEngage(8)
  await editOffline(ui, vendor)
  await ui.queue.choose(ui.queue.row(NAME), 'Copy details')
  await expect(ui.shell.toast('Details copied.')).toBeVisible()
  const text = await pastedText(ui.page)
  expect(text).toContain(`Update of ${NAME} at Full Engage`)
  expect(text).toContain(`Phone: ${BEFORE} → ${AFTER}`)
  expect(text).toContain('Reason: Sends when you are online again.')
  expect(text).not.toContain(vendor.key)
})

test('with review before sending, edits wait for a look and one press sends them', async ({ ui, vendors }) => {
  const vendor = await vendors.fullEngage(8)
  await addAndBrowse(ui, fullEngageSource(vendor), 8)
  await ui.shell.goTo('Sources')
  await ui.page.getByRole('switch', { name: 'Review before sending', exact: true }).click()
  await ui.shell.goTo('Clients')
  for (const name of [NAME, 'Zoë', 'Seán']) {
    await ui.grid.open(name)
    await ui.details.edit({ Phone: AFTER })
  }
  await ui.shell.goTo('Queue')
  const bar = ui.page.getByText('3 edits of Full Engage wait for your look.')
  await expect(bar).toBeVisible()
  const row = ui.queue.row(NAME)
  await expect(row).toContainText('Held for your look before it goes to Full Engage.')
  await ui.queue.button(row, 'Release').click()
  await expect.poll(() => vendor.named(NAME)).toMatchObject([{ phone: AFTER }])
  expect(vendor.requestsOf('PATCH'), 'only what was released is sent').toHaveLength(1)
  await expect(ui.page.getByText('2 edits of Full Engage wait for your look.')).toBeVisible()

  await ui.page.getByRole('button', { name: 'Send all', exact: true }).click()
  await expect.poll(() => vendor.requestsOf('PATCH').length).toBe(3)
  await expect(ui.shell.syncStatus).toHaveText('Up to date')
})

test('a refused create is corrected from its row and goes', async ({ ui, vendors }) => {
  const vendor = await vendors.connect(3)
  await addAndBrowse(ui, connectSource(vendor), 3)
  vendor.weather = (request, serve) =>
    request.method === 'POST' && request.body?.email === 'nils@wrong.example'
      ? { status: 400, json: { error: 'Invalid email' } }
      : serve()
  await ui.grid.newClient.click()
  await ui.newClient.chooseSource('Connect')
  await ui.newClient.fill({ 'First name': 'Nils', Email: 'nils@wrong.example' })
  await ui.newClient.button('Create').click()
  await ui.shell.goTo('Queue')
  const row = ui.queue.row('Nils')
  await expect(row).toContainText('Needs attention')
  await ui.queue.button(row, 'Change…').click()
  const dialog = ui.page.getByRole('dialog', { name: 'Change the edit of Nils', exact: true })
  await dialog.getByLabel('Email', { exact: true }).fill('nils@acme.example')
  await dialog.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(row).toBeHidden()
  await expect(ui.shell.syncStatus).toHaveText('Up to date')
  expect(vendor.contacts.filter((contact) => contact.firstName === 'Nils')).toMatchObject([
    { email: 'nils@acme.example' },
  ])
})
