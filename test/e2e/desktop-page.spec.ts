import { test as base, expect } from './fixtures.ts'
import { addAndBrowse, fullEngageSource } from './support/add-sources.ts'
import { type FakeDesktop, fakeDesktop } from './support/fake-desktop.ts'
import { refusal } from './vendors/vendor-server.ts'

/** The page as the desktop app shows it, with a desktop that the test plays. */
const test = base.extend<{ readonly desktop: FakeDesktop }>({
  desktop: async ({ context }, use) => {
    await use(await fakeDesktop(context))
  },
  // The desktop is there before the page opens.
  app: async ({ desktop: _, app }, use) => {
    await use(app)
  },
})

const lineOf = (desktop: FakeDesktop, id: string) => desktop.menu().find((line) => line.actionId === id)

test('menus hold the actions, follow the page, and run them', async ({ desktop, ui, vendors }) => {
  const vendor = await vendors.fullEngage(12)
  await addAndBrowse(ui, fullEngageSource(vendor), 12)
  await expect.poll(() => lineOf(desktop, 'new-client')?.accelerator).toBe('CmdOrCtrl+N')
  expect(lineOf(desktop, 'edit-client')?.enabled).toBe(false)

  await ui.grid.rows.first().click()
  await expect.poll(() => lineOf(desktop, 'edit-client')?.enabled).toBe(true)
  await expect.poll(() => desktop.asked('desktop.addRecent')).toMatchObject([{ clientId: /./, name: /./ }])

  desktop.emit({ kind: 'action', actionId: 'edit-client' })
  await expect(ui.details.form.button('Save')).toBeVisible()
  await ui.details.form.button('Cancel').click()

  expect(lineOf(desktop, 'work-offline')?.checked).toBe(false)
  desktop.emit({ kind: 'action', actionId: 'work-offline' })
  await expect(ui.shell.workOffline).toBeChecked()
  await expect.poll(() => lineOf(desktop, 'work-offline')?.checked).toBe(true)
  await expect.poll(() => desktop.asked('desktop.setStatus').at(-1)).toMatchObject({ sentence: 'Offline' })
  await ui.shell.setWorkOffline(false)

  // Nothing is sent while nothing changes: not with every count, and not with every row.
  const before = desktop.asked('desktop.setMenu').length
  await ui.page.keyboard.press('ArrowDown')
  await ui.page.keyboard.press('ArrowDown')
  expect(desktop.asked('desktop.setMenu').length - before).toBeLessThanOrEqual(1)
})

test('keys that a browser keeps for itself work, and a menu does nothing behind a dialog', async ({
  desktop,
  ui,
  vendors,
}) => {
  const vendor = await vendors.fullEngage(2)
  await addAndBrowse(ui, fullEngageSource(vendor), 2)
  await expect.poll(() => desktop.menu().length).toBeGreaterThan(20)
  await ui.page.keyboard.press('Control+4')
  await expect(ui.page).toHaveURL(/#\/queue/)

  desktop.emit({ kind: 'quick-add' })
  await expect(ui.newClient.root).toBeVisible()
  await ui.newClient.field('Name').fill('Half Written')
  desktop.emit({ kind: 'action', actionId: 'keys' })
  await expect(ui.shell.toast('Finish or close what is open first.')).toBeVisible()
  desktop.emit({ kind: 'quick-search' })
  desktop.emit({ kind: 'quick-add' })
  await expect(ui.newClient.field('Name')).toHaveValue('Half Written')
})

test('links, quick search, files and refusals arrive', async ({ desktop, ui, vendors }) => {
  const vendor = await vendors.fullEngage(12)
  await addAndBrowse(ui, fullEngageSource(vendor), 12)
  await expect.poll(() => desktop.asked('desktop.ready').length).toBe(1)
  await ui.grid.rows.first().click()
  const address = new URL(ui.page.url()).hash
  await ui.shell.goTo('Insights')

  desktop.emit({ kind: 'open', route: address })
  await expect(ui.details.region).toBeVisible()
  desktop.emit({ kind: 'open', route: '#/conflicts' })
  await expect(ui.page).toHaveURL(/#\/conflicts/)

  await ui.shell.search.fill('anna')
  await ui.shell.goTo('Clients')
  await ui.page.keyboard.press('Control+k')
  await expect(ui.shell.palette).toBeVisible()
  desktop.emit({ kind: 'quick-search' })
  await expect(ui.shell.palette).toBeHidden()
  await expect(ui.shell.search).toBeFocused()
  expect(
    await ui.shell.search.evaluate((input: HTMLInputElement) => [input.selectionStart, input.selectionEnd]),
  ).toEqual([0, 4])

  desktop.emit({ kind: 'refused', why: 'file-too-large' })
  await expect(ui.shell.toast('too large to be a list of clients')).toBeVisible()
  desktop.emit({ kind: 'files', files: [{ name: 'work.json', kind: 'unsent-work', text: '{"not": "ours"}' }] })
  await expect(ui.page).toHaveURL(/#\/queue/)
  await expect(ui.page.getByText('work.json')).toBeVisible()
})

test('failed edits and conflicts are told with the facts they rest on', async ({ desktop, ui, vendors }) => {
  const vendor = await vendors.fullEngage(12)
  await addAndBrowse(ui, fullEngageSource(vendor), 12)
  await expect.poll(() => desktop.asked('desktop.notify').length).toBeGreaterThanOrEqual(3)
  expect(desktop.asked('desktop.notify')).toMatchObject([{ facts: [] }, { facts: [] }, { facts: [] }])
  vendor.weather = (request, serve) => (request.method === 'PATCH' ? refusal(422, 'No.') : serve())
  await ui.grid.rows.first().click()
  await ui.page.keyboard.press('e')
  await ui.details.form.field('Phone').fill('+1 27182')
  await ui.page.keyboard.press('Control+Enter')
  await expect
    .poll(() => desktop.asked('desktop.notify'))
    .toContainEqual(
      expect.objectContaining({ tag: 'failed-edits', title: '1 edit was refused by Full Engage', route: '#/queue' }),
    )
})
