import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { createUi } from './page-models/ui.ts'
import { addAndBrowse, fullEngageSource } from './support/add-sources.ts'

test('a second tab shows the same book and edits it; the first one sees the edit', async ({ ui, app, vendors }) => {
  const vendor = await vendors.fullEngage(8)
  await addAndBrowse(ui, fullEngageSource(vendor), 8)
  const tab = await app.context().newPage()
  await tab.goto(ui.page.url().replace(/#.*/, '#/clients'))
  const second = createUi(() => tab)
  await second.grid.expectCount(8)
  await second.grid.open('Anna Larsen')
  await second.details.edit({ Phone: '+1 8080' })
  await expect.poll(() => vendor.named('Anna Larsen')).toMatchObject([{ phone: '+1 8080' }])
  await ui.grid.search('anna')
  await expect(ui.grid.row('Anna Larsen')).toContainText('+1 8080')
  expect(vendor.requestsOf('PATCH')).toHaveLength(1)
})

test('the second tab goes on when the first is closed', async ({ ui, app, vendors }) => {
  const vendor = await vendors.fullEngage(8)
  await addAndBrowse(ui, fullEngageSource(vendor), 8)
  const tab = await app.context().newPage()
  await tab.goto(ui.page.url().replace(/#.*/, '#/clients'))
  const second = createUi(() => tab)
  await second.grid.expectCount(8)
  await ui.page.close()
  await second.grid.open('Anna Larsen')
  await second.details.edit({ Phone: '+1 9090' })
  await expect.poll(() => vendor.named('Anna Larsen'), { timeout: 20_000 }).toMatchObject([{ phone: '+1 9090' }])
  await expect(second.shell.syncStatus).toHaveText('Up to date')
  expect(vendor.requestsOf('PATCH')).toHaveLength(1)
})

test('F148 F160 the process of the first tab is stopped: the second takes over, and the first joins it when it goes on', async ({
  ui,
  app,
  vendors,
}) => {
  test.setTimeout(120_000)
  const vendor = await vendors.fullEngage(8)
  await addAndBrowse(ui, fullEngageSource(vendor), 8)
  const stopped = await rendererOf(ui.page)
  const tab = await app.context().newPage()
  await tab.goto(ui.page.url().replace(/#.*/, '#/clients'))
  const second = createUi(() => tab)
  await second.grid.expectCount(8)
  expect(await rendererOf(tab)).not.toBe(stopped)
  process.kill(stopped, 'SIGSTOP')
  try {
    // Nobody answers for as long as an owner is given; then the second one does.
    const results = tab.getByRole('grid', { name: 'Clients', exact: true })
    await second.shell.search.fill('anna')
    await expect(results).toHaveAttribute('data-query', 'anna', { timeout: 60_000 })
    await second.grid.open('Anna Larsen')
    await second.details.edit({ Phone: '+1 7070' })
    await expect.poll(() => vendor.named('Anna Larsen'), { timeout: 60_000 }).toMatchObject([{ phone: '+1 7070' }])
  } finally {
    process.kill(stopped, 'SIGCONT')
  }
  // It is an ordinary tab now: it shows what the other one did, and edits through it.
  await expect(ui.grid.row('Anna Larsen')).toContainText('+1 7070', { timeout: 30_000 })
  await ui.grid.open('Anna Larsen')
  await ui.details.edit({ Phone: '+1 6060' })
  await expect.poll(() => vendor.named('Anna Larsen'), { timeout: 30_000 }).toMatchObject([{ phone: '+1 6060' }])
  expect(vendor.requestsOf('PATCH')).toHaveLength(2)
})

/** Number of the process that runs a page: the one that works when the page does. */
async function rendererOf(page: Page): Promise<number> {
  const browser = page.context().browser()
  if (browser === null) throw new Error('a page without a browser')
  const devtools = await browser.newBrowserCDPSession()
  const used = async (): Promise<Map<number, number>> => {
    const { processInfo } = await devtools.send('SystemInfo.getProcessInfo')
    return new Map(processInfo.filter(({ type }) => type === 'renderer').map(({ id, cpuTime }) => [id, cpuTime]))
  }
  const before = await used()
  await page.evaluate(() => {
    const end = performance.now() + 1_500
    while (performance.now() < end);
  })
  const after = [...(await used())].map(([id, time]) => ({ id, worked: time - (before.get(id) ?? 0) }))
  await devtools.detach()
  const [busiest] = after.sort((a, b) => b.worked - a.worked)
  if (busiest === undefined) throw new Error('no renderer')
  return busiest.id
}

test('what is being typed in one tab is not offered in another', async ({ ui, app, vendors }) => {
  const vendor = await vendors.fullEngage(8)
  await addAndBrowse(ui, fullEngageSource(vendor), 8)
  await ui.grid.open('Anna Larsen')
  await ui.details.button('Edit').click()
  await ui.details.form.field('Phone').fill('+1 2')
  const drafts = () => ui.page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes('draft')).length)
  await expect.poll(drafts).toBe(1)
  const tab = await app.context().newPage()
  await tab.goto(ui.page.url().replace(/#.*/, '#/clients'))
  const second = createUi(() => tab)
  await second.grid.expectCount(8)
  // It looks twice, because a page that is just going may still hold its name.
  await tab.waitForTimeout(2_000)
  await expect(tab.getByRole('region', { name: 'Unfinished', exact: true })).toBeHidden()
  await ui.page.close()
  await tab.reload()
  await expect(tab.getByRole('region', { name: 'Unfinished', exact: true })).toContainText('Anna Larsen')
})
