import { expect, test } from './fixtures.ts'
import {
  addAndWait,
  clntSource,
  connectSource,
  endorsSource,
  fullEngageSource,
  spottSource,
} from './support/add-sources.ts'

test('Endors: tested, added, all clients of the Space are here', async ({ ui, vendors }) => {
  const vendor = await vendors.endors(30)
  await ui.addSource.open()
  await ui.addSource.fill(endorsSource(vendor))
  await ui.addSource.button('Test connection').click()
  await expect(ui.addSource.dialog).toContainText('30')
  await ui.addSource.button('Add and sync').click()
  await ui.shell.goTo('Sources')
  await ui.sources.expectState('Endors', 'Up to date')
  await expect(ui.sources.row('Endors')).toContainText('30')
  await ui.shell.goTo('Clients')
  await ui.grid.expectCount(30)
})

test('Full Engage: a site address without /api/v1, three pages', async ({ ui, vendors }) => {
  const vendor = await vendors.fullEngage(250)
  await addAndWait(ui, fullEngageSource(vendor))
  await expect(ui.sources.row('Full Engage')).toContainText('250')
  await ui.shell.goTo('Clients')
  await ui.grid.expectCount(250)
})

test('Full Engage: the address may carry /api/v1 and slashes at its end', async ({ ui, vendors }) => {
  const vendor = await vendors.fullEngage(5)
  await addAndWait(ui, { ...fullEngageSource(vendor), baseUrl: `${vendor.origin}/api/v1//` })
  await ui.shell.goTo('Clients')
  await ui.grid.expectCount(5)
})

test('Spott: pages by cursor', async ({ ui, vendors }) => {
  const vendor = await vendors.spott(120)
  await addAndWait(ui, { ...spottSource(vendor), baseUrl: `${vendor.origin}///` })
  await ui.shell.goTo('Clients')
  await ui.grid.expectCount(120)
})

test('Connect: the test tells whose workspace it is; header name and scheme can be chosen', async ({ ui, vendors }) => {
  const vendor = await vendors.connect(12)
  vendor.header = 'X-Secret-Key'
  vendor.scheme = ''
  await ui.addSource.open()
  await ui.addSource.fill({ ...connectSource(vendor), headerName: 'X-Secret-Key', headerScheme: '' })
  await ui.addSource.button('Test connection').click()
  await expect(ui.addSource.dialog).toContainText('Acme Corporation')
  await ui.addSource.button('Add and sync').click()
  await ui.shell.goTo('Sources')
  await ui.sources.expectState('Connect', 'Up to date')
  await ui.shell.goTo('Clients')
  await ui.grid.expectCount(12)
})

test('Clients v1: numbered pages, personal fields only when they are asked for', async ({ ui, vendors }) => {
  const vendor = await vendors.clnt(60)
  await addAndWait(ui, clntSource(vendor))
  await ui.shell.goTo('Clients')
  await ui.grid.expectCount(60)
  await ui.grid.search('person7@example.com')
  await ui.grid.expectCount(0)

  await ui.shell.goTo('Sources')
  await ui.sources.button('Clients v1', 'Edit').click()
  await ui.sources.dialog.getByLabel('Include sensitive fields', { exact: true }).check()
  await ui.sources.save()
  await ui.shell.goTo('Clients')
  await expect(async () => {
    await ui.grid.search('person7@example.com')
    await ui.grid.expectCount(1, { timeout: 500 })
  }).toPass({ timeout: 15_000 })

  await ui.shell.goTo('Sources')
  await ui.sources.button('Clients v1', 'Edit').click()
  await ui.sources.dialog.getByLabel('Include sensitive fields', { exact: true }).uncheck()
  await ui.sources.save()
  await ui.shell.goTo('Clients')
  await expect(async () => {
    await ui.grid.search('person7@example.com')
    await ui.grid.expectCount(0, { timeout: 500 })
  }).toPass({ timeout: 15_000 })
})

test('Clients v1: another path and page size', async ({ ui, vendors }) => {
  const vendor = await vendors.clnt(9)
  Object.assign(vendor, { path: '/v1/our/clients' })
  await addAndWait(ui, { ...clntSource(vendor), path: '/v1/our/clients', pageSize: '4' })
  await ui.shell.goTo('Clients')
  await ui.grid.expectCount(9)
  expect(vendor.requestsOf('GET').some((request) => request.url.searchParams.get('page_size') === '4')).toBe(true)
})

test('a wrong key is said in the dialog, and nothing is added', async ({ ui, vendors }) => {
  const vendor = await vendors.fullEngage(3)
  await ui.addSource.open()
  await ui.addSource.fill({ ...fullEngageSource(vendor), key: 'ba_wrong' })
  await ui.addSource.button('Test connection').click()
  await expect(ui.addSource.alert).toContainText(/does not accept this key.*401/)
  await ui.addSource.button('Add and sync').click()
  await expect(ui.addSource.alert).toContainText(/does not accept this key/)
  await expect(ui.addSource.dialog).toBeVisible()
  await ui.addSource.button('Cancel').click()
  await ui.shell.goTo('Sources')
  await expect(ui.sources.row('Full Engage')).toBeHidden()
})

test('a wrong Space ID is said in the dialog', async ({ ui, vendors }) => {
  const vendor = await vendors.endors(3)
  await ui.addSource.open()
  await ui.addSource.fill({ ...endorsSource(vendor), spaceId: 'nobody' })
  await ui.addSource.button('Test connection').click()
  await expect(ui.addSource.alert).toContainText(/Address or Space not found/)
})

test('an address without a protocol is asked for, or helped out', async ({ ui, vendors }) => {
  const vendor = await vendors.fullEngage(3)
  await ui.addSource.open()
  await ui.addSource.fill({ ...fullEngageSource(vendor), baseUrl: 'crm.example.invalid/team' })
  await ui.addSource.button('Test connection').click()
  await expect(ui.addSource.field('Base URL')).toHaveAttribute('aria-invalid', 'true')
  await expect.poll(() => ui.addSource.describedBy('Base URL')).toMatch(/https:\/\//)
})

test('http to a public host is refused at its field, and no request leaves', async ({ ui, vendors }) => {
  const vendor = await vendors.fullEngage(3)
  await ui.addSource.open()
  await ui.addSource.fill({ ...fullEngageSource(vendor), baseUrl: 'http://crm.example.com' })
  await ui.addSource.button('Test connection').click()
  await expect(ui.addSource.field('Base URL')).toHaveAttribute('aria-invalid', 'true')
  await expect.poll(() => ui.addSource.describedBy('Base URL')).toMatch(/https/)
})

test('required fields are named at the field', async ({ ui }) => {
  await ui.addSource.open()
  await ui.addSource.fill({ connector: 'Endors', key: '', spaceId: '' })
  await ui.addSource.button('Add and sync').click()
  await expect(ui.addSource.field('Space ID')).toHaveAttribute('aria-invalid', 'true')
  await expect(ui.addSource.field('API key')).toHaveAttribute('aria-invalid', 'true')
  await expect.poll(() => ui.addSource.describedBy('Space ID')).not.toBe('')
})

test('an unreachable host is said in the dialog', async ({ ui, vendors }) => {
  const vendor = await vendors.fullEngage(3)
  const values = fullEngageSource(vendor)
  await vendor.close()
  await ui.addSource.open()
  await ui.addSource.fill(values)
  await ui.addSource.button('Test connection').click()
  await expect(ui.addSource.alert).toContainText(/does not answer.*Check Base URL/)
})

test('a host name that does not exist is said in the dialog', async ({ ui }) => {
  await ui.addSource.open()
  await ui.addSource.fill({ connector: 'Full Engage', baseUrl: 'https://nobody.invalid', key: 'ba_1' })
  await ui.addSource.button('Test connection').click()
  await expect(ui.addSource.alert).toContainText(/not found|cannot be reached|does not answer/, { timeout: 20_000 })
})

test('a web page instead of data is said in the dialog', async ({ ui, vendors }) => {
  const vendor = await vendors.fullEngage(3)
  vendor.weather = () => ({
    status: 200,
    headers: { 'content-type': 'text/html' },
    raw: '<!doctype html><title>Sign in</title>',
  })
  await ui.addSource.open()
  await ui.addSource.fill(fullEngageSource(vendor))
  await ui.addSource.button('Test connection').click()
  await expect(ui.addSource.alert).toContainText(/web page, not data.*Check Base URL/)
  await expect(ui.addSource.alert).not.toContainText('<')
})

test('a certificate that cannot be trusted is said in the dialog', async ({ ui, vendors }) => {
  // A plain server behind https: the handshake fails.
  const vendor = await vendors.fullEngage(3)
  await ui.addSource.open()
  await ui.addSource.fill({ ...fullEngageSource(vendor), baseUrl: vendor.origin.replace('http:', 'https:') })
  await ui.addSource.button('Test connection').click()
  await expect(ui.addSource.alert).toContainText(/not safe|cannot be reached|dropped/)
  expect(vendor.requests).toEqual([])
})

test('a source is renamed, paused, resumed and removed with all that is its', async ({ ui, vendors }) => {
  const vendor = await vendors.fullEngage(4)
  await addAndWait(ui, { ...fullEngageSource(vendor), name: 'Studio' })
  await ui.sources.button('Studio', 'Pause').click()
  await ui.sources.expectState('Studio', 'Paused')
  await ui.sources.button('Studio', 'Resume').click()
  await ui.sources.expectState('Studio', 'Up to date')
  await ui.sources.button('Studio', 'Remove').click()
  await ui.page.getByRole('alertdialog').getByRole('button', { name: 'Remove', exact: true }).click()
  await expect(ui.sources.row('Studio')).toBeHidden()
  await ui.shell.goTo('Clients')
  await expect(ui.page.getByRole('heading', { name: 'Welcome to Clientele', exact: true })).toBeVisible()
})
