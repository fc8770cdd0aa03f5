import { expect, test } from './fixtures.ts'
import { createUi } from './page-models/ui.ts'
import { addAndBrowse, fullEngageSource } from './support/add-sources.ts'

test('a second tab shows the same book and edits it; the first one sees the edit', async ({ ui, app, vendors }) => {
  const vendor = await vendors.fullEngage(8)
  await addAndBrowse(ui, fullEngageSource(vendor), 8)
  const tab = await app.context().newPage()
  await tab.goto(ui.page.url().replace(/#.*/, '#/clients'))
  const second = createUi(() => tab)
  await second.grid.expectCount(8)
  await second.grid.open('Anna Larsen')
  await second.details.edit({ Phone: '+1 8080' })
  await expect.poll(() => vendor.named('Anna Larsen')).toMatchObject([{ phone: '+1 8080' }])
  await ui.grid.search('anna')
  await expect(ui.grid.row('Anna Larsen')).toContainText('+1 8080')
  expect(vendor.requestsOf('PATCH')).toHaveLength(1)
})

test('the second tab goes on when the first is closed', async ({ ui, app, vendors }) => {
  const vendor = await vendors.fullEngage(8)
  await addAndBrowse(ui, fullEngageSource(vendor), 8)
  const tab = await app.context().newPage()
  await tab.goto(ui.page.url().replace(/#.*/, '#/clients'))
  const second = createUi(() => tab)
  await second.grid.expectCount(8)
  await ui.page.close()
  await second.grid.open('Anna Larsen')
  await second.details.edit({ Phone: '+1 9090' })
  await expect.poll(() => vendor.named('Anna Larsen'), { timeout: 20_000 }).toMatchObject([{ phone: '+1 9090' }])
  await expect(second.shell.syncStatus).toHaveText('Up to date')
  expect(vendor.requestsOf('PATCH')).toHaveLength(1)
})
