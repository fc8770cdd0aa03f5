import { expect, test } from './fixtures.ts'
import { addAndBrowse, fullEngageSource } from './support/add-sources.ts'

const NAME = 'Anna Larsen'

test('the timeline says who changed what, and puts one field back as a new edit', async ({ ui, vendors }) => {
  const vendor = await vendors.fullEngage(8)
  await addAndBrowse(ui, fullEngageSource(vendor), 8)
  const before = vendor.named(NAME)[0]?.phone ?? ''
  await ui.grid.open(NAME)
  await ui.details.edit({ Phone: '+1 700', Company: 'Larsen & Co' })
  await expect.poll(() => vendor.named(NAME)[0]?.phone).toBe('+1 700')
  await expect(ui.shell.syncStatus).toHaveText('Up to date')

  await ui.details.tab('Timeline').click()
  const mine = ui.details.events.filter({ hasText: 'You changed Phone and Company' })
  await expect(mine).toContainText(`${before}`)
  await expect(mine).toContainText('+1 700')
  const putBack = mine.getByRole('button', { name: 'Put back Phone', exact: true })
  await putBack.focus()
  await expect(putBack).toHaveAttribute('aria-description', 'Sends to Full Engage')
  await ui.page.keyboard.press('Enter')
  await expect.poll(() => vendor.named(NAME)[0]?.phone).toBe(before)
  await expect(ui.details.events.filter({ hasText: 'You put back Phone' })).toHaveCount(1)
  // The value is here again: nothing is left to put back in that line.
  await expect(putBack).toHaveCount(0)
  expect(vendor.requestsOf('PATCH')).toHaveLength(2)

  await expect(mine.getByRole('button', { name: 'Put back Company', exact: true })).toHaveAttribute(
    'aria-description',
    'Stays on this device',
  )
})

test('what the source changed is shown with both values and can be put back', async ({ ui, vendors }) => {
  const vendor = await vendors.fullEngage(8)
  await addAndBrowse(ui, fullEngageSource(vendor), 8)
  const client = vendor.named(NAME)[0]
  vendor.change(client?.id ?? '', { phone: '+1 999' })
  await ui.shell.syncAll.click()
  await ui.grid.open(NAME)
  await ui.details.tab('Timeline').click()
  const theirs = ui.details.events.filter({ hasText: 'Full Engage changed Phone' })
  await expect(theirs).toContainText('+1 999')
  await theirs.getByRole('button', { name: 'Put back Phone' }).click()
  await expect.poll(() => vendor.named(NAME)[0]?.phone).toBe(client?.phone)
})

test('the value that lost a conflict stays to be seen and can be put back', async ({ ui, vendors }) => {
  const vendor = await vendors.fullEngage(8)
  await addAndBrowse(ui, fullEngageSource(vendor), 8)
  await ui.shell.setWorkOffline(true)
  await ui.grid.open(NAME)
  await ui.details.edit({ Phone: '+1 111' })
  vendor.change(vendor.named(NAME)[0]?.id ?? '', { phone: '+1 222' })
  await ui.shell.setWorkOffline(false)
  await expect(ui.shell.syncStatus).toHaveText('1 conflicts')
  await ui.shell.goTo('Conflicts')
  const item = ui.conflicts.item(NAME)
  await ui.conflicts.choice(item, 'Take theirs').first().click()
  await ui.conflicts.resolve(item).click()
  await expect(ui.shell.syncStatus).toHaveText('Up to date')
  await ui.shell.goTo('Clients')
  await ui.grid.open(NAME)
  await ui.details.tab('Timeline').click()
  const both = ui.details.events.filter({ hasText: 'You and Full Engage changed Phone' })
  await expect(both).toContainText('+1 111')
  await expect(both).toContainText('+1 222')
  const decided = ui.details.events.filter({ hasText: 'You decided on Phone' })
  await decided.getByRole('button', { name: 'Put back Phone' }).click()
  await expect.poll(() => vendor.named(NAME)[0]?.phone).toBe('+1 111')
})
