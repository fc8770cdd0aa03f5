import { expect, test } from './fixtures.ts'
import type { Ui } from './page-models/ui.ts'
import { addAndBrowse, fullEngageSource } from './support/add-sources.ts'

/** The desktop around the window: the built main process and the page talk to each other, the test is the system. */
const hashOf = (ui: Ui): string => new URL(ui.page.url()).hash
const SETTINGS = ['&Edit', 'Settings…']

test('menus run the actions of the page, and say whether they can', async ({ ui, native, vendors }) => {
  const vendor = await vendors.fullEngage(8)
  await addAndBrowse(ui, fullEngageSource(vendor), 8)
  const line = async (id: string) =>
    (await native.menu()).flatMap(({ submenu }) => submenu ?? []).find((each) => each.id === id)
  await expect.poll(async () => (await line('new-client'))?.accelerator).toBe('CmdOrCtrl+N')
  expect((await line('edit-client'))?.enabled).toBe(false)

  await native.clickMenu(SETTINGS)
  await expect(ui.page).toHaveURL(/#\/settings/)
  await ui.shell.goTo('Clients')
  await ui.grid.rows.first().click()
  await expect.poll(async () => (await line('edit-client'))?.enabled).toBe(true)
  await native.clickMenu(['&Client', 'edit-client'])
  await expect(ui.details.form.button('Save')).toBeVisible()
  await ui.details.form.button('Cancel').click()
})

test('a link opens its client, from a window that is elsewhere, and nothing else gets through', async ({
  ui,
  native,
  vendors,
}) => {
  const vendor = await vendors.fullEngage(8)
  await addAndBrowse(ui, fullEngageSource(vendor), 8)
  await ui.grid.open('Anna Larsen')
  const id = /cli_[0-9a-z]{16}/.exec(hashOf(ui))?.[0] ?? ''
  await ui.shell.goTo('Insights')

  await native.openUrl(`clientele://client/${id}?then=delete`)
  await native.openUrl(`clientele://user@client/${id}`)
  await native.openUrl(`clientele://client/%2e%2e/${id}`)
  await expect(ui.page).toHaveURL(/#\/insights/)

  await native.startAgain([`clientele://client/${id}`])
  await expect(ui.details.region).toContainText('Anna Larsen')
  expect(hashOf(ui)).toBe(`#/clients/${id}`)

  // The client is among those opened last, in a menu of the system.
  await ui.shell.goTo('Insights')
  await expect
    .poll(async () => JSON.stringify(await native.menu()), { message: 'the menu lists recent clients' })
    .toContain('Open recent')
  await native.clickMenu(['&File', 'Open recent', 'Anna Larsen'])
  await expect(ui.details.region).toContainText('Anna Larsen')
})

test('after a crash the window is where it was', async ({ ui, native, vendors }) => {
  const vendor = await vendors.fullEngage(8)
  await addAndBrowse(ui, fullEngageSource(vendor), 8)
  await ui.grid.open('Anna Larsen')
  const place = hashOf(ui)
  await native.crash()
  await expect(ui.details.region).toContainText('Anna Larsen')
  expect(hashOf(ui)).toBe(place)
  // What comes from the system reaches the new page.
  await native.clickMenu(SETTINGS)
  await expect(ui.page).toHaveURL(/#\/settings/)
})

test('the window is restored with its size, and fits the displays of the day', async ({ app, native }) => {
  await native.setBounds({ x: 120, y: 80, width: 1_000, height: 700 })
  await app.restart()
  expect((await native.windows())[0]?.bounds).toEqual({ x: 120, y: 80, width: 1_000, height: 700 })
})

test('with the icon on, closing the window hides it, and the sync goes on', async ({ ui, native, vendors }) => {
  const vendor = await vendors.fullEngage(8)
  await addAndBrowse(ui, fullEngageSource(vendor), 8)
  await ui.shell.goTo('Settings')
  await ui.page.getByRole('switch', { name: 'Tray icon' }).check()
  await expect.poll(() => native.tray()).not.toBeNull()
  await native.windowDo('close')
  const [window] = await native.windows()
  expect(window === undefined || (window.isVisible && !window.isMinimized)).toBe(false)
  const before = vendor.requests.length
  await native.clickTray(['Sync all'])
  await expect.poll(() => vendor.requests.length).toBeGreaterThan(before)
  await native.clickTray(['Open Clientele'])
  expect((await native.windows())[0]).toMatchObject({ isVisible: true, isMinimized: false })
})
