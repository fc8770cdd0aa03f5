import { expect, test } from './fixtures.ts'
import type { Ui } from './page-models/ui.ts'
import { addAndBrowse, addAndWait, fullEngageSource } from './support/add-sources.ts'
import type { FullEngage } from './vendors/full-engage.ts'

const CLIENTS = 8
const FIRST = 'Anna Larsen'
const SECOND = 'Nora Bright'

/** Deletes clients at their source, and waits until it has done so. */
async function deleteAtSource(ui: Ui, vendor: FullEngage, ...names: readonly string[]): Promise<void> {
  for (const name of names) {
    await ui.grid.open(name)
    await ui.details.delete()
  }
  for (const name of names) await expect.poll(() => vendor.named(name), { timeout: 25_000 }).toEqual([])
  await ui.grid.search('')
  await ui.grid.expectCount(CLIENTS - names.length)
}

test.beforeEach(() => test.setTimeout(90_000))

test('a client that is gone from its source comes back on this device, and goes again by Undo', async ({
  ui,
  vendors,
}) => {
  const vendor = await vendors.fullEngage(CLIENTS)
  await addAndBrowse(ui, fullEngageSource(vendor), CLIENTS)
  await ui.grid.open(FIRST)
  await ui.details.edit({ Company: 'Larsen & Co' })
  await deleteAtSource(ui, vendor, FIRST)
  await ui.tray.open()
  await expect(ui.tray.rows).toHaveCount(1)
  await expect(ui.tray.row(FIRST)).toContainText('You deleted it, and Full Engage did so.')
  await expect(ui.tray.row(FIRST)).toContainText('30 days left')

  await ui.tray.button(FIRST, 'Restore on this device').click()
  await expect(ui.tray.row(FIRST)).toHaveCount(0)
  await ui.page.getByRole('button', { name: 'Undo', exact: true }).last().click()
  await expect(ui.tray.row(FIRST)).toBeVisible()

  await ui.tray.button(FIRST, 'Restore on this device').click()
  await expect(ui.page.getByText('No client was removed')).toBeVisible()
  await ui.shell.goTo('Clients')
  await ui.grid.expectCount(CLIENTS)
  await ui.grid.open(FIRST)
  await expect(ui.details.region).toContainText('Larsen & Co')
  // Only the delete ever went to the source.
  expect(vendor.requests.filter(({ method }) => method !== 'GET').map(({ method }) => method)).toEqual(['DELETE'])
})

test('a client is created again at its source', async ({ ui, vendors }) => {
  const vendor = await vendors.fullEngage(CLIENTS)
  await addAndBrowse(ui, fullEngageSource(vendor), CLIENTS)
  await deleteAtSource(ui, vendor, FIRST)
  await ui.tray.open()
  await ui.tray.button(FIRST, 'Create again at Full Engage').click()
  await expect(ui.tray.row(FIRST)).toHaveCount(0)
  await expect.poll(() => vendor.named(FIRST)).toHaveLength(1)
  expect(vendor.requestsOf('POST')).toHaveLength(1)
  await ui.shell.goTo('Clients')
  await ui.grid.expectCount(CLIENTS)
  await expect(ui.shell.syncStatus).toHaveText('Up to date')
})

test('forgetting asks first, empties the place, and can be taken back', async ({ ui, vendors }) => {
  const vendor = await vendors.fullEngage(CLIENTS)
  await addAndBrowse(ui, fullEngageSource(vendor), CLIENTS)
  await deleteAtSource(ui, vendor, FIRST, SECOND)
  await ui.tray.open()
  await ui.tray.button(FIRST, 'Forget').click()
  await expect(ui.tray.question).toContainText(`Forget ${FIRST}?`)
  await ui.page.keyboard.press('Escape')
  await expect(ui.tray.question).toBeHidden()
  await expect(ui.tray.button(FIRST, 'Forget')).toBeFocused()
  for (const name of [FIRST, SECOND]) {
    await ui.tray.button(name, 'Forget').click()
    await ui.tray.question.getByRole('button', { name: 'Forget', exact: true }).click()
    await expect(ui.tray.question).toBeHidden()
  }
  await expect(ui.page.getByText('No client was removed')).toBeVisible()
  await ui.page.getByRole('button', { name: 'Undo', exact: true }).last().click()
  await expect(ui.tray.row(SECOND)).toBeVisible()
})

test('the place is reached from Sources and from the palette, too', async ({ ui, vendors }) => {
  const vendor = await vendors.fullEngage(CLIENTS)
  await addAndBrowse(ui, fullEngageSource(vendor), CLIENTS)
  await deleteAtSource(ui, vendor, FIRST)
  await ui.shell.goTo('Sources')
  await ui.page.getByRole('button', { name: /^Removed clients/ }).click()
  await expect(ui.tray.rows).toHaveCount(1)
  await expect(ui.shell.link('Clients')).toHaveAttribute('aria-current', 'true')
  await ui.page.getByRole('button', { name: 'Back to Clients', exact: true }).click()
  await ui.grid.expectCount(CLIENTS - 1)
  await ui.page.keyboard.press('Control+k')
  await expect(ui.shell.palette).toBeVisible()
  await ui.page.keyboard.type('removed')
  await expect(ui.shell.palette.getByText('Removed clients').first()).toBeVisible()
  await ui.page.keyboard.press('Enter')
  await expect(ui.tray.rows).toHaveCount(1)
})

test('one that its source let go of is suspected first, and not yet removed', async ({ ui, vendors }) => {
  const vendor = await vendors.fullEngage(30)
  await addAndWait(ui, fullEngageSource(vendor))
  vendor.remove(vendor.clients[4]?.id ?? '')
  await ui.sources.button('Full Engage', 'Full sync').click()
  await expect(ui.sources.row('Full Engage')).toContainText('1 client missing once; checked again next time.')
  await ui.shell.goTo('Clients')
  await ui.grid.expectCount(30)
  await expect(ui.page.getByRole('link', { name: /removed client/ })).toHaveCount(0)
})
