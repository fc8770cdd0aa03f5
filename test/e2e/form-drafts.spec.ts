import { expect, test } from './fixtures.ts'
import type { Ui } from './page-models/ui.ts'
import { addAndBrowse, fullEngageSource } from './support/add-sources.ts'
import { pastedText } from './support/pasted-text.ts'

const NOTES = 'Called twice.\nPrefers mornings.'
const unfinished = (ui: Ui) => ui.page.getByRole('region', { name: 'Unfinished', exact: true })

test('what was typed in a form is offered after a reload and after a restart, until it is saved', async ({
  app,
  ui,
  vendors,
}) => {
  const vendor = await vendors.fullEngage(12)
  await addAndBrowse(ui, fullEngageSource(vendor), 12)
  await ui.grid.open('Anna Larsen')
  await ui.details.button('Edit').click()
  await ui.details.form.field('Notes').fill(NOTES)
  await ui.page.reload()
  await expect(unfinished(ui)).toContainText('You were editing Anna Larsen.')

  await app.restart()
  await expect(unfinished(ui)).toContainText('You were editing Anna Larsen.')
  await unfinished(ui).getByRole('button', { name: 'Continue' }).click()
  await expect(ui.details.form.field('Notes')).toHaveValue(NOTES)
  await expect(unfinished(ui)).toBeHidden()
  await ui.details.form.button('Save').click()
  await expect.poll(() => vendor.named('Anna Larsen')).toMatchObject([{ notes: NOTES }])

  await ui.page.reload()
  await expect(ui.shell.syncStatus).toHaveText('Up to date')
  await expect(unfinished(ui)).toBeHidden()
  expect(await ui.page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes('draft')))).toEqual([])
})

test('what was typed about a client that is gone by then can still be had', async ({ ui, vendors }) => {
  const vendor = await vendors.fullEngage(8)
  await addAndBrowse(ui, fullEngageSource(vendor), 8)
  await ui.grid.open('Anna Larsen')
  await ui.details.button('Edit').click()
  await ui.details.form.field('Phone').fill('+1 31415')
  await ui.page.reload()
  await expect(unfinished(ui)).toContainText('You were editing Anna Larsen.')
  await ui.grid.open('Anna Larsen')
  await ui.details.delete()
  await expect.poll(() => vendor.named('Anna Larsen'), { timeout: 30_000 }).toEqual([])
  await unfinished(ui).getByRole('button', { name: 'Continue' }).click()
  await expect(unfinished(ui)).toContainText('This client is not here any more')
  await unfinished(ui).getByRole('button', { name: 'Copy what I typed' }).click()
  await expect(ui.shell.toast('What you typed is on the clipboard.')).toBeVisible()
  expect(await pastedText(ui.page)).toBe('Phone: +1 31415')
})

test('a new client that was being written comes back, or is dropped', async ({ ui, vendors }) => {
  const vendor = await vendors.fullEngage(2)
  await addAndBrowse(ui, fullEngageSource(vendor), 2)
  await ui.page.keyboard.press('n')
  await ui.newClient.field('Name').fill('Half Written')
  await ui.newClient.field('Notes').fill(NOTES)
  await ui.page.reload()
  await unfinished(ui).getByRole('button', { name: 'Continue' }).click()
  await expect(ui.newClient.field('Name')).toHaveValue('Half Written')
  await expect(ui.newClient.field('Notes')).toHaveValue(NOTES)
  await ui.page.reload()
  await unfinished(ui).getByRole('button', { name: 'Discard' }).click()
  await expect(unfinished(ui)).toBeHidden()
  await ui.page.keyboard.press('n')
  await expect(ui.newClient.field('Name')).toHaveValue('')
})

test('nothing is kept of a form that was cancelled or only looked at', async ({ ui, vendors }) => {
  const vendor = await vendors.fullEngage(12)
  await addAndBrowse(ui, fullEngageSource(vendor), 12)
  await ui.grid.open('Anna Larsen')
  await ui.details.button('Edit').click()
  await ui.details.form.field('Phone').fill('+1 1')
  await ui.details.form.button('Cancel').click()
  await ui.details.button('Edit').click()
  await ui.page.reload()
  await expect(ui.shell.syncStatus).toHaveText('Up to date')
  await expect(unfinished(ui)).toBeHidden()
})
