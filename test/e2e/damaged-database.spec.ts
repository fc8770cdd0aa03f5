import { expect, test } from '@playwright/test'
import { damage, dataFiles, kindOf } from '../rig/damage.ts'
import { createStage, type Stage } from '../rig/stage.ts'
import { addAndWait, fullEngageSource } from './support/add-sources.ts'

const NAME = 'Anna Larsen'
const AFTER = '+49 30 901820'

let stage: Stage
test.afterEach(() => stage.remove())

test('a database that Chromium can neither open nor delete is made anew from the app, and the unsent edit is sent', async () => {
  test.setTimeout(180_000)
  stage = await createStage({ fullEngage: 8, connect: 0, endors: 0, port: 47_932 })
  await stage.start()
  const { ui, vendors } = stage
  await addAndWait(ui, fullEngageSource(vendors.fullEngage))
  await ui.shell.goTo('Clients')
  await ui.shell.setWorkOffline(true)
  await ui.grid.open(NAME, 'Full Engage')
  await ui.details.edit({ Phone: AFTER })
  await ui.shell.goTo('Queue')
  await expect(ui.queue.row(NAME)).toContainText(AFTER)

  await stage.close()
  const folder = stage.databaseFolder()
  const manifest = dataFiles(folder).find((name) => kindOf(name) === 'manifest')
  if (manifest === undefined) throw new Error('Chromium keeps its databases otherwise')
  damage(folder, manifest, 'delete')

  await stage.start()
  const remake = stage.page().getByRole('button', { name: 'Make the book anew…' })
  await expect(remake).toBeVisible({ timeout: 60_000 })
  await remake.click()
  const question = stage.page().getByRole('alertdialog')
  await expect(question).toContainText('Edits that are not sent yet come back')
  await question.getByRole('button', { name: 'Make it anew' }).click()

  await expect(ui.shell.syncStatus).toBeVisible({ timeout: 30_000 })
  await ui.shell.goTo('Queue')
  await expect(ui.queue.row(NAME)).toContainText(AFTER)
  await ui.shell.setWorkOffline(false)
  // What comes back after a loss may wait for a look.
  const release = stage
    .page()
    .getByRole('button', { name: /^(Release|Send all)$/ })
    .first()
  if (await release.isVisible()) await release.click()
  await expect.poll(() => vendors.fullEngage.requestsOf('PATCH').length, { timeout: 60_000 }).toBe(1)
  await ui.shell.goTo('Clients')
  await ui.grid.expectCount(8)
})
