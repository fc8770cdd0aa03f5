import { expect, test } from './fixtures.ts'
import { addAndBrowse, clntSource, fullEngageSource } from './support/add-sources.ts'

test('a client deleted at the source goes with the next proven full sweep', async ({ ui, vendors }) => {
  const vendor = await vendors.fullEngage(130)
  await addAndBrowse(ui, fullEngageSource(vendor), 130)
  vendor.remove(vendor.clients[40]?.id ?? '')
  vendor.remove(vendor.clients[99]?.id ?? '')
  await ui.shell.goTo('Sources')
  await ui.sources.fullSync('Full Engage')
  await ui.shell.goTo('Clients')
  await ui.grid.expectCount(128)
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
