import { expect, test } from './fixtures.ts'
import { addAndBrowse, fullEngageSource } from './support/add-sources.ts'

/** With Chromium's own tools: what it does then is not what a model of it does. */
test('F129 F130 the browser closes and empties the database under the app: it is opened again, edits and values of this device come back from the journal', async ({
  ui,
  app,
  vendors,
}) => {
  const vendor = await vendors.fullEngage(8)
  await addAndBrowse(ui, fullEngageSource(vendor), 8)
  await ui.shell.setWorkOffline(true)
  await ui.grid.open('Anna Larsen')
  await ui.details.edit({ Phone: '+1 4242' })
  await expect(ui.shell.syncStatus).toHaveText('Offline')
  const devtools = await app.context().newCDPSession(ui.page)
  const origin = new URL(ui.page.url()).origin
  await devtools.send('Storage.clearDataForOrigin', { origin, storageTypes: 'indexeddb' })
  // Its clients are gone until they are read again; what was never sent is there.
  await expect(ui.grid.row('Anna Larsen')).toContainText('+1 4242', { timeout: 30_000 })
  await ui.shell.setWorkOffline(false)
  await expect.poll(() => vendor.named('Anna Larsen'), { timeout: 30_000 }).toMatchObject([{ phone: '+1 4242' }])
  await ui.grid.search('')
  await ui.grid.expectCount(8)
  expect(vendor.requestsOf('PATCH')).toHaveLength(1)
})
