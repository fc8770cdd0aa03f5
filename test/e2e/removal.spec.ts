import { expect, test } from './fixtures.ts'
import { addAndBrowse, clntSource, endorsSource, fullEngageSource } from './support/add-sources.ts'

test('clients deleted at the source go when the user has said so, where they are many', async ({ ui, vendors }) => {
  const vendor = await vendors.fullEngage(130)
  await addAndBrowse(ui, fullEngageSource(vendor), 130)
  for (const client of vendor.clients.slice(40, 60)) vendor.remove(client.id)
  await ui.shell.goTo('Sources')
  await ui.sources.fullSync('Full Engage')
  await ui.page.getByRole('button', { name: 'Remove them' }).click()
  await ui.shell.goTo('Clients')
  await ui.grid.expectCount(110)
})

test('a client that two whole lists lack goes to the removed ones by itself', async ({ ui, vendors }) => {
  const vendor = await vendors.endors(30)
  await addAndBrowse(ui, endorsSource(vendor), 30)
  vendor.clients = vendor.clients.filter((client) => client.first_name !== 'Nora' || client.last_name !== 'Bright')
  await ui.shell.goTo('Sources')
  await ui.sources.fullSync('Endors')
  await expect(ui.sources.row('Endors')).toContainText('1 client missing once')
  await ui.shell.goTo('Clients')
  await ui.grid.expectCount(30)
  // The second look comes without being asked for, after ten seconds.
  await ui.grid.expectCount(29, { timeout: 30_000 })
  await ui.page.goto(ui.page.url().replace(/#.*/, '#/removed'))
  await expect(ui.tray.row('Nora Bright')).toBeVisible()
})

test('a page shift in the middle of a sweep removes nothing', async ({ ui, vendors }) => {
  const vendor = await vendors.clnt(75)
  await addAndBrowse(ui, clntSource(vendor), 75)
  let shifted = false
  vendor.weather = (request, serve) => {
    const reply = serve()
    if (!shifted && request.url.searchParams.get('page') === '1') {
      shifted = true
      vendor.clients = vendor.clients.slice(1)
    }
    return reply
  }
  await ui.shell.goTo('Sources')
  await ui.sources.button('Clients v1', 'Full sync').click()
  await ui.sources.expectState('Clients v1', 'Up to date')
  await ui.shell.goTo('Clients')
  // The client behind the seam was never seen in this sweep, and must still be here.
  await expect.poll(async () => Number(await ui.grid.grid.getAttribute('aria-rowcount'))).toBeGreaterThanOrEqual(74)
})
