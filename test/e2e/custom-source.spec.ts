import { expect, test } from './fixtures.ts'
import type { Ui } from './page-models/ui.ts'
import type { Bookings } from './vendors/bookings.ts'

/** Everything but `List at`, which each test says itself. */
async function describeBookings(ui: Ui, vendor: Bookings, listAt: string): Promise<void> {
  await ui.addSource.open()
  const radios = ui.addSource.connectors.getByRole('radio')
  await expect(radios.last()).toHaveAccessibleName('Custom…')
  await ui.addSource.fill({ connector: 'Custom…', name: 'Bookings', key: vendor.key, baseUrl: vendor.origin })
  await ui.addSource.fill({ connector: 'Custom…', path: '/api/guests', headerName: 'X-Token', headerScheme: '' })
  await expect(ui.addSource.field('Offset parameter')).toBeHidden()
  await ui.addSource.field('Paging').selectOption('offset')
  await expect(ui.addSource.field('Cursor parameter')).toBeHidden()
  const texts = {
    'List at': listAt,
    'Offset parameter': 'skip',
    'Size parameter': 'take',
    'Page size': '50',
    'Total at': 'payload.count',
    'ID at': 'uid',
    'Name at': 'guest.full',
    'Email at': 'guest.mail',
  }
  for (const [label, value] of Object.entries(texts)) await ui.addSource.field(label).fill(value)
}

test('a list that no connector knows is described, tested, added and read; edits stay on this device', async ({
  ui,
  app,
  vendors,
}) => {
  const vendor = await vendors.bookings(45)
  await describeBookings(ui, vendor, 'payload.rows')
  await ui.addSource.button('Test connection').click()
  await expect(ui.addSource.dialog).toContainText('Connection works. 45 clients.')
  await ui.addSource.button('Add and sync').click()
  await expect(ui.addSource.dialog).toBeHidden()
  await ui.shell.goTo('Sources')
  await ui.sources.expectState('Bookings', 'Up to date')
  await expect(ui.sources.row('Bookings')).toContainText('45')

  await ui.shell.goTo('Clients')
  await ui.grid.expectCount(45)
  await ui.grid.open('Anna Larsen')
  await expect(ui.details.region).toContainText('person4@example.com')
  await ui.details.button('Edit').click()
  await expect(ui.details.region).toContainText('Stays on this device')
  await expect(ui.details.region).not.toContainText('Sends to')
  await ui.details.form.fill({ Notes: 'Likes the quiet side.' })
  await ui.details.form.button('Save').click()
  await expect(ui.details.form.button('Save')).toBeHidden()
  await ui.shell.goTo('Queue')
  await expect(ui.queue.rows).toHaveCount(0)

  vendor.guests = vendor.guests.slice(0, 44)
  await ui.shell.goTo('Sources')
  await ui.sources.fullSync('Bookings')
  // Nobody says how old this guest is: too young to be missed, and said to be missing.
  await expect(ui.sources.row('Bookings')).toContainText('1 client missing once')
  await app.restart()
  await ui.shell.goTo('Clients')
  await ui.grid.expectCount(45)
  await ui.grid.open('Anna Larsen')
  await expect(ui.details.region).toContainText('Likes the quiet side.')
  expect(vendor.requests.filter((request) => request.method !== 'GET')).toEqual([])
  expect(vendor.requests.every((request) => !request.url.href.includes(vendor.key))).toBe(true)
})

test('a path that leads nowhere is said at its field, and nothing is added', async ({ ui, vendors }) => {
  const vendor = await vendors.bookings(3)
  await describeBookings(ui, vendor, 'payload.guests')
  await ui.addSource.button('Add and sync').click()
  await expect(ui.addSource.field('List at')).toHaveAttribute('aria-invalid', 'true')
  await expect.poll(() => ui.addSource.describedBy('List at')).toContain('nothing stands at List at')
  await ui.addSource.field('List at').fill('payload.rows')
  await ui.addSource.field('ID at').fill('id')
  await ui.addSource.button('Test connection').click()
  await expect(ui.addSource.field('ID at')).toHaveAttribute('aria-invalid', 'true')
  await ui.addSource.field('ID at').fill('uid')
  await ui.addSource.button('Add and sync').click()
  await ui.shell.goTo('Sources')
  await ui.sources.expectState('Bookings', 'Up to date')
})
