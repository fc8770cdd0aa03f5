import { expect, test } from './fixtures.ts'
import type { SourceValues } from './page-models/add-source-dialog.ts'
import { addAndBrowse, clntSource, endorsSource, spottSource } from './support/add-sources.ts'
import type { VendorServer } from './vendors/vendor-server.ts'

const CASES: readonly {
  readonly name: string
  readonly search: string
  readonly start: (vendors: import('./fixtures.ts').Vendors) => Promise<readonly [VendorServer, SourceValues]>
}[] = [
  {
    name: 'Endors',
    search: 'Anna Larsen',
    start: async (vendors) => {
      const vendor = await vendors.endors(8)
      return [vendor, endorsSource(vendor)]
    },
  },
  {
    name: 'Spott',
    search: 'Anna Larsen',
    start: async (vendors) => {
      const vendor = await vendors.spott(8)
      return [vendor, spottSource(vendor)]
    },
  },
  {
    name: 'Clients v1',
    search: 'Anna Larsen',
    start: async (vendors) => {
      const vendor = await vendors.clnt(8)
      return [vendor, { ...clntSource(vendor), includeSensitive: true }]
    },
  },
]

for (const { name, search, start } of CASES) {
  test(`${name}: an edit stays on this device through a re-pull and a restart, and is never queued`, async ({
    ui,
    app,
    vendors,
  }) => {
    const [vendor, values] = await start(vendors)
    await addAndBrowse(ui, values, 8)
    await ui.grid.open(search)
    await ui.details.button('Edit').click()
    await expect(ui.details.region).toContainText('Stays on this device')
    await expect(ui.details.region).not.toContainText('Sends to')
    await ui.details.form.fill({ 'Job title': 'Chief Gardener', Notes: 'Only here.' })
    await ui.details.form.button('Save').click()
    await expect(ui.details.form.button('Save')).toBeHidden()
    await expect(ui.details.region).toContainText('Chief Gardener')
    await expect(ui.grid.waitingMark(ui.grid.row(search))).toBeHidden()

    await ui.shell.goTo('Queue')
    await expect(ui.queue.rows).toHaveCount(0)
    await ui.shell.goTo('Sources')
    await ui.sources.fullSync(name)
    await app.restart()
    await ui.shell.goTo('Clients')
    await ui.grid.open(search)
    await expect(ui.details.region).toContainText('Chief Gardener')
    await expect(ui.details.region).toContainText('Only here.')
    await expect(ui.shell.syncStatus).toHaveText('Up to date')
    expect(vendor.requests.filter((request) => request.method !== 'GET')).toEqual([])
  })
}

test('a source that cannot create is offered for this device only', async ({ ui, vendors }) => {
  const vendor = await vendors.endors(3)
  await addAndBrowse(ui, endorsSource(vendor), 3)
  await ui.grid.newClient.click()
  await ui.newClient.chooseSource('Endors (this device only)')
  await ui.newClient.fill({ 'First name': 'Lokal', 'Last name': 'Held' })
  await ui.newClient.button('Create').click()
  await expect(ui.newClient.root).toBeHidden()
  await ui.grid.expectCount(4)
  await ui.shell.goTo('Queue')
  await expect(ui.queue.rows).toHaveCount(0)
  await ui.shell.goTo('Sources')
  await ui.sources.fullSync('Endors')
  await ui.shell.goTo('Clients')
  await ui.grid.search('lokal held')
  await ui.grid.expectCount(1)
})
