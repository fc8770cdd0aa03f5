import { expect, test } from './fixtures.ts'
import type { Ui } from './page-models/ui.ts'
import { addAndBrowse, connectSource } from './support/add-sources.ts'

async function openForm(ui: Ui): Promise<void> {
  await ui.grid.newClient.click()
  await ui.newClient.chooseSource('Connect')
}

test('a contact is created once; what is edited later stays on this device', async ({ ui, vendors }) => {
  const vendor = await vendors.connect(6)
  await addAndBrowse(ui, connectSource(vendor), 6)
  await openForm(ui)
  await ui.newClient.fill({
    'First name': 'Jane',
    'Last name': 'Smith',
    Email: 'jane@acme.example',
    Company: 'Tech Solutions Inc',
    'Job title': 'Marketing Manager',
    Status: 'Qualified Lead',
  })
  await ui.newClient.button('Create').click()
  await expect(ui.newClient.root).toBeHidden()
  await expect
    .poll(() => vendor.requestsOf('POST').map((request) => request.body))
    .toMatchObject([
      {
        firstName: 'Jane',
        lastName: 'Smith',
        email: 'jane@acme.example',
        companyName: 'Tech Solutions Inc',
        jobTitle: 'Marketing Manager',
        leadStatus: 2,
      },
    ])
  await expect(ui.shell.syncStatus).toHaveText('Up to date')

  await ui.grid.open('jane@acme.example')
  await ui.details.button('Edit').click()
  await expect(ui.details.region).not.toContainText('Sends to Connect')
  await ui.details.form.fill({ 'Job title': 'Director' })
  await ui.details.form.button('Save').click()
  await expect(ui.details.form.button('Save')).toBeHidden()
  await ui.shell.goTo('Sources')
  await ui.sources.fullSync('Connect')
  await ui.shell.goTo('Clients')
  await ui.grid.open('jane@acme.example')
  await expect(ui.details.region).toContainText('Director')
  await expect(ui.shell.syncStatus).toHaveText('Up to date')
  expect(vendor.requestsOf('POST')).toHaveLength(1)
})

test('an edit of a contact that still waits travels with it', async ({ ui, vendors }) => {
  const vendor = await vendors.connect(2)
  await addAndBrowse(ui, connectSource(vendor), 2)
  await ui.shell.setWorkOffline(true)
  await openForm(ui)
  await ui.newClient.fill({ 'First name': 'Folded', Email: 'folded@acme.example' })
  await ui.newClient.button('Create').click()
  await ui.grid.open('folded@acme.example')
  await ui.details.edit({ 'Job title': 'Lead' })
  await ui.shell.setWorkOffline(false)
  await expect
    .poll(() => vendor.requestsOf('POST').map((request) => request.body))
    .toMatchObject([{ firstName: 'Folded', email: 'folded@acme.example', jobTitle: 'Lead' }])
  await expect(ui.shell.syncStatus).toHaveText('Up to date')
})

test('what the source would refuse is said before anything is sent', async ({ ui, vendors }) => {
  const vendor = await vendors.connect(2)
  await addAndBrowse(ui, connectSource(vendor), 2)
  await ui.shell.setWorkOffline(true)
  await openForm(ui)

  await test.step('neither email nor first name', async () => {
    await ui.newClient.fill({ 'Last name': 'Alone' })
    await ui.newClient.button('Create').click()
    await expect(ui.newClient.root).toContainText(/e-?mail.*first name/i)
    await expect(ui.newClient.root).toBeVisible()
  })
  await test.step('an invalid email', async () => {
    await ui.newClient.fill({ Email: 'not-an-address' })
    await ui.newClient.button('Create').click()
    await expect(ui.newClient.field('Email')).toHaveAttribute('aria-invalid', 'true')
    await expect(ui.newClient.root).toBeVisible()
  })
  await ui.newClient.button('Cancel').click()
  await ui.shell.goTo('Queue')
  await expect(ui.queue.rows).toHaveCount(0)
  expect(vendor.requestsOf('POST')).toEqual([])
})

for (const words of ['At least email or firstName is required', 'Invalid email', 'Invalid lead status']) {
  test(`the source's own refusal is shown in its words: ${words}`, async ({ ui, vendors }) => {
    const vendor = await vendors.connect(2)
    await addAndBrowse(ui, connectSource(vendor), 2)
    vendor.weather = (request, serve) => (request.method === 'POST' ? { status: 400, json: { error: words } } : serve())
    await openForm(ui)
    await ui.newClient.fill({ 'First name': 'Rhea', Email: 'rhea@acme.example' })
    await ui.newClient.button('Create').click()
    await expect(ui.newClient.root).toBeHidden()
    await expect(ui.shell.syncStatus).toHaveText('Attention needed')
    await ui.shell.goTo('Queue')
    const row = ui.queue.row('Rhea')
    await expect(row).toContainText('Needs attention')
    await expect(row).toContainText(words)

    vendor.weather = null
    await ui.queue.button(row, 'Retry').click()
    await expect(row).toBeHidden()
    await expect(ui.shell.syncStatus).toHaveText('Up to date')
    expect(vendor.contacts.filter((contact) => contact.firstName === 'Rhea')).toHaveLength(1)
  })
}
