import { expect, test } from './fixtures.ts'
import { addAndBrowse, fullEngageSource } from './support/add-sources.ts'

test('a start shows the list as it was left before the store has answered, takes up what was saved, and what came since', async ({
  ui,
  vendors,
}) => {
  const vendor = await vendors.fullEngage(8)
  await addAndBrowse(ui, fullEngageSource(vendor), 8)
  const nextStart = ui.page.getByText(/the next start takes up list and search from there/)
  await expect(async () => {
    await ui.shell.goTo('Clients')
    await ui.shell.goTo('Settings')
    await expect(nextStart).toBeVisible({ timeout: 1_500 })
  }).toPass({ timeout: 30_000 })
  await expect(ui.page.getByText(/is what the sources say, .* for search\./)).toBeVisible()
  // Later than what was saved.
  await ui.shell.goTo('Clients')
  await ui.grid.open('Anna Larsen')
  await ui.details.edit({ Notes: 'zebra crossing' })
  await expect(ui.shell.syncStatus).toHaveText('Up to date', { timeout: 20_000 })

  // The store comes late.
  let letGo = (): void => undefined
  const held = new Promise<void>((resolve) => {
    letGo = resolve
  })
  await ui.page.context().route('**/worker-*.js', async (route) => {
    await held
    await route.continue()
  })
  await ui.page.goto(new URL('/', ui.page.url()).href)
  await expect(ui.grid.row('Anna Larsen')).toBeVisible()
  await expect(ui.page.getByText('As you left it; opening the book')).toBeVisible()
  await expect(ui.shell.syncStatus).not.toHaveText('Up to date')
  letGo()
  await expect(ui.shell.syncStatus).toHaveText('Up to date', { timeout: 20_000 })
  await expect(ui.page.getByText('As you left it; opening the book')).toBeHidden()
  await ui.grid.search('zebra')
  await expect(ui.grid.row('Anna Larsen')).toBeVisible()
  await ui.grid.expectCount(1)
  // Not made anew from the segments: then nothing would be saved yet.
  await ui.shell.goTo('Settings')
  await expect(nextStart).toBeVisible({ timeout: 3_000 })
})
