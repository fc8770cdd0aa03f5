import { expect, test } from './fixtures.ts'

const SOURCES = ['Endors', 'Full Engage', 'Spott', 'Connect', 'Clients v1'] as const

test('a first start offers a source or sample data, and nothing else', async ({ ui }) => {
  await expect(ui.page.getByRole('heading', { name: 'Welcome to Clientele', exact: true })).toBeVisible()
  await expect(ui.page.getByRole('button', { name: 'Add source', exact: true })).toBeVisible()
  await expect(ui.page.getByRole('button', { name: 'Explore with sample data', exact: true })).toBeVisible()
  await expect(ui.grid.grid).toBeHidden()
})

test('sample data brings a thousand clients of five sources within seconds, and they stay', async ({ ui, app }) => {
  await ui.page.getByRole('button', { name: 'Explore with sample data', exact: true }).click()
  await ui.grid.expectCount(1000, { timeout: 20_000 })
  await expect(ui.shell.syncStatus).toHaveText('Up to date', { timeout: 20_000 })

  await ui.shell.goTo('Sources')
  for (const source of SOURCES) await ui.sources.expectState(source, 'Up to date')

  await app.restart()
  await ui.shell.goTo('Clients')
  await ui.grid.expectCount(1000)
  await expect(ui.shell.syncStatus).toHaveText('Up to date', { timeout: 20_000 })
  await ui.grid.expectCount(1000)
})

test('a sample client can be found, opened and edited, and the edit reaches its source', async ({ ui }) => {
  await ui.page.getByRole('button', { name: 'Explore with sample data', exact: true }).click()
  await ui.grid.expectCount(1000, { timeout: 20_000 })
  await expect(ui.shell.syncStatus).toHaveText('Up to date', { timeout: 20_000 })

  await ui.grid.search('source:full-engage')
  await ui.grid.rows.first().click()
  await expect(ui.details.region).toBeVisible()
  await ui.details.edit({ Name: 'Odalys Quenneville-Sample' })
  await ui.grid.search('odalys')
  await ui.grid.expectCount(1)
  await expect(ui.grid.waitingMark(ui.grid.row('Odalys'))).toBeHidden()
  await expect(ui.shell.syncStatus).toHaveText('Up to date')
})
