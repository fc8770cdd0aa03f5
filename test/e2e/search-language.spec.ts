import { expect, test } from './fixtures.ts'
import { addAndBrowse, endorsSource } from './support/add-sources.ts'
import { expectNothingSerious } from './support/axe.ts'

test('filters are completed by keys, what cannot be read says what to write', async ({ ui, vendors }) => {
  const vendor = await vendors.endors(20)
  await addAndBrowse(ui, endorsSource(vendor), 20)
  const { search } = ui.shell
  const { keyboard } = ui.page
  const list = (name: string) => ui.page.getByRole('listbox', { name, exact: true })

  await search.pressSequentially('sta')
  await expect(list('Filters').getByRole('option')).toHaveCount(1)
  await keyboard.press('ArrowDown')
  await keyboard.press('Enter')
  await expect(search).toHaveValue('status:')
  await expect(list('Statuses').getByRole('option')).toHaveText([/^Active\s*16$/, /^Paused\s*4$/])
  await expectNothingSerious(ui.page, 'the search box with its list')
  await keyboard.type('pau')
  await keyboard.press('ArrowDown')
  await keyboard.press('Enter')
  await expect(ui.page.getByRole('button', { name: 'Remove filter status:Paused', exact: true })).toBeVisible()
  await ui.grid.expectCount(4)

  await keyboard.type('-tag:priority ')
  await ui.grid.expectCount(2)
  await keyboard.type('is:wating ')
  await expect(ui.page.getByRole('alert')).toContainText('“is:” does not know “wating”')
  await ui.grid.expectCount(2)
  await ui.page.getByRole('button', { name: 'Use is:waiting', exact: true }).click()
  await ui.grid.expectCount(0)
  await expect(ui.page.getByRole('alert')).toHaveCount(0)

  // With no list open, the keys are the results' own.
  await search.fill('zoe')
  await ui.grid.expectCount(2)
  await expect(ui.page.getByRole('listbox')).toHaveCount(0)
  await keyboard.press('ArrowDown')
  await expect(ui.grid.rows.first().getByRole('gridcell').nth(1)).toBeFocused()
})

test('rows show what was found, in which field, and that it is only close', async ({ ui, vendors }) => {
  const vendor = await vendors.endors(20)
  await addAndBrowse(ui, endorsSource(vendor), 20)
  await ui.grid.search('nunez calls')
  const row = ui.grid.rows.first()
  await expect(row.locator('mark')).toHaveText(['Núñez'])
  await expect(row.getByText('notes', { exact: true })).toBeVisible()
  await expect(row.getByTitle(/^notes: Prefers calls on day \d+\.$/)).toBeVisible()

  await ui.grid.search('alvares')
  await expect(ui.page.getByText('Nobody has all of these words as typed; these come close')).toBeVisible()
  await expect(ui.grid.rows.first().locator('mark')).toHaveText(['Álvarez'])

  await ui.page.keyboard.press('Control+k')
  await ui.page.keyboard.type('-name:zoe notes:"day 4"')
  const found = ui.page.getByRole('dialog', { name: 'Command palette' }).getByRole('group', { name: 'Clients' })
  await expect(found.getByRole('option')).toHaveCount(1)
  await expect(found.getByRole('option').locator('mark')).toHaveText(['day 4'])
})
