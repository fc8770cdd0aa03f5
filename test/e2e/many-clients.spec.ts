import { expect, test } from './fixtures.ts'
import { endorsSource } from './support/add-sources.ts'
import { endorsClient } from './vendors/endors.ts'

const CLIENTS = 50_000

test('50,000 clients in one answer: stored with progress, and the window answers all the while', async ({
  ui,
  vendors,
}) => {
  test.setTimeout(120_000)
  const vendor = await vendors.endors(3)
  await ui.addSource.add(endorsSource(vendor))
  await ui.grid.expectCount(3)

  vendor.clients = Array.from({ length: CLIENTS }, (_, n) => endorsClient(n)).reverse()
  await ui.shell.goTo('Sources')
  await ui.sources.button('Endors', 'Full sync').click()
  await expect(ui.sources.progress('Endors')).toBeVisible()
  await ui.shell.goTo('Clients')

  // While it runs, a frame never takes long, and a search finds what is here.
  const longest = await ui.page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let last = performance.now()
        let worst = 0
        const end = last + 3_000
        const frame = (now: number): void => {
          worst = Math.max(worst, now - last)
          last = now
          if (now < end) requestAnimationFrame(frame)
          else resolve(worst)
        }
        requestAnimationFrame(frame)
      }),
  )
  expect(longest, 'milliseconds between two frames while syncing').toBeLessThan(500)
  await ui.grid.search("seán o'connor")
  await expect(ui.grid.row("Seán O'Connor").first()).toBeVisible()

  await ui.grid.search('')
  await ui.grid.expectCount(CLIENTS, { timeout: 60_000 })
  await expect(ui.shell.syncStatus).toHaveText('Up to date', { timeout: 30_000 })
  await ui.grid.search('person49999@example.com')
  await ui.grid.expectCount(1)
})
