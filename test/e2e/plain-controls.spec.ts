import { expect, test } from './fixtures.ts'
import { addAndBrowse, fullEngageSource } from './support/add-sources.ts'

test('the switch shows its new side with the click, as `check()` wants it', async ({ ui, vendors }) => {
  const vendor = await vendors.fullEngage(3)
  await addAndBrowse(ui, fullEngageSource(vendor), 3)
  for (let round = 0; round < 3; round++) {
    await ui.shell.workOffline.check()
    await ui.shell.workOffline.uncheck()
  }
  await expect(ui.shell.syncStatus).toHaveText('Up to date')
})

test('a window without network calls its sources offline, and up to date once it is back', async ({
  app,
  ui,
  vendors,
}) => {
  const vendor = await vendors.fullEngage(3)
  await addAndBrowse(ui, fullEngageSource(vendor), 3)
  await ui.shell.goTo('Sources')
  await app.context().setOffline(true)
  await ui.sources.expectState('Full Engage', 'Offline')
  await expect(ui.shell.syncStatus).toHaveText('Offline')
  await app.context().setOffline(false)
  await ui.sources.expectState('Full Engage', 'Up to date')
  await expect(ui.shell.syncStatus).toHaveText('Up to date')
})

test('keys typed right after Ctrl+K belong to the palette', async ({ ui, vendors }) => {
  const vendor = await vendors.fullEngage(3)
  await addAndBrowse(ui, fullEngageSource(vendor), 3)
  for (let round = 0; round < 8; round++) {
    await ui.page.keyboard.press('Control+k')
    await ui.page.keyboard.type('queue')
    await expect(ui.shell.palette.getByRole('combobox')).toHaveValue('queue')
    await ui.page.keyboard.press('Escape')
    await expect(ui.shell.palette).toBeHidden()
  }
})

test('an empty book has one button of the name `New client`', async ({ ui, vendors }) => {
  const vendor = await vendors.fullEngage(0)
  await addAndBrowse(ui, fullEngageSource(vendor), 0)
  await ui.grid.newClient.click()
  await ui.newClient.fill({ Name: 'Ada First' })
  await ui.newClient.button('Create').click()
  await expect.poll(() => vendor.named('Ada First')).toHaveLength(1)
  await ui.grid.expectCount(1)
})
