import type { BrowserContext, Locator, Page } from '@playwright/test'
import { test as base, expect } from './fixtures.ts'
import { expectNothingSerious } from './support/axe.ts'
import { type FakeDesktop, fakeDesktop } from './support/fake-desktop.ts'

const test = base.extend<{ readonly desktop: FakeDesktop }>({
  desktop: async ({ context }, use) => {
    await use(await fakeDesktop(context, { state: { spellcheckLanguages: ['de', 'en-GB', 'fr'] } }))
  },
  app: async ({ desktop: _, app }, use) => {
    await use(app)
  },
})

const section = (page: Page, name: string): Locator => page.getByRole('region', { name, exact: true })

test('quiet hours take two times that differ, and say what is wrong', async ({ ui }) => {
  await ui.shell.goTo('Settings')
  const notifications = section(ui.page, 'Notifications')
  const on = notifications.getByRole('switch', { name: 'Quiet hours', exact: true })
  await on.click()
  const from = notifications.getByLabel('Quiet from', { exact: true })
  const until = notifications.getByLabel('Quiet until', { exact: true })
  await expect(from).toHaveValue('22:00')
  await expect(notifications).toContainText('from 22:00 to 07:00 the next day')
  await until.fill('22:00')
  await expect(notifications.getByRole('alert')).toHaveText(/Both times are the same/)
  await expect(until).toHaveAttribute('aria-invalid', 'true')
  await until.fill('23:30')
  await expect(notifications).toContainText('from 22:00 to 23:30.')
  await ui.page.reload()
  await expect(until).toHaveValue('23:30')
  await on.click()
  await expect(from).toBeHidden()
})

test('keys of quick search are captured, and refused with a reason', async ({ desktop, ui }) => {
  await ui.shell.goTo('Settings')
  const place = section(ui.page, 'Desktop')
  const field = place.getByRole('button', { name: /^Keys of quick search/ })
  await field.click()
  await ui.page.keyboard.press('Control+c')
  await expect(place.getByRole('alert')).toHaveText(/Hold two of Ctrl, Alt and Shift/)
  await ui.page.keyboard.press('Control+Shift+o')
  await expect(place.getByRole('alert')).toHaveText(/A menu of Clientele/)
  await expect(ui.shell.workOffline).not.toBeChecked()
  await ui.page.keyboard.press('Control+Shift+Space')
  await expect(field).toHaveAccessibleName('Keys of quick search: Ctrl Shift Space')
  desktop.emit({
    kind: 'state',
    state: {
      quickSearchKeys: 'refused',
      tray: 'off',
      closing: 'ends',
      notifications: 'refused',
      startAtLogin: 'off',
      spellcheckLanguages: ['de'],
    },
  })
  await expect(place).toContainText('another program has them')
  await expect(section(ui.page, 'Notifications')).toContainText('did not show the last notification')
  await field.click()
  await ui.page.keyboard.press('Escape')
  await expect(field).toHaveAccessibleName('Keys of quick search: Ctrl Shift Space')
  await place.getByRole('button', { name: 'Switch off' }).click()
  await expect(field).toHaveAccessibleName('Keys of quick search: none')
  await place.getByRole('button', { name: 'Clear list' }).click()
  await expect.poll(() => desktop.asked('desktop.clearRecent')).toHaveLength(1)
})

test('an update is offered with its notes as plain text, fetched, and put in place when asked', async ({
  desktop,
  ui,
}) => {
  await ui.shell.goTo('Settings')
  const updates = section(ui.page, 'Updates')
  await expect(updates.getByRole('radio', { name: 'Off', exact: true })).toBeChecked()
  await expect(updates).toContainText('Not looked for yet.')
  await updates.getByRole('button', { name: 'Check now' }).click()
  await expect.poll(() => desktop.asked('update.check')).toHaveLength(1)
  const notes = '<b>Faster</b>\n<img src=x onerror=alert(1)>'
  desktop.update({ state: 'available', version: '1.3.0', notes })
  await expect(updates.getByRole('region', { name: 'What is new in 1.3.0' })).toContainText('<b>Faster</b>')
  await updates.getByRole('button', { name: 'Skip this version' }).click()
  await updates.getByRole('button', { name: 'Download' }).click()
  desktop.update({ state: 'fetching', version: '1.3.0', percent: 41 })
  await expect(updates.getByRole('progressbar')).toHaveAttribute('aria-valuenow', '41')
  desktop.update({ state: 'failed', why: 'bad-signature', checkedAt: null })
  await expect(updates).toContainText('not signed by the makers')
  await expect(section(ui.page, 'Update')).toBeHidden()
  desktop.update({ state: 'ready', version: '1.3.0', notes })
  await expect(updates.getByRole('button', { name: 'Restart and update' })).toBeVisible()
  await expect(section(ui.page, 'Update')).toContainText('Clientele 1.3.0 is ready.')
  await ui.shell.goTo('Clients')
  await section(ui.page, 'Update').getByRole('button', { name: 'What is new' }).click()
  await expect(updates.getByRole('region', { name: 'What is new in 1.3.0' })).toBeInViewport()
  await section(ui.page, 'Update').getByRole('button', { name: 'Later' }).click()
  expect(desktop.asked('update.defer')).toEqual([{ for: 'version' }, { for: 'day' }])
  await updates.getByRole('button', { name: 'Restart and update' }).click()
  await expect.poll(() => desktop.asked('update.install')).toHaveLength(1)
  desktop.update({ state: 'unavailable', why: 'unsigned' })
  await expect(updates).toContainText('not signed')
  await expect(updates.getByRole('button')).toHaveCount(0)
})

for (const scheme of ['light', 'dark'] as const) {
  test(`nothing serious in what the desktop app adds to Settings, ${scheme}`, async ({ desktop, ui }) => {
    await ui.page.emulateMedia({ colorScheme: scheme })
    await ui.shell.goTo('Settings')
    desktop.update({ state: 'ready', version: '1.3.0', notes: 'Faster' })
    await section(ui.page, 'Notifications').getByRole('switch', { name: 'Quiet hours' }).click()
    await section(ui.page, 'Spelling').getByRole('switch').click()
    await section(ui.page, 'Spelling').getByLabel('Add a language').selectOption('en-GB')
    await expect(section(ui.page, 'Spelling')).toContainText('British English')
    await expectNothingSerious(ui.page, `Settings of the desktop app, ${scheme}`)
  })
}

base(
  'in a browser the page asks no desktop for anything, and Settings says so in one line',
  async ({ context, ui, app }) => {
    const calls = callsOf(context)
    await app.page().reload()
    await ui.shell.goTo('Settings')
    await expect(section(ui.page, 'Desktop')).toContainText('belong to the desktop app')
    for (const name of ['Notifications', 'Spelling', 'Updates']) await expect(section(ui.page, name)).toBeHidden()
    await expect.poll(() => calls.length).toBeGreaterThan(3)
    expect(calls.filter((name) => /^(desktop|update)\./.test(name))).toEqual([])
  },
)

/** Names of the calls that the page makes from now on. */
function callsOf(context: BrowserContext): readonly string[] {
  const calls: string[] = []
  context.pages()[0]?.on('websocket', (socket) => {
    if (!socket.url().endsWith('/rpc/page')) return
    socket.on('framesent', ({ payload }) => {
      const name = /"name":"([^"]+)"/.exec(String(payload))?.[1]
      if (name !== undefined) calls.push(name)
    })
  })
  return calls
}
