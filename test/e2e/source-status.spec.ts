import { readFileSync } from 'node:fs'
import { expect, test } from './fixtures.ts'
import type { Ui } from './page-models/ui.ts'
import { addAndBrowse, addAndWait, endorsSource, fullEngageSource, spottSource } from './support/add-sources.ts'
import type { FullEngage } from './vendors/full-engage.ts'

const NAME = 'Full Engage'
const STOPPED = /Stopped after (page 2 of 5|200 of about 450 clients)/

/** Answers two pages, then none. */
function stopAfterTwoPages(vendor: FullEngage): void {
  vendor.weather = (request, serve) => (Number(request.url.searchParams.get('offset') ?? '0') >= 190 ? 'cut' : serve())
}

test('an interrupted read says where it stopped, over a restart, and goes on from there', async ({
  ui,
  app,
  vendors,
}) => {
  const vendor = await vendors.fullEngage(450)
  stopAfterTwoPages(vendor)
  await ui.addSource.add(fullEngageSource(vendor))
  await ui.shell.goTo('Sources')
  await expect(ui.sources.row(NAME)).toContainText(STOPPED, { timeout: 20_000 })
  await expect(ui.sources.row(NAME)).toContainText('Not yet')
  await ui.shell.setWorkOffline(true)
  // The switch moves at once; the core has it when the source says so.
  await ui.sources.expectState(NAME, 'Offline')
  await app.restart()
  await ui.shell.goTo('Sources')
  await ui.sources.expectState(NAME, 'Offline')
  await expect(ui.sources.row(NAME)).toContainText(STOPPED)

  vendor.weather = null
  const before = vendor.requests.length
  await ui.shell.setWorkOffline(false)
  await ui.sources.expectState(NAME, 'Up to date', { timeout: 20_000 })
  await expect(ui.sources.row(NAME)).not.toContainText('Stopped after')
  await expect(ui.sources.row(NAME)).toContainText('Deletions are noticed')
  // What was stored is not asked for again, but for the overlap that proves that nobody was missed.
  const offsets = vendor.requests.slice(before).map(({ url }) => Number(url.searchParams.get('offset') ?? '0'))
  expect(Math.min(...offsets)).toBeGreaterThanOrEqual(100)
})

test('the list says that a source is missing, which one, and why', async ({ ui, vendors }) => {
  await addAndBrowse(ui, fullEngageSource(await vendors.fullEngage(8)), 8)
  const foot = ui.page.getByRole('link', { name: /sources? complete/ })
  await expect(foot).toHaveCount(0)
  await expect(ui.page.getByText('1 source complete', { exact: true })).toBeVisible()

  const spott = await vendors.spott(20)
  spott.weather = () => ({ status: 500, json: { error: 'Maintenance' } })
  await ui.shell.goTo('Sources')
  await ui.addSource.open()
  await ui.addSource.fill(spottSource(spott))
  await ui.addSource.button('Add and sync').click()
  // The trial fails; the source is added all the same.
  await ui.addSource.dialog.getByRole('button', { name: /anyway/i }).click()
  await expect(ui.addSource.dialog).toBeHidden()
  await ui.shell.goTo('Clients')
  await expect(foot).toContainText('1 of 2 sources complete')
  await foot.hover()
  await expect(ui.page.getByRole('tooltip')).toContainText('Spott was not read to its end yet.')
  await ui.grid.search('nobody is called this')
  await expect(ui.page.getByText(/1 of 2 sources complete: more may come/)).toBeVisible()
  spott.weather = null
  await foot.click()
  await ui.sources.syncNow('Spott')
  await ui.shell.goTo('Clients')
  await expect(foot).toHaveCount(0)
})

test('a source is told to hold new edits for a look, and still does after a restart', async ({ ui, app, vendors }) => {
  const vendor = await vendors.fullEngage(8)
  await addAndWait(ui, fullEngageSource(vendor))
  await ui.sources.review(NAME).click()
  await expect(ui.sources.review(NAME)).toBeChecked()
  await app.restart()
  await ui.shell.goTo('Sources')
  await expect(ui.sources.review(NAME)).toBeChecked()
  await ui.shell.goTo('Clients')
  await ui.grid.open('Anna Larsen')
  await ui.details.edit({ Phone: '+1 8080' })
  await ui.shell.goTo('Queue')
  await expect(ui.queue.row('Anna Larsen')).toBeVisible()
  await ui.page.getByRole('button', { name: 'Send all', exact: true }).click()
  await expect.poll(() => vendor.named('Anna Larsen')[0]?.phone).toBe('+1 8080')

  await ui.shell.goTo('Sources')
  await ui.sources.review(NAME).click()
  await expect(ui.sources.review(NAME)).not.toBeChecked()
  await ui.shell.goTo('Clients')
  await ui.grid.open('Anna Larsen')
  await ui.details.edit({ Phone: '+1 9090' })
  await expect.poll(() => vendor.named('Anna Larsen')[0]?.phone).toBe('+1 9090')
})

test('a source that takes no edits has no switch for them', async ({ ui, vendors }) => {
  await addAndWait(ui, endorsSource(await vendors.endors(4)))
  await expect(ui.sources.review('Endors')).toHaveCount(0)
})

test('a held removal names everybody, is kept for now, and goes when it is believed', async ({ ui, vendors }) => {
  const vendor = await vendors.fullEngage(30)
  await addAndWait(ui, fullEngageSource(vendor))
  const gone = vendor.clients.splice(10, 12)
  await ui.sources.button(NAME, 'Full sync').click()
  await ui.sources.expectSays(/returned 18 of 30 clients\. Nothing was removed, because 12 clients at once/)
  await expect(ui.shell.syncStatus).toHaveText('Attention needed')
  await ui.page.getByRole('button', { name: 'Show names', exact: true }).click()
  const names = ui.page.getByRole('list', { name: `Clients that ${NAME} no longer returns` }).getByRole('listitem')
  await expect(names).toHaveCount(12)
  await expect(names.filter({ hasText: gone[0]?.name ?? '' }).first()).toBeVisible()

  await ui.page.getByRole('button', { name: 'Keep them', exact: true }).click()
  await expect(ui.shell.syncStatus).toHaveText('Up to date')
  await ui.sources.button(NAME, 'Full sync').click()
  await ui.sources.expectSays(/returned 18 of 30 clients/)
  await ui.page.getByRole('button', { name: 'Remove them', exact: true }).click()
  await ui.page.getByRole('button', { name: 'Show', exact: true }).click()
  await expect(ui.tray.rows).toHaveCount(12)
  await expect(ui.tray.row(gone[0]?.name ?? '')).toContainText('Missing from Full Engage in complete reads.')
  await ui.shell.goTo('Clients')
  await ui.grid.expectCount(18)
})

/** One edit that waits and one value that only this device has. */
async function writeBoth(ui: Ui): Promise<void> {
  await ui.shell.setWorkOffline(true)
  await ui.grid.open('Anna Larsen')
  await ui.details.edit({ Phone: '+1 8080', Company: 'Larsen & Co' })
}

test('F169 a source is removed only after what exists nowhere else was counted, named and offered as a file', async ({
  ui,
  vendors,
}) => {
  const vendor = await vendors.fullEngage(8)
  await addAndBrowse(ui, fullEngageSource(vendor), 8)
  await writeBoth(ui)
  await ui.shell.goTo('Sources')
  await ui.sources.button(NAME, 'Remove').click()
  const question = ui.page.getByRole('alertdialog', { name: 'Remove source', exact: true })
  await expect(question).toContainText('7 of its 8 clients leave this device.')
  await expect(question).toContainText('1 unsent edit and 1 value of this device exist nowhere else.')
  await expect(question).toContainText('1 client with your own work stays here')
  await expect(question).toContainText('Anna Larsen')
  const download = ui.page.waitForEvent('download')
  await question.getByRole('button', { name: 'Export unsent work', exact: true }).click()
  const file = readFileSync(await (await download).path(), 'utf8')
  expect(file).toContain('+1 8080')
  expect(file).toContain('Larsen & Co')
  expect(file).not.toContain(vendor.key)

  await question.getByRole('button', { name: 'Cancel', exact: true }).click()
  await ui.shell.goTo('Clients')
  await ui.grid.search('')
  await ui.grid.expectCount(8)
  await ui.shell.goTo('Sources')
  await ui.sources.button(NAME, 'Remove').click()
  await question.getByRole('button', { name: 'Remove', exact: true }).click()
  await expect(question).toBeHidden()
  await expect(ui.page.getByText('No source yet')).toBeVisible()
  await ui.shell.goTo('Clients')
  await ui.grid.expectCount(1)
  await expect(ui.grid.row('Anna Larsen')).toContainText('+1 8080')
  expect(vendor.requestsOf('PATCH')).toEqual([])
})
