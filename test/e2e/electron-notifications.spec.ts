import { expect, test } from './fixtures.ts'
import { addAndBrowse, fullEngageSource } from './support/add-sources.ts'
import { refusal } from './vendors/vendor-server.ts'

test('refused edits are told as one while the window is not in front, and a click leads to them', async ({
  ui,
  native,
  vendors,
}) => {
  test.setTimeout(120_000)
  const vendor = await vendors.fullEngage(8)
  await addAndBrowse(ui, fullEngageSource(vendor), 8)
  vendor.weather = (request, serve) => (request.method === 'PATCH' ? refusal(422, 'No.') : serve())
  await ui.grid.open('Anna Larsen')
  await native.windowDo('focus')
  await ui.details.edit({ Phone: '+1 1' })
  await expect(ui.shell.syncStatus).toHaveText('Attention needed')
  // Longer than several are gathered: what stands in the window in front is not told.
  await ui.page.waitForTimeout(6_000)
  expect(await native.notifications()).toEqual([])

  await ui.grid.open('Zoë')
  await ui.details.button('Edit').click()
  await ui.details.form.fill({ Phone: '+1 2' })
  await native.windowDo('blur')
  await ui.details.form.button('Save').click()
  await expect
    .poll(async () => (await native.notifications()).map(({ title }) => title), { timeout: 15_000 })
    .toEqual(['2 edits were refused by Full Engage'])
  await native.clickNotification('2 edits were refused by Full Engage')
  await expect(ui.page).toHaveURL(/#\/queue/)
})

test('quick search and quick add come from anywhere, and Settings say what the system took', async ({
  ui,
  native,
  vendors,
}) => {
  const vendor = await vendors.fullEngage(8)
  await addAndBrowse(ui, fullEngageSource(vendor), 8)
  await ui.shell.goTo('Settings')
  const desktop = ui.page.getByRole('region', { name: 'Desktop', exact: true })
  await native.takeShortcut('CmdOrCtrl+Shift+K')
  const keys = desktop.getByRole('button', { name: /^Keys of quick search/ })
  await keys.click()
  await ui.page.keyboard.press('Control+Shift+k')
  await expect(desktop).toContainText('another program has them')
  await keys.click()
  await ui.page.keyboard.press('Control+Shift+Space')
  await expect(desktop).not.toContainText('another program has them')
  await expect.poll(() => native.shortcuts()).toEqual(['CmdOrCtrl+Shift+Space'])
  await native.pressShortcut('CmdOrCtrl+Shift+Space')
  await expect(ui.shell.search).toBeFocused()

  await desktop.getByRole('switch', { name: 'Tray icon', exact: true }).click()
  await expect.poll(async () => (await native.tray())?.toolTip ?? '').toContain('Up to date')
  await native.clickTray(['New client…'])
  await expect(ui.newClient.root).toBeVisible()
  await ui.page.keyboard.press('Escape')
  await expect(ui.page.getByRole('region', { name: 'Updates', exact: true })).toContainText('does not update itself')
})
