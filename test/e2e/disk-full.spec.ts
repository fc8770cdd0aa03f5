import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { addAndBrowse, fullEngageSource } from './support/add-sources.ts'

/** The store worker of the page finds the disk full from now on, or with room again. */
async function setDiskFull(page: Page, full: boolean): Promise<void> {
  const [worker] = page.workers()
  if (worker === undefined) throw new Error('the page has no worker')
  await worker.evaluate((isFull) => {
    const prototype = IDBObjectStore.prototype
    const disk = Object.assign(self, { realPut: Reflect.get(self, 'realPut') ?? prototype.put })
    prototype.put = isFull
      ? () => {
          throw new DOMException('full', 'QuotaExceededError')
        }
      : disk.realPut
  }, full)
}

test('a form that cannot be saved keeps what was typed, says why, offers the export, and saves when there is room', async ({
  ui,
  vendors,
}) => {
  const vendor = await vendors.fullEngage(8)
  await addAndBrowse(ui, fullEngageSource(vendor), 8)
  await ui.grid.open('Anna Larsen')
  await setDiskFull(ui.page, true)
  await ui.details.button('Edit').click()
  await ui.details.form.fill({ Phone: '+1 999' })
  await ui.details.form.button('Save').click()
  const alert = ui.details.region.getByRole('alert')
  await expect(alert).toContainText('Nothing was saved; what you typed stays in this form.')
  await expect(alert).toContainText('This disk is full.')
  await expect(alert.getByRole('button', { name: 'Export unsent work', exact: true })).toBeVisible()
  await expect(ui.details.form.field('Phone')).toHaveValue('+1 999')
  await expect(ui.shell.syncStatus).toHaveText('Attention needed')
  expect(vendor.requestsOf('PATCH')).toEqual([])

  await setDiskFull(ui.page, false)
  await ui.details.form.button('Save').click()
  await expect(ui.shell.toast(/^Saved /)).toBeVisible()
  await expect.poll(() => vendor.named('Anna Larsen')).toMatchObject([{ phone: '+1 999' }])
})
