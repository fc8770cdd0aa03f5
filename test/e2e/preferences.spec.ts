import AxeBuilder from '@axe-core/playwright'
import type { Locator, Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import type { Place } from './page-models/shell.ts'
import { addAndBrowse, addAndWait, fullEngageSource, spottSource } from './support/add-sources.ts'

/** What the system's preferences for contrast, colours and motion do to the whole app. */

const styleOf = (locator: Locator, name: string): Promise<string> =>
  locator.evaluate((element, property) => getComputedStyle(element).getPropertyValue(property), name)

const SCHEMES = ['light', 'dark'] as const
const PLACES: readonly Place[] = ['Clients', 'Pipeline', 'Queue', 'Conflicts', 'Insights', 'Sources', 'Settings']

test('in forced colours what only a shade or a shadow drew has a line', async ({ ui, vendors }) => {
  const vendor = await vendors.fullEngage(12)
  await addAndBrowse(ui, fullEngageSource(vendor), 12)
  await ui.page.emulateMedia({ forcedColors: 'active' })

  await ui.page.keyboard.press('Control+k')
  await ui.page.keyboard.type('queue')
  expect(await styleOf(ui.shell.palette, 'border-top-width')).toBe('1px')
  const options = ui.shell.palette.getByRole('option')
  await expect(options.and(ui.page.locator('[aria-selected="true"]'))).toHaveCount(1)
  expect(await styleOf(ui.shell.palette.locator('[aria-selected="true"]'), 'outline-style')).toBe('solid')
  expect(await styleOf(ui.shell.palette.locator('[aria-selected="false"]').first(), 'outline-style')).toBe('none')
  await ui.page.keyboard.press('Escape')

  await ui.page.keyboard.press('n')
  await ui.newClient.field('Notes').focus()
  expect(await styleOf(ui.newClient.field('Notes'), 'outline-style')).toBe('solid')
  expect(await styleOf(ui.newClient.field('Name'), 'outline-style')).toBe('none')
  await ui.page.keyboard.press('Escape')

  await ui.shell.goTo('Insights')
  const canvas = await styleOf(ui.page.locator('body'), 'background-color')
  const mark = ui.page.locator('[data-mark="complete"]').first()
  await expect(mark).toBeVisible()
  expect(await styleOf(mark, 'background-color')).not.toBe(canvas)

  const track = ui.shell.workOffline.locator('i')
  const off = await styleOf(track, 'background-color')
  await ui.shell.setWorkOffline(true)
  expect(await styleOf(track, 'background-color')).not.toBe(off)
})

test('with more contrast asked for, every text has 7:1, in light and dark', async ({ ui, vendors }) => {
  test.setTimeout(120_000)
  await addAndWait(ui, fullEngageSource(await vendors.fullEngage(12)))
  await addAndWait(ui, spottSource(await vendors.spott(12)))
  for (const place of PLACES) {
    await ui.shell.goTo(place)
    await expect(ui.page.getByRole('heading', { level: 1 })).toHaveText(place)
    await expectEnhancedContrast(ui.page, place)
  }
  await ui.shell.goTo('Clients')
  await ui.grid.open('Anna Larsen')
  await expectEnhancedContrast(ui.page, 'details')
  await ui.details.button('Edit').click()
  await expectEnhancedContrast(ui.page, 'form')
  for (const colorScheme of SCHEMES) {
    await ui.page.emulateMedia({ contrast: 'more', colorScheme })
    // A line that means something has 3:1 to what it lies on.
    expect(await ui.details.form.field('Notes').evaluate(borderContrast), colorScheme).toBeGreaterThan(3)
  }
})

function borderContrast(field: HTMLElement): number {
  const light = (color: string): number => {
    const parts = (/\d+, \d+, \d+/.exec(color)?.[0] ?? '').split(', ').map((part) => Number(part) / 255)
    const [r = 0, g = 0, b = 0] = parts.map((part) =>
      part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4,
    )
    return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05
  }
  const style = getComputedStyle(field)
  const [a, b] = [light(style.borderTopColor), light(style.backgroundColor)]
  return Math.max(a, b) / Math.min(a, b)
}

test('with less motion asked for, nothing moves, not even while a source is read', async ({ ui, vendors }) => {
  const vendor = await vendors.fullEngage(12)
  await addAndBrowse(ui, fullEngageSource(vendor), 12)
  vendor.weather = (request, serve) =>
    request.method === 'GET' ? new Promise((resolve) => setTimeout(() => resolve(serve()), 15_000)) : serve()
  const moving = (): Promise<number> => ui.page.evaluate(() => document.getAnimations().length)

  await ui.shell.syncAll.click()
  await expect(ui.shell.syncStatus).toHaveText('Syncing…')
  await expect.poll(moving).toBeGreaterThan(0)
  await ui.page.emulateMedia({ reducedMotion: 'reduce' })
  await expect.poll(moving).toBe(0)
  await ui.page.keyboard.press('n')
  await expect(ui.newClient.root).toBeVisible()
  expect(await moving()).toBe(0)
  await ui.page.keyboard.press('Escape')
  await ui.shell.setWorkOffline(true)
  expect(await moving()).toBe(0)
})

test('spelling is checked in notes, and nowhere else', async ({ ui, vendors }) => {
  const vendor = await vendors.fullEngage(4)
  await addAndBrowse(ui, fullEngageSource(vendor), 4)
  await expect(ui.page.locator('html')).toHaveAttribute('lang', 'en')
  await expect(ui.shell.search).toHaveAttribute('spellcheck', 'false')
  await ui.page.keyboard.press('n')
  await expect(ui.newClient.field('Notes')).toHaveAttribute('spellcheck', 'true')
  const others = ui.newClient.root.locator('input, textarea')
  const checked = await others.evaluateAll((fields: readonly HTMLElement[]) =>
    fields.filter((field) => field.spellcheck).map((field) => field.tagName),
  )
  expect(checked).toEqual(['TEXTAREA'])
  await ui.newClient.field('Name').fill('さくら')
  await expect(ui.newClient.field('Name')).toHaveAttribute('lang', 'ja')
  await expect(ui.newClient.field('Company')).toHaveAttribute('lang', '')
  await ui.page.keyboard.press('Escape')
  await ui.page.getByRole('button', { name: 'Discard', exact: true }).click()

  await ui.shell.goTo('Sources')
  await ui.page.getByRole('button', { name: 'Add source', exact: true }).click()
  const dialog = ui.page.getByRole('dialog', { name: 'Add source', exact: true })
  await expect(dialog.locator('input[type="password"]')).toHaveAttribute('spellcheck', 'false')
})

async function expectEnhancedContrast(page: Page, where: string): Promise<void> {
  for (const colorScheme of SCHEMES) {
    await page.emulateMedia({ contrast: 'more', colorScheme })
    const axe = new AxeBuilder({ page }).setLegacyMode().withRules(['color-contrast-enhanced'])
    const { violations } = await axe.analyze()
    const found = violations.flatMap(({ nodes }) =>
      nodes.map((node) => `${node.any[0]?.message.slice(0, 160) ?? ''} ${node.html.slice(0, 140)}`),
    )
    expect.soft(found, `${where}, ${colorScheme}`).toEqual([])
  }
}
