import { expect, test } from './fixtures.ts'
import { addAndBrowse, fullEngageSource } from './support/add-sources.ts'

test('search, move, open, edit and save without a pointer', async ({ ui, vendors }) => {
  const vendor = await vendors.fullEngage(12)
  await addAndBrowse(ui, fullEngageSource(vendor), 12)
  const { keyboard } = ui.page

  await keyboard.press('/')
  await expect(ui.shell.search).toBeFocused()
  await keyboard.type('anna')
  await expect(ui.grid.grid).toHaveAttribute('data-query', 'anna')
  await keyboard.press('ArrowDown')
  await keyboard.press('Enter')
  await expect(ui.details.heading('Anna Larsen')).toBeVisible()
  await keyboard.press('e')
  await expect(ui.details.form.button('Save')).toBeVisible()
  await ui.details.form.field('Phone').fill('+1 31415')
  await keyboard.press('Control+Enter')
  await expect(ui.details.form.button('Save')).toBeHidden()
  await expect.poll(() => vendor.named('Anna Larsen')).toMatchObject([{ phone: '+1 31415' }])
})

test('arrow keys move from row to row, Escape closes the details', async ({ ui, vendors }) => {
  const vendor = await vendors.fullEngage(12)
  await addAndBrowse(ui, fullEngageSource(vendor), 12)
  await ui.grid.rows.first().click()
  const region = ui.details.region
  await expect(region).toBeVisible()
  const first = (await region.getByRole('heading').first().textContent()) ?? ''
  await ui.page.keyboard.press('ArrowDown')
  await expect(region.getByRole('heading').first()).not.toHaveText(first)
  await ui.page.keyboard.press('ArrowUp')
  await expect(region.getByRole('heading').first()).toHaveText(first)
  await ui.page.keyboard.press('Escape')
  await expect(region).toBeHidden()
})

test('G and a letter go to the places', async ({ ui, vendors }) => {
  const vendor = await vendors.fullEngage(2)
  await addAndBrowse(ui, fullEngageSource(vendor), 2)
  const places: readonly (readonly [key: string, address: string])[] = [
    ['q', 'queue'],
    ['x', 'conflicts'],
    ['p', 'pipeline'],
    ['t', 'testimonials'],
    ['i', 'insights'],
    ['s', 'sources'],
    ['c', 'clients'],
  ]
  for (const [key, address] of places) {
    await ui.page.keyboard.press('g')
    await ui.page.keyboard.press(key)
    await expect(ui.page).toHaveURL(new RegExp(`#/${address}`))
  }
  await ui.page.keyboard.press('Control+,')
  await expect(ui.page).toHaveURL(/#\/settings/)
})

test('the palette finds a client and a command', async ({ ui, vendors }) => {
  const vendor = await vendors.fullEngage(12)
  await addAndBrowse(ui, fullEngageSource(vendor), 12)
  await ui.page.keyboard.press('Control+k')
  await expect(ui.shell.palette).toBeVisible()
  await ui.page.keyboard.type('anna lar')
  await expect(ui.shell.palette).toContainText('Anna Larsen')
  await ui.page.keyboard.press('Enter')
  await expect(ui.shell.palette).toBeHidden()
  await expect(ui.details.heading('Anna Larsen')).toBeVisible()

  await ui.page.keyboard.press('Control+k')
  await expect(ui.shell.palette).toBeVisible()
  await ui.page.keyboard.type('queue')
  await ui.page.keyboard.press('Enter')
  await expect(ui.page).toHaveURL(/#\/queue/)
  await ui.page.keyboard.press('Control+k')
  await expect(ui.shell.palette).toBeVisible()
  await ui.page.keyboard.press('Escape')
  await expect(ui.shell.palette).toBeHidden()
})

test('N opens a new client, Ctrl+F the search, Ctrl+Shift+O works offline', async ({ ui, vendors }) => {
  const vendor = await vendors.fullEngage(2)
  await addAndBrowse(ui, fullEngageSource(vendor), 2)
  await ui.page.keyboard.press('n')
  await expect(ui.newClient.root).toBeVisible()
  await ui.page.keyboard.press('Escape')
  await expect(ui.newClient.root).toBeHidden()
  await ui.page.keyboard.press('Control+f')
  await expect(ui.shell.search).toBeFocused()
  await ui.page.keyboard.press('Escape')
  await ui.page.keyboard.press('Control+Shift+O')
  await expect(ui.shell.workOffline).toBeChecked()
})
