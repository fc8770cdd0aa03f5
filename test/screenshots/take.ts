import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { ROOT } from '../e2e/support/root.ts'

const FOLDER = join(ROOT, 'docs/screenshots')

/** Takes one picture: fonts loaded, nothing moving, no toast, no pointer over anything. */
export async function take(page: Page, name: string): Promise<void> {
  mkdirSync(FOLDER, { recursive: true })
  await page.mouse.move(640, 798)
  await toastsGone(page)
  await page.evaluate(() => document.fonts.ready)
  await page.waitForTimeout(400)
  await page.screenshot({ path: join(FOLDER, `${name}.png`), animations: 'disabled', caret: 'initial' })
}

/** The same place in the dark, then in the light again. */
export async function takeDark(page: Page, name: string): Promise<void> {
  await page.emulateMedia({ colorScheme: 'dark' })
  await take(page, name)
  await page.emulateMedia({ colorScheme: 'light' })
}

export async function toastsGone(page: Page): Promise<void> {
  const toast = page.locator('[role="status"], [role="alert"]')
  await toast.getByRole('button', { name: 'Undo', exact: true }).first().waitFor({ state: 'hidden' })
}
