import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

/** Nothing that axe calls serious or critical, on the page as it is now. */
export async function expectNothingSerious(page: Page, where: string): Promise<void> {
  // Without it axe opens a page of its own, which Electron has no way to do. It leaves out frames of other origins only.
  const axe = new AxeBuilder({ page }).setLegacyMode()
  // The dark scheme has the same elements in other colours.
  const isDark = await page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches)
  const run = isDark ? { runOnly: ['color-contrast'] } : {}
  const { violations } = await axe.options({ resultTypes: ['violations'], ...run }).analyze()
  const serious = violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`)
  expect.soft(serious, where).toEqual([])
}
