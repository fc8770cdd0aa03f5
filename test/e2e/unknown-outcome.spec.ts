import { expect, test } from './fixtures.ts'
import { addAndBrowse, connectSource, fullEngageSource } from './support/add-sources.ts'

test('a create that was applied and not answered is found again, not sent twice', async ({ ui, vendors }) => {
  const vendor = await vendors.fullEngage(6)
  await addAndBrowse(ui, fullEngageSource(vendor), 6)
  // The first look comes two seconds later: its answer waits until the state has been seen, however busy the machine is.
  let seen: () => void = () => undefined
  const isSeen = new Promise<void>((resolve) => {
    seen = resolve
  })
  vendor.weather = async (request, serve) => {
    const reply = serve()
    if (request.method === 'POST') return 'cut'
    if (vendor.requestsOf('POST').length > 0) await isSeen
    return reply
  }
  await ui.grid.newClient.click()
  await ui.newClient.chooseSource('Full Engage')
  await ui.newClient.fill({ Name: 'Vera Ungewiss', Notes: 'Once.' })
  await ui.newClient.button('Create').click()
  await expect(ui.newClient.root).toBeHidden()

  await ui.shell.goTo('Queue')
  await expect(ui.queue.row('Vera Ungewiss')).toContainText(/Unknown outcome|Sending/)
  seen()
  await expect(ui.queue.row('Vera Ungewiss')).toBeHidden({ timeout: 20_000 })
  await expect(ui.shell.syncStatus).toHaveText('Up to date')
  expect(vendor.requestsOf('POST')).toHaveLength(1)
  expect(vendor.named('Vera Ungewiss')).toHaveLength(1)
  await ui.shell.goTo('Clients')
  await ui.grid.search('vera')
  await ui.grid.expectCount(1)
})

test('a contact with a namesake is not taken for the one that was sent', async ({ ui, vendors }) => {
  const vendor = await vendors.connect(3)
  await addAndBrowse(ui, connectSource(vendor), 3)
  vendor.weather = (request, serve) => {
    const reply = serve()
    return request.method === 'POST' ? 'cut' : reply
  }
  await ui.grid.newClient.click()
  await ui.newClient.chooseSource('Connect')
  await ui.newClient.fill({ 'First name': 'Nils', Email: 'nils@acme.example' })
  await ui.newClient.button('Create').click()
  await expect.poll(() => vendor.requestsOf('POST').length).toBe(1)
  await expect(ui.shell.syncStatus).toHaveText('Up to date', { timeout: 20_000 })
  expect(vendor.requestsOf('POST')).toHaveLength(1)
  await ui.grid.search('nils@acme.example')
  await ui.grid.expectCount(1)
})

test('an update that was applied and not answered is settled by a look', async ({ ui, vendors }) => {
  const vendor = await vendors.fullEngage(6)
  await addAndBrowse(ui, fullEngageSource(vendor), 6)
  let cut = false
  vendor.weather = (request, serve) => {
    const reply = serve()
    if (request.method !== 'PATCH' || cut) return reply
    cut = true
    return 'cut'
  }
  await ui.grid.open('Anna Larsen')
  await ui.details.edit({ Phone: '+1 4242' })
  await expect.poll(() => vendor.named('Anna Larsen')).toMatchObject([{ phone: '+1 4242' }])
  await expect(ui.grid.waitingMark(ui.grid.row('Anna Larsen'))).toBeHidden({ timeout: 20_000 })
  await expect(ui.shell.syncStatus).toHaveText('Up to date')
  expect(vendor.requestsOf('PATCH')).toHaveLength(1)
})
