import { expect, test } from './fixtures.ts'
import { addAndBrowse, fullEngageSource } from './support/add-sources.ts'

const PASSPHRASE = 'four quiet words here'

test('the system locks its screen: so does the app, its menus and tray say nothing, and a link waits until it is open', async ({
  ui,
  app,
  vendors,
}) => {
  test.slow()
  await addAndBrowse(ui, fullEngageSource(await vendors.fullEngage(8)), 8)
  await ui.grid.open('Anna Larsen')
  const id = /#\/clients\/(\w+)/.exec(ui.page.url())?.[1] ?? ''
  await ui.shell.goTo('Settings')
  await ui.page.getByRole('button', { name: 'Set passphrase…' }).click()
  const dialog = ui.page.getByRole('dialog', { name: 'Set passphrase' })
  await dialog.getByLabel('New passphrase', { exact: true }).fill(PASSPHRASE)
  await dialog.getByLabel('New passphrase again').fill(PASSPHRASE)
  await dialog.getByRole('button', { name: 'Encrypt' }).click()
  await expect(dialog).toBeHidden()
  const after = ui.page.getByLabel('Lock by itself')
  await after.selectOption('15')
  await expect(after).toHaveValue('15')
  await ui.page.reload()
  await expect(after).toHaveValue('15')
  await app.native?.emitPower('lock-screen')

  const screen = ui.page.getByRole('dialog', { name: 'Clientele is locked' })
  await expect(screen).toBeVisible()
  await app.native?.openUrl(`clientele://client/${id}`)
  await app.native?.emitPower('unlock-screen')
  await expect(screen).toBeVisible()
  expect(ui.page.url()).not.toContain(id)
  await screen.getByLabel('Passphrase').fill(PASSPHRASE)
  await ui.page.keyboard.press('Enter')
  await expect(screen).toBeHidden()
  await expect(ui.page).toHaveURL(new RegExp(id))
  await expect(ui.details.region).toContainText('Anna Larsen')
})
