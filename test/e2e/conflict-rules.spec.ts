import { expect, test } from './fixtures.ts'
import type { Ui } from './page-models/ui.ts'
import { addAndBrowse, fullEngageSource } from './support/add-sources.ts'
import type { FullEngage } from './vendors/full-engage.ts'

const MINE = '+1 111 111'
const THEIRS = '+2 222 222'
const RULE = 'Always keep mine for Phone of Full Engage'

/** Both sides change the phone number of each of these clients. */
async function disagree(ui: Ui, vendor: FullEngage, names: readonly string[]): Promise<void> {
  await ui.shell.setWorkOffline(true)
  for (const name of names) {
    await ui.grid.open(name)
    await ui.details.edit({ Phone: MINE })
    vendor.change(vendor.named(name)[0]?.id ?? '', { phone: THEIRS })
  }
  await ui.shell.setWorkOffline(false)
}

test('a choice becomes a rule: previewed, decides what is open and what comes, listed and removed', async ({
  ui,
  vendors,
}) => {
  const vendor = await vendors.fullEngage(8)
  await addAndBrowse(ui, fullEngageSource(vendor), 8)
  await disagree(ui, vendor, ['Anna Larsen', 'Zoë Álvarez-Núñez', "Seán O'Connor"])
  await expect(ui.shell.syncStatus).toHaveText('3 conflicts')
  await ui.shell.goTo('Conflicts')
  const item = ui.conflicts.item('Anna Larsen')
  await expect(ui.conflicts.always(item, RULE), 'nothing to make a rule of yet').toBeHidden()
  await ui.conflicts.choice(item, 'Keep mine').click()
  await ui.conflicts.always(item, RULE).check()
  await expect(item).toContainText('Decides 2 more open conflicts now:')
  await ui.conflicts.resolve(item).click()
  await expect(item).toContainText('It is a rule now; 2 more conflicts decided.')
  await expect
    .poll(() => vendor.clients.filter((client) => client.phone === MINE).length, 'all three go as mine')
    .toBe(3)
  await expect(ui.conflicts.rule(RULE)).toContainText('decided 2 times')

  await ui.shell.goTo('Clients')
  await disagree(ui, vendor, ['Jürgen Weiß'])
  await expect.poll(() => vendor.named('Jürgen Weiß')).toMatchObject([{ phone: MINE }])
  await expect(ui.shell.syncStatus).toHaveText('Up to date')

  await ui.shell.goTo('Conflicts')
  await ui.conflicts.rule(RULE).getByRole('button', { name: 'Remove', exact: true }).click()
  await expect(ui.conflicts.rule(RULE)).toBeHidden()
  await ui.shell.goTo('Clients')
  await disagree(ui, vendor, ['Mei 李'])
  await expect(ui.shell.syncStatus).toHaveText('1 conflicts')
})

test('a decision that was not sent is undone on its line and asked again', async ({ ui, vendors }) => {
  const vendor = await vendors.fullEngage(8)
  await addAndBrowse(ui, fullEngageSource(vendor), 8)
  await disagree(ui, vendor, ['Anna Larsen'])
  await expect(ui.shell.syncStatus).toHaveText('1 conflicts')
  await ui.shell.setWorkOffline(true)
  await ui.shell.goTo('Conflicts')
  const item = ui.conflicts.item('Anna Larsen')
  await ui.conflicts.choice(item, 'Take theirs').click()
  await ui.conflicts.resolve(item).click()
  await item.getByRole('button', { name: 'Undo', exact: true }).click()
  await expect(ui.conflicts.choice(item, 'Take theirs')).not.toBeChecked()
  await expect(ui.conflicts.choice(item, 'Keep mine')).not.toBeChecked()

  await ui.conflicts.choice(item, 'Keep mine').click()
  await ui.conflicts.resolve(item).click()
  await expect(item).toContainText('Yours kept.')
  await ui.page.keyboard.press('Control+z')
  await expect(ui.shell.toast('Undone. Anna Larsen is open again in Conflicts.')).toBeVisible()
  await expect(ui.conflicts.choice(item, 'Keep mine')).not.toBeChecked()
  expect(vendor.requestsOf('PATCH')).toEqual([])
})

test('F156 theirs changes again while the conflict is open: the new value is shown and the choice asked anew', async ({
  ui,
  vendors,
}) => {
  const vendor = await vendors.fullEngage(8)
  await addAndBrowse(ui, fullEngageSource(vendor), 8)
  await disagree(ui, vendor, ['Anna Larsen'])
  await expect(ui.shell.syncStatus).toHaveText('1 conflicts')
  await ui.shell.goTo('Conflicts')
  const item = ui.conflicts.item('Anna Larsen')
  await ui.conflicts.choice(item, 'Take theirs').click()
  vendor.change(vendor.named('Anna Larsen')[0]?.id ?? '', { phone: '+3 333 333' })
  await ui.shell.syncAll.click()
  await expect(item).toContainText('Full Engage changed Phone again after you chose.')
  await expect(item).toContainText('+3 333 333')
  await expect(ui.conflicts.choice(item, 'Take theirs')).not.toBeChecked()
  await expect(ui.conflicts.resolve(item)).toBeDisabled()

  await ui.conflicts.choice(item, 'Take theirs').click()
  await ui.conflicts.resolve(item).click()
  await expect(item).toContainText('Theirs taken.')
  await item.getByRole('button', { name: 'Show client', exact: true }).click()
  await expect(ui.details.region).toContainText('+3 333 333')
})

test('the value left out is one step away in the timeline', async ({ ui, vendors }) => {
  const vendor = await vendors.fullEngage(8)
  await addAndBrowse(ui, fullEngageSource(vendor), 8)
  await disagree(ui, vendor, ['Anna Larsen'])
  await expect(ui.shell.syncStatus).toHaveText('1 conflicts')
  await ui.shell.goTo('Conflicts')
  const item = ui.conflicts.item('Anna Larsen')
  await item.getByRole('button', { name: 'timeline', exact: true }).click()
  await expect(ui.details.tab('Timeline')).toHaveAttribute('aria-selected', 'true')
})

test('of several that may be the one that was sent, the user names it; nothing is sent again', async ({
  ui,
  vendors,
}) => {
  const vendor = await vendors.fullEngage(3)
  await addAndBrowse(ui, fullEngageSource(vendor), 3)
  vendor.weather = (request, serve) => {
    const reply = serve()
    if (request.method !== 'POST') return reply
    // A proxy that repeats what it carries, and a line that drops.
    serve()
    return 'cut'
  }
  await ui.grid.newClient.click()
  await ui.newClient.chooseSource('Full Engage')
  await ui.newClient.fill({ Name: 'Vera Doppelt', Phone: '+1 5' })
  await ui.newClient.button('Create').click()
  await expect(ui.shell.syncStatus).toHaveText('1 conflicts', { timeout: 30_000 })
  await ui.shell.goTo('Conflicts')
  const item = ui.conflicts.item('Vera Doppelt')
  const which = item.getByRole('radiogroup', { name: 'Which one at Full Engage is yours' })
  await ui.conflicts.choice(item, 'Take theirs').click()
  await expect(item).toContainText('Choose which client at Full Engage is yours.')
  await expect(ui.conflicts.resolve(item)).toBeDisabled()
  await which.getByRole('radio').last().click()
  await ui.conflicts.resolve(item).click()
  await expect(item).toContainText('Sends nothing')
  expect(vendor.requestsOf('POST')).toHaveLength(1)
})
