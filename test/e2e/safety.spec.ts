import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { createUi } from './page-models/ui.ts'
import { addAndBrowse, fullEngageSource } from './support/add-sources.ts'
import { startAppProcess } from './support/app-process.ts'

/** A page of the same origin on which no Clientele runs. */
async function leaveApp(page: Page): Promise<string> {
  const address = page.url()
  await page.route('**/quiet', (route) => route.fulfill({ contentType: 'text/html', body: '<title>quiet</title>' }))
  await page.goto(new URL('/quiet', address).href)
  return address
}

function bookName(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const found = (await indexedDB.databases()).find(({ name }) => name?.startsWith('clientele-'))
    if (found?.name === undefined) throw new Error('no book')
    return found.name
  })
}

test('a book that the browser dropped is rebuilt, and that is said until it is dismissed', async ({ ui, vendors }) => {
  const vendor = await vendors.fullEngage(8)
  await addAndBrowse(ui, fullEngageSource(vendor), 8)
  await ui.shell.setWorkOffline(true)
  await ui.grid.open('Anna Larsen')
  await ui.details.edit({ Phone: '+1 8080', Company: 'Larsen & Co' })

  const address = await leaveApp(ui.page)
  const name = await bookName(ui.page)
  await ui.page.evaluate(
    (book) =>
      new Promise<void>((resolve, reject) => {
        const request = indexedDB.deleteDatabase(book)
        request.onsuccess = () => resolve()
        request.onerror = () => reject(new Error('not deleted'))
      }),
    name,
  )
  await ui.page.goto(address)
  await expect(ui.shell.notices).toContainText('The book was empty and has been rebuilt.')
  await expect(ui.shell.notices).toContainText(/1 edit/)
  await ui.shell.setWorkOffline(false)
  await ui.shell.goTo('Clients')
  await ui.grid.expectCount(8)
  await ui.grid.search('anna')
  await expect(ui.grid.row('Anna Larsen')).toContainText('+1 8080')
  await expect(ui.grid.row('Anna Larsen')).toContainText('Larsen & Co')

  const dismiss = ui.shell.notices.getByRole('button', { name: 'Dismiss', exact: true })
  for (let left = await dismiss.count(); left > 0; left = await dismiss.count()) {
    await dismiss.first().click()
    await expect(dismiss).toHaveCount(left - 1)
  }
  await expect(ui.shell.notices).toBeHidden()
})

test('a book of a newer Clientele is left as it is, and that is said', async ({ ui, vendors }) => {
  await addAndBrowse(ui, fullEngageSource(await vendors.fullEngage(8)), 8)
  const address = await leaveApp(ui.page)
  const name = await bookName(ui.page)
  const version = await ui.page.evaluate(
    (book) =>
      new Promise<number>((resolve, reject) => {
        const request = indexedDB.open(book, 900_000)
        request.onsuccess = () => {
          resolve(request.result.version)
          request.result.close()
        }
        request.onerror = () => reject(new Error('not opened'))
      }),
    name,
  )
  await ui.page.goto(address)
  await expect(ui.shell.notices).toContainText('This book belongs to a newer Clientele.')
  await expect(ui.shell.syncStatus).toHaveText('Attention needed')
  await leaveApp(ui.page)
  const kept = await ui.page.evaluate(
    async (book) => (await indexedDB.databases()).find((each) => each.name === book)?.version,
    name,
  )
  expect(kept).toBe(version)
})

test('a backup is made, listed, and brings back what is missing, held', async ({ ui, vendors }) => {
  const vendor = await vendors.fullEngage(8)
  await addAndBrowse(ui, fullEngageSource(vendor), 8)
  await ui.shell.setWorkOffline(true)
  await ui.grid.open('Anna Larsen')
  await ui.details.edit({ Phone: '+1 8080', Company: 'Larsen & Co' })
  await ui.shell.goTo('Settings')
  await expect(ui.settings.safety).toContainText('Everything you wrote is stored twice')
  const before = await ui.settings.backups.count()
  await ui.settings.backUpNow.click()
  await expect(ui.settings.backups).toHaveCount(before + 1)
  await expect(ui.settings.backups.first()).toContainText('Made by you. 1 edit, 1 value of this device')

  await ui.shell.goTo('Queue')
  await ui.queue.button(ui.queue.row('Anna Larsen'), 'Discard').click()
  await ui.page.getByRole('alertdialog').getByRole('button', { name: 'Discard', exact: true }).click()
  await expect(ui.queue.rows).toHaveCount(0)

  await ui.shell.goTo('Settings')
  await ui.settings.restore(ui.settings.backups.filter({ hasText: 'Made by you' })).click()
  await expect(ui.settings.question('Restore backup')).toContainText('1 edit, 1 value of this device')
  await ui.settings.question('Restore backup').getByRole('button', { name: 'Restore', exact: true }).click()
  await expect(ui.settings.question('Backup restored')).toContainText('1 edit came back.')
  await ui.settings.question('Backup restored').getByRole('button', { name: 'Show in Queue', exact: true }).click()
  await expect(ui.queue.row('Anna Larsen')).toContainText('+1 8080')
  await ui.shell.setWorkOffline(false)
  await ui.shell.syncAll.click()
  // It came back held: nothing is sent before a look.
  await ui.page.waitForTimeout(1_500)
  expect(vendor.requestsOf('PATCH')).toEqual([])
  await ui.page.getByRole('button', { name: 'Send all', exact: true }).click()
  await expect.poll(() => vendor.named('Anna Larsen')[0]?.phone).toBe('+1 8080')
})

test('while the second copy cannot be made, that is said; when it is made, the words go', async ({
  context,
  profile,
  vendors,
}) => {
  const vendor = await vendors.fullEngage(8)
  const first = await startAppProcess({ profile, port: 0 })
  const page = await context.newPage()
  const ui = createUi(() => page)
  await page.goto(first.address)
  await addAndBrowse(ui, fullEngageSource(vendor), 8)
  await first.stop()
  await ui.grid.open('Anna Larsen')
  await ui.details.edit({ Phone: '+1 8080' })
  await expect(ui.shell.notices).toContainText('1 saved change has one copy only.', { timeout: 20_000 })
  await expect(ui.shell.notices).toContainText('does not answer')
  await expect(ui.shell.syncStatus).toHaveText('Offline')

  const second = await startAppProcess({ profile, port: first.port })
  try {
    await expect(ui.shell.notices).toBeHidden({ timeout: 30_000 })
    await expect.poll(() => vendor.named('Anna Larsen')[0]?.phone, { timeout: 20_000 }).toBe('+1 8080')
    await expect(ui.shell.syncStatus).toHaveText('Up to date')
  } finally {
    await page.close()
    await second.stop()
  }
})

test('another browser on the same profile says so, reads, and goes on when the first has left', async ({
  browser,
  context,
  profile,
  vendors,
}) => {
  test.setTimeout(120_000)
  const vendor = await vendors.fullEngage(8)
  const app = await startAppProcess({ profile, port: 0 })
  const page = await context.newPage()
  const ui = createUi(() => page)
  const otherContext = await browser.newContext()
  try {
    await page.goto(app.address)
    await addAndBrowse(ui, fullEngageSource(vendor), 8)
    const otherPage = await otherContext.newPage()
    const other = createUi(() => otherPage)
    await otherPage.goto(app.address)
    await expect(other.shell.notices).toContainText('This profile is open in another browser.', { timeout: 20_000 })
    await expect(other.shell.syncStatus).toHaveText('Attention needed')
    await expect(ui.shell.syncStatus).toHaveText('Up to date')
    await ui.grid.open('Anna Larsen')
    await ui.details.edit({ Phone: '+1 8080' })
    await expect.poll(() => vendor.named('Anna Larsen')[0]?.phone).toBe('+1 8080')

    await page.close()
    await expect(other.shell.notices).not.toContainText('another browser', { timeout: 60_000 })
    await other.shell.goTo('Clients')
    await other.grid.expectCount(8, { timeout: 20_000 })
    await other.grid.search('anna')
    await expect(other.grid.row('Anna Larsen')).toContainText('+1 8080')
  } finally {
    await otherContext.close()
    await app.stop()
  }
})
