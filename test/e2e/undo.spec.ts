import { expect, test } from './fixtures.ts'
import { addAndBrowse, fullEngageSource } from './support/add-sources.ts'

const NAME = 'Anna Larsen'
const BEFORE = '+1 (647) 555-0004'

test('undo of an edit that has not left takes it back; nothing is sent', async ({ ui, vendors }) => {
  const vendor = await vendors.fullEngage(8)
  await addAndBrowse(ui, fullEngageSource(vendor), 8)
  await ui.shell.setWorkOffline(true)
  await ui.grid.open(NAME)
  await ui.details.edit({ Phone: '+1 999' })
  await expect(ui.shell.toast('Saved on this computer. Phone sends to Full Engage.')).toBeVisible()
  await ui.shell.goTo('Insights')
  await ui.page.keyboard.press('Control+z')
  await expect(ui.shell.toast(`Undone. The edit of ${NAME} is taken back; nothing was sent.`)).toBeVisible()
  await ui.shell.setWorkOffline(false)
  await expect(ui.shell.syncStatus).toHaveText('Up to date')
  expect(vendor.requestsOf('PATCH')).toEqual([])
  expect(vendor.named(NAME)).toMatchObject([{ phone: BEFORE }])
})

test('F170 undo of an edit that was sent: an inverse edit is queued, checked and sent', async ({ ui, vendors }) => {
  const vendor = await vendors.fullEngage(8)
  await addAndBrowse(ui, fullEngageSource(vendor), 8)
  await ui.grid.open(NAME)
  await ui.details.edit({ Phone: '+1 999' })
  await expect.poll(() => vendor.named(NAME)).toMatchObject([{ phone: '+1 999' }])
  await expect(ui.shell.syncStatus).toHaveText('Up to date')
  await ui.page.keyboard.press('Control+z')
  await expect(
    ui.shell.toast(`The edit of ${NAME} had been sent. One that puts the former values back waits in Queue.`),
  ).toBeVisible()
  await expect.poll(() => vendor.named(NAME)).toMatchObject([{ phone: BEFORE }])
  expect(vendor.requestsOf('PATCH').map((request) => request.body)).toEqual([{ phone: '+1 999' }, { phone: BEFORE }])
})

test('a delete counts down before it is sent, and undo within that time leaves no trace', async ({ ui, vendors }) => {
  const vendor = await vendors.fullEngage(8)
  await addAndBrowse(ui, fullEngageSource(vendor), 8)
  await ui.grid.open(NAME)
  await ui.details.delete()
  const toast = ui.shell.toast(new RegExp(`${NAME} is deleted here. Full Engage is told in \\d+ s.`))
  await expect(toast).toBeVisible()
  await ui.shell.goTo('Queue')
  await expect(ui.queue.row(NAME)).toContainText('until then it can be taken back.')
  await ui.shell.toast(`${NAME} is deleted here.`).getByRole('button', { name: 'Undo' }).click()
  await expect(ui.shell.toast(`Undone. ${NAME} stays.`)).toBeVisible()
  await expect(ui.queue.row(NAME)).toBeHidden()
  await expect(ui.shell.syncStatus).toHaveText('Up to date')
  expect(vendor.requestsOf('DELETE')).toEqual([])
  expect(vendor.named(NAME)).toHaveLength(1)
})

test('a delete that nobody takes back is sent after its ten seconds', async ({ ui, vendors }) => {
  const vendor = await vendors.fullEngage(8)
  await addAndBrowse(ui, fullEngageSource(vendor), 8)
  await ui.grid.open(NAME)
  const at = Date.now()
  await ui.details.delete()
  await expect.poll(() => vendor.requestsOf('DELETE').length, { timeout: 20_000 }).toBe(1)
  expect((vendor.requestsOf('DELETE')[0]?.at ?? 0) - at).toBeGreaterThanOrEqual(9_500)
  await expect(ui.shell.syncStatus).toHaveText('Up to date')
})
