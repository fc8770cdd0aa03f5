import { expect, test } from './fixtures.ts'
import { lockScreen, PASSPHRASE, setPassphrase, unlock } from './page-models/lock.ts'
import { addAndBrowse, fullEngageSource } from './support/add-sources.ts'

test('locked now, in every tab: nothing of the book is in the page, Esc and Tab lead nowhere, and what was being typed is still there', async ({
  ui,
  vendors,
}) => {
  test.slow()
  const vendor = await vendors.fullEngage(8)
  await addAndBrowse(ui, fullEngageSource(vendor), 8)
  await ui.shell.goTo('Settings')
  await setPassphrase(ui.page, PASSPHRASE)
  await ui.shell.goTo('Clients')
  await ui.page.keyboard.press('n')
  const form = ui.page.getByRole('dialog', { name: 'New client' })
  await form.getByLabel('Name', { exact: true }).fill('Half Typed')
  // Locked in another tab, as by the clock or by the lid of the machine: this one is in the middle of something.
  const other = await ui.page.context().newPage()
  await other.goto(new URL('/#/settings', ui.page.url()).href)
  await other.getByRole('region', { name: 'Security' }).getByRole('button', { name: 'Lock', exact: true }).click()
  await expect(lockScreen(other)).toBeVisible()

  const screen = lockScreen(ui.page)
  await expect(screen.getByLabel('Passphrase')).toBeFocused()
  const html = await ui.page.content()
  for (const hidden of ['Anna Larsen', 'Half Typed', 'Full Engage']) expect(html).not.toContain(hidden)
  await ui.page.keyboard.press('Escape')
  await expect(screen).toBeVisible()
  for (let i = 0; i < 6; i++) await ui.page.keyboard.press('Tab')
  await expect(screen.locator(':focus')).toHaveCount(1)

  await other.close()
  await unlock(ui.page, PASSPHRASE)
  await expect(screen).toBeHidden()
  await expect(form.getByLabel('Name', { exact: true })).toHaveValue('Half Typed')
  await form.getByRole('button', { name: 'Create' }).click()
  await expect(form).toBeHidden()
  await ui.grid.search('half')
  await expect(ui.grid.row('Half Typed')).toBeVisible()
})
