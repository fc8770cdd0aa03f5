import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { createStage, type Stage } from '../rig/stage.ts'
import { addAndWait, fullEngageSource } from './support/add-sources.ts'

const NAME = 'Anna Larsen'
const AFTER = '+49 30 901820'

let stage: Stage
test.afterEach(() => stage.remove())

test('F115 host and browser are killed and the browser’s database folder is gone: the edit is in the Queue, and is sent', async () => {
  test.setTimeout(120_000)
  stage = await createStage({ fullEngage: 8, connect: 0, endors: 0, port: 47_931 })
  await stage.start()
  const { ui, vendors } = stage
  await addAndWait(ui, fullEngageSource(vendors.fullEngage))
  await ui.shell.goTo('Clients')
  await ui.shell.setWorkOffline(true)
  await ui.grid.open(NAME, 'Full Engage')
  await ui.details.edit({ Phone: AFTER })
  await ui.shell.goTo('Queue')
  await expect(ui.queue.row(NAME)).toContainText(AFTER)

  await Promise.all([stage.killHost(), stage.killChromium()])
  // Databases live in folders by origin; all of them, as a cleaning program would.
  const folder = join(stage.folders.chromium, 'Default', 'IndexedDB')
  expect(readdirSync(folder).length).toBeGreaterThan(0)
  rmSync(folder, { recursive: true })

  await stage.start()
  await ui.shell.goTo('Queue')
  await expect(ui.queue.row(NAME)).toContainText(AFTER)
  await ui.shell.setWorkOffline(false)
  await expect(ui.queue.row(NAME)).toBeHidden({ timeout: 30_000 })
  expect(vendors.fullEngage.requestsOf('PATCH')).toHaveLength(1)
})
