import { expect, test } from './fixtures.ts'
import { addAndBrowse, fullEngageSource } from './support/add-sources.ts'

test('a rejected key stops the source, keeps the edits, and is replaced', async ({ ui, vendors }) => {
  const vendor = await vendors.fullEngage(8)
  await addAndBrowse(ui, fullEngageSource(vendor), 8)
  vendor.key = 'ba_renewed_by_the_vendor'
  await ui.grid.open('Anna Larsen')
  await ui.details.edit({ Phone: '+1 777' })
  await expect(ui.shell.syncStatus).toHaveText('Attention needed')

  await ui.shell.goTo('Queue')
  await expect(ui.queue.row('Anna Larsen')).toBeVisible()
  await ui.shell.goTo('Sources')
  await ui.sources.expectState('Full Engage', 'Key rejected')
  await ui.sources.expectSays(/no longer accepts this key.*401.*1 edit waits safely/)
  const requests = vendor.requests.length
  await ui.page.waitForTimeout(2_000)
  expect(vendor.requests.length, 'a dead key is not tried again and again').toBe(requests)

  await ui.sources.button('Full Engage', 'Edit').click()
  const key = ui.sources.dialog.getByLabel('API key', { exact: true })
  await expect(key).toHaveValue('')
  await expect(key).toHaveAttribute('type', 'password')
  await key.fill(vendor.key)
  await ui.sources.save()

  await ui.sources.expectState('Full Engage', 'Up to date')
  await expect(ui.shell.syncStatus).toHaveText('Up to date')
  expect(vendor.named('Anna Larsen')).toMatchObject([{ phone: '+1 777' }])
  expect(
    vendor.requestsOf('PATCH').filter((request) => request.headers.authorization === `Bearer ${vendor.key}`),
  ).toHaveLength(1)
})
