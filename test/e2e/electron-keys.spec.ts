import { expect, test } from './fixtures.ts'
import { addAndBrowse, fullEngageSource } from './support/add-sources.ts'

test('a keychain with another key, as after a password reset: the source asks for its key again, and loses nothing', async ({
  ui,
  app,
  vendors,
}) => {
  test.slow()
  const vendor = await vendors.fullEngage(8)
  await addAndBrowse(ui, fullEngageSource(vendor), 8)
  await app.native?.setKeyring('key-changed')
  await app.restart()
  await ui.shell.goTo('Sources')
  await ui.sources.expectSays(/The system’s keychain no longer opens the key of Full Engage\. Enter it again\./)
  await expect(ui.sources.row('Full Engage')).toContainText('8')
  await ui.sources.row('Full Engage').getByRole('button', { name: 'Enter key' }).click()
  await ui.sources.dialog.getByLabel('API key', { exact: true }).fill(vendor.key)
  await ui.sources.save()
  await ui.sources.expectState('Full Engage', 'Up to date')
  await app.restart()
  await ui.shell.goTo('Sources')
  await ui.sources.expectState('Full Engage', 'Up to date')
  await ui.shell.goTo('Clients')
  await ui.grid.expectCount(8)
})

test('a system that would seal with a password that everybody knows: said beside the key, and a key file only by consent', async ({
  ui,
  app,
  vendors,
}) => {
  test.slow()
  const vendor = await vendors.fullEngage(8)
  await app.native?.setKeyring('basic-text')
  await app.restart()
  await ui.shell.goTo('Sources')
  await ui.page.getByRole('button', { name: 'Add source' }).first().click()
  await expect(ui.page.getByRole('dialog', { name: 'Add source' })).toContainText(
    'Kept only until Clientele closes: the system’s keychain would not protect it.',
  )
  await ui.page.keyboard.press('Escape')
  await addAndBrowse(ui, fullEngageSource(vendor), 8)
  await ui.shell.goTo('Settings')
  const security = ui.page.getByRole('region', { name: 'Security' })
  await expect(security).toContainText('The system’s keychain would not protect keys.')
  await security.getByRole('radio', { name: 'In a key file' }).check({ force: true })
  const keep = security.getByRole('button', { name: 'Keep keys like this' })
  await expect(keep).toBeDisabled()
  await security.getByRole('checkbox', { name: /I know who could read the keys/ }).check()
  await keep.click()
  await expect(security).toContainText('under a key file that only you may read')
  await app.restart()
  await ui.shell.goTo('Sources')
  await ui.sources.expectState('Full Engage', 'Up to date')
})
