import { expect, test } from './fixtures.ts'
import { lockScreen, PASSPHRASE, setPassphrase, unlock } from './page-models/lock.ts'
import { addAndBrowse, fullEngageSource } from './support/add-sources.ts'
import { expectNothingSerious } from './support/axe.ts'

test('a passphrase is set, asked for after a restart, refused when wrong, and opens what was written', async ({
  ui,
  app,
  vendors,
}) => {
  // Each try of a passphrase is meant to cost time.
  test.slow()
  const vendor = await vendors.fullEngage(8)
  await addAndBrowse(ui, fullEngageSource(vendor), 8)
  await ui.shell.setWorkOffline(true)
  await ui.grid.open('Anna Larsen')
  await ui.details.edit({ Phone: '+1 8080' })
  await ui.shell.goTo('Settings')

  await ui.page.getByRole('button', { name: 'Set passphrase…' }).click()
  const dialog = ui.page.getByRole('dialog', { name: 'Set passphrase' })
  await expect(dialog.getByLabel('New passphrase', { exact: true })).toBeFocused()
  await dialog.getByLabel('New passphrase', { exact: true }).fill('short')
  await dialog.getByLabel('New passphrase again').fill('shorter')
  await dialog.getByRole('button', { name: 'Encrypt' }).click()
  await expect(dialog).toContainText('These two differ.')
  await dialog.getByLabel('New passphrase again').fill('short')
  await dialog.getByRole('button', { name: 'Encrypt' }).click()
  await expect(dialog).toContainText('Use at least 8 characters')
  await expectNothingSerious(ui.page, 'Set passphrase')
  await dialog.getByLabel('New passphrase', { exact: true }).fill(PASSPHRASE)
  await dialog.getByLabel('New passphrase again').fill(PASSPHRASE)
  await dialog.getByRole('button', { name: 'Encrypt' }).click()
  await expect(dialog).toBeHidden()
  await expect(ui.page.getByRole('region', { name: 'Security' })).toContainText('Set. Unsent work')

  await app.restart()
  const screen = lockScreen(ui.page)
  await expect(screen).toBeVisible()
  await expect(ui.page.getByText('Anna Larsen')).toHaveCount(0)
  await expectNothingSerious(ui.page, 'lock screen')
  await unlock(ui.page, 'not these four words')
  await expect(screen).toContainText('This is not the passphrase.')
  await expect(screen.getByLabel('Passphrase')).toBeFocused()
  await unlock(ui.page, PASSPHRASE)
  await expect(screen).toBeHidden()
  await ui.shell.goTo('Clients')
  await expect(ui.grid.row('Anna Larsen')).toContainText('+1 8080')
  await ui.shell.goTo('Queue')
  await expect(ui.queue.row('Anna Larsen')).toContainText('+1 8080')
})

test('a forgotten passphrase: what is lost is said, a word is typed, and the app begins anew', async ({
  ui,
  vendors,
}) => {
  // Each try of a passphrase is meant to cost time.
  test.slow()
  const vendor = await vendors.fullEngage(8)
  await addAndBrowse(ui, fullEngageSource(vendor), 8)
  await ui.shell.goTo('Settings')
  await setPassphrase(ui.page, PASSPHRASE)
  await ui.page.getByRole('region', { name: 'Security' }).getByRole('button', { name: 'Lock', exact: true }).click()
  const screen = lockScreen(ui.page)
  await screen.getByRole('button', { name: 'I forgot the passphrase…' }).click()
  await expect(screen).toContainText('Edits that were not sent')
  await screen.getByLabel('Type forget to go on').fill('no')
  await screen.getByRole('button', { name: 'Remove this profile from this computer' }).click()
  await expect(screen).toContainText('Type the word forget.')
  await screen.getByLabel('Type forget to go on').fill('forget')
  await screen.getByRole('button', { name: 'Remove this profile from this computer' }).click()
  await expect(ui.page.getByRole('heading', { name: 'Welcome to Clientele' })).toBeVisible()
  const books = await ui.page.evaluate(async () =>
    (await indexedDB.databases()).map((each) => each.name).filter((name) => name?.startsWith('clientele-')),
  )
  expect(books).toHaveLength(1)
})
