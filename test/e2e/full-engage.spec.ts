import { expect, test } from './fixtures.ts'
import { addAndBrowse, fullEngageSource } from './support/add-sources.ts'

test('a new client keeps its row while it gets its id from the server', async ({ ui, vendors }) => {
  const vendor = await vendors.fullEngage(10)
  await addAndBrowse(ui, fullEngageSource(vendor), 10)
  await ui.shell.setWorkOffline(true)
  await ui.grid.newClient.click()
  await ui.newClient.chooseSource('Full Engage')
  await ui.newClient.fill({ Name: 'Ilse Neumann', Phone: '+49 30 1', Status: 'Active', Notes: 'New here.' })
  await ui.newClient.button('Create').click()
  await expect(ui.newClient.root).toBeHidden()
  await ui.grid.search('ilse')
  await ui.grid.expectCount(1)
  const id = await ui.grid.rows.first().getAttribute('data-client-id')

  await ui.shell.setWorkOffline(false)
  await expect
    .poll(() => vendor.named('Ilse Neumann'))
    .toMatchObject([{ phone: '+49 30 1', status: 'active', notes: 'New here.' }])
  await expect(ui.shell.syncStatus).toHaveText('Up to date')
  await expect(ui.grid.rows.first()).toHaveAttribute('data-client-id', id ?? '')
  await ui.shell.goTo('Sources')
  await ui.sources.fullSync('Full Engage')
  await ui.shell.goTo('Clients')
  await ui.grid.search('ilse')
  await ui.grid.expectCount(1)
  await expect(ui.grid.rows.first()).toHaveAttribute('data-client-id', id ?? '')
  await ui.grid.search('')
  await ui.grid.expectCount(11)
  expect(vendor.requestsOf('POST')).toHaveLength(1)
})

test('an update sends the changed field alone, after a look at the source', async ({ ui, vendors }) => {
  const vendor = await vendors.fullEngage(10)
  await addAndBrowse(ui, fullEngageSource(vendor), 10)
  await ui.grid.open('Anna Larsen')
  await expect(ui.details.heading('Anna Larsen')).toBeVisible()
  await ui.details.button('Edit').click()
  await expect(ui.details.region).toContainText('Sends to Full Engage')
  await expect(ui.details.region).toContainText('Stays on this device')
  await ui.details.form.fill({ Phone: '+47 22 33 44 55' })
  await ui.details.form.button('Save').click()
  await expect
    .poll(() => vendor.requestsOf('PATCH').map((request) => request.body))
    .toEqual([{ phone: '+47 22 33 44 55' }])
  const id = vendor.named('Anna Larsen')[0]?.id ?? ''
  const before = vendor.requests.slice(
    0,
    vendor.requests.findIndex((request) => request.method === 'PATCH'),
  )
  expect(before.at(-1)).toMatchObject({ method: 'GET', url: { pathname: `/api/v1/clients/${id}` } })
  await expect(ui.shell.syncStatus).toHaveText('Up to date')
})

test('clearing a field sends null; what was not touched is not sent', async ({ ui, vendors }) => {
  const vendor = await vendors.fullEngage(10)
  await addAndBrowse(ui, fullEngageSource(vendor), 10)
  await ui.grid.open('Anna Larsen')
  await ui.details.edit({ Phone: '' })
  await expect.poll(() => vendor.requestsOf('PATCH').map((request) => request.body)).toEqual([{ phone: null }])
  await expect(ui.shell.syncStatus).toHaveText('Up to date')
  expect(vendor.named('Anna Larsen')).toMatchObject([{ phone: null, notes: 'Met at fair 4.' }])
})

test('a status and a value that only this device can keep', async ({ ui, vendors }) => {
  const vendor = await vendors.fullEngage(10)
  await addAndBrowse(ui, fullEngageSource(vendor), 10)
  await ui.grid.open('Anna Larsen')
  await ui.details.edit({ Status: 'Inactive', Email: 'anna@larsen.example', Company: 'Fjord AS' })
  await expect.poll(() => vendor.requestsOf('PATCH').map((request) => request.body)).toEqual([{ status: 'inactive' }])
  await expect(ui.shell.syncStatus).toHaveText('Up to date')
  await ui.shell.goTo('Sources')
  await ui.sources.fullSync('Full Engage')
  await ui.shell.goTo('Clients')
  await ui.grid.search('anna@larsen.example')
  await ui.grid.expectCount(1)
  await expect(ui.grid.rows.first()).toContainText('Fjord AS')
})

test('a blank name cannot be saved', async ({ ui, vendors }) => {
  const vendor = await vendors.fullEngage(5)
  await addAndBrowse(ui, fullEngageSource(vendor), 5)
  await ui.grid.open('Anna Larsen')
  await ui.details.button('Edit').click()
  await ui.details.form.fill({ Name: '   ' })
  await ui.details.form.button('Save').click()
  await expect(ui.details.form.field('Name')).toHaveAttribute('aria-invalid', 'true')
  await ui.details.form.button('Cancel').click()
  expect(vendor.requestsOf('PATCH')).toEqual([])
})

test('a delete asks first, then goes to the source', async ({ ui, vendors }) => {
  const vendor = await vendors.fullEngage(10)
  await addAndBrowse(ui, fullEngageSource(vendor), 10)
  await ui.grid.open('Anna Larsen')
  await ui.details.button('Delete').click()
  await expect(ui.details.deleteQuestion).toContainText('Anna Larsen')
  await ui.details.deleteQuestion.getByRole('button', { name: 'Cancel', exact: true }).click()
  await expect(ui.details.deleteQuestion).toBeHidden()
  await ui.details.delete()
  // Not before its ten seconds for undo are over.
  await expect.poll(() => vendor.requestsOf('DELETE').length, { timeout: 20_000 }).toBe(1)
  await ui.grid.search('')
  await ui.grid.expectCount(9)
  expect(vendor.named('Anna Larsen')).toEqual([])
})

test('Ctrl+Z takes the last edit back, and the source gets the old value', async ({ ui, vendors }) => {
  const vendor = await vendors.fullEngage(10)
  await addAndBrowse(ui, fullEngageSource(vendor), 10)
  await ui.shell.setWorkOffline(true)
  await ui.grid.open('Anna Larsen')
  await ui.details.edit({ Phone: '+1 5' })
  await expect(ui.grid.row('Anna Larsen')).toContainText('+1 5')
  await ui.page.keyboard.press('Control+z')
  await expect(ui.grid.row('Anna Larsen')).toContainText('+1 (647) 555-0004')
  await ui.shell.setWorkOffline(false)
  await expect(ui.shell.syncStatus).toHaveText('Up to date')
  expect(vendor.named('Anna Larsen')).toMatchObject([{ phone: '+1 (647) 555-0004' }])
})
