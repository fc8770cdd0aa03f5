import { expect, test } from './fixtures.ts'
import type { Ui } from './page-models/ui.ts'
import { addAndBrowse, fullEngageSource } from './support/add-sources.ts'
import type { FullEngage } from './vendors/full-engage.ts'

const NAME = 'Anna Larsen'
const MINE = '+1 111 111'
const THEIRS = '+2 222 222'

/** Both sides change the same phone number. */
async function disagree(ui: Ui, vendor: FullEngage): Promise<void> {
  await addAndBrowse(ui, fullEngageSource(vendor), vendor.clients.length)
  await ui.shell.setWorkOffline(true)
  await ui.grid.open(NAME)
  await ui.details.edit({ Phone: MINE })
  vendor.change(vendor.named(NAME)[0]?.id ?? '', { phone: THEIRS })
  await ui.shell.setWorkOffline(false)
  await expect(ui.shell.syncStatus).toHaveText('1 conflicts')
}

test('the same field on both sides is a conflict, shown before it is decided', async ({ ui, vendors }) => {
  const vendor = await vendors.fullEngage(8)
  await disagree(ui, vendor)
  await ui.grid.search('anna')
  await expect(ui.grid.conflictMark(ui.grid.row(NAME))).toBeVisible()
  expect(vendor.requestsOf('PATCH'), 'nothing is overwritten').toEqual([])

  await ui.shell.goTo('Conflicts')
  const item = ui.conflicts.item(NAME)
  for (const column of ['Base', 'Yours', 'Theirs']) await expect(item).toContainText(column)
  await expect(item).toContainText('+1 (647) 555-0004')
  await expect(item).toContainText(MINE)
  await expect(item).toContainText(THEIRS)
  await expect(ui.conflicts.choice(item, 'Keep mine')).not.toBeChecked()
  await expect(ui.conflicts.choice(item, 'Take theirs')).not.toBeChecked()
})

test('keeping mine sends it', async ({ ui, vendors }) => {
  const vendor = await vendors.fullEngage(8)
  await disagree(ui, vendor)
  await ui.shell.goTo('Conflicts')
  const item = ui.conflicts.item(NAME)
  await ui.conflicts.choice(item, 'Keep mine').click()
  await ui.conflicts.resolve(item).click()
  await expect.poll(() => vendor.named(NAME)).toMatchObject([{ phone: MINE }])
  await expect(ui.shell.syncStatus).toHaveText('Up to date')
  expect(vendor.requestsOf('PATCH')).toHaveLength(1)
  await ui.shell.goTo('Clients')
  await ui.grid.search('anna')
  await expect(ui.grid.row(NAME)).toContainText(MINE)
  await expect(ui.grid.conflictMark(ui.grid.row(NAME))).toBeHidden()
})

test('taking theirs sends nothing and shows theirs', async ({ ui, vendors }) => {
  const vendor = await vendors.fullEngage(8)
  await disagree(ui, vendor)
  await ui.shell.goTo('Conflicts')
  const item = ui.conflicts.item(NAME)
  await ui.conflicts.choice(item, 'Take theirs').click()
  await ui.conflicts.resolve(item).click()
  await expect(ui.shell.syncStatus).toHaveText('Up to date')
  await ui.shell.goTo('Clients')
  await ui.grid.search('anna')
  await expect(ui.grid.row(NAME)).toContainText(THEIRS)
  expect(vendor.requestsOf('PATCH')).toEqual([])
  expect(vendor.named(NAME)).toMatchObject([{ phone: THEIRS }])
})

test('different fields on both sides merge without a word', async ({ ui, vendors }) => {
  const vendor = await vendors.fullEngage(8)
  await addAndBrowse(ui, fullEngageSource(vendor), 8)
  await ui.shell.setWorkOffline(true)
  await ui.grid.open(NAME)
  await ui.details.edit({ Phone: MINE })
  vendor.change(vendor.named(NAME)[0]?.id ?? '', { notes: 'Theirs.' })
  await ui.shell.setWorkOffline(false)
  await expect.poll(() => vendor.named(NAME)).toMatchObject([{ phone: MINE, notes: 'Theirs.' }])
  await expect(ui.shell.syncStatus).toHaveText('Up to date')
  await expect(ui.details.region).toContainText('Theirs.')
})

test('the same value on both sides is no conflict', async ({ ui, vendors }) => {
  const vendor = await vendors.fullEngage(8)
  await addAndBrowse(ui, fullEngageSource(vendor), 8)
  await ui.shell.setWorkOffline(true)
  await ui.grid.open(NAME)
  await ui.details.edit({ Phone: MINE })
  vendor.change(vendor.named(NAME)[0]?.id ?? '', { phone: MINE })
  await ui.shell.setWorkOffline(false)
  await expect(ui.shell.syncStatus).toHaveText('Up to date')
})

/** We edit a client that the source has deleted. */
async function editTheDeleted(ui: Ui, vendor: FullEngage): Promise<void> {
  await addAndBrowse(ui, fullEngageSource(vendor), vendor.clients.length)
  await ui.shell.setWorkOffline(true)
  await ui.grid.open(NAME)
  await ui.details.edit({ Phone: MINE })
  vendor.remove(vendor.named(NAME)[0]?.id ?? '')
  await ui.shell.setWorkOffline(false)
  await expect(ui.shell.syncStatus).toHaveText('1 conflicts')
  await ui.grid.search('anna')
  await ui.grid.expectCount(1)
  await ui.shell.goTo('Conflicts')
}

test('an edit of a client that the source has deleted: mine creates it again, once', async ({ ui, vendors }) => {
  const vendor = await vendors.fullEngage(8)
  await editTheDeleted(ui, vendor)
  const item = ui.conflicts.item(NAME)
  await ui.conflicts.choice(item, 'Keep mine').click()
  await ui.conflicts.resolve(item).click()
  await expect.poll(() => vendor.named(NAME)).toMatchObject([{ phone: MINE, notes: 'Met at fair 4.' }])
  await expect(ui.shell.syncStatus).toHaveText('Up to date')
  expect(vendor.requestsOf('POST')).toHaveLength(1)
  await ui.shell.goTo('Clients')
  await ui.grid.expectCount(1)
})

test('an edit of a client that the source has deleted: theirs removes it here', async ({ ui, vendors }) => {
  const vendor = await vendors.fullEngage(8)
  await editTheDeleted(ui, vendor)
  const item = ui.conflicts.item(NAME)
  await ui.conflicts.choice(item, 'Take theirs').click()
  await ui.conflicts.resolve(item).click()
  await expect(ui.shell.syncStatus).toHaveText('Up to date')
  await ui.shell.goTo('Clients')
  await ui.grid.expectCount(0)
  expect(vendor.requestsOf('POST')).toEqual([])
})

test('a conflict survives a restart', async ({ ui, app, vendors }) => {
  const vendor = await vendors.fullEngage(8)
  await disagree(ui, vendor)
  await app.restart()
  await expect(ui.shell.syncStatus).toHaveText('1 conflicts')
  await ui.shell.goTo('Conflicts')
  await expect(ui.conflicts.item(NAME)).toContainText(THEIRS)
})
