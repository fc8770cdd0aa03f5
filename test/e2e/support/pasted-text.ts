import type { Page } from '@playwright/test'

/** What is on the clipboard, by pasting it: reading it is a permission that the page has in no host. */
export async function pastedText(page: Page): Promise<string> {
  await page.evaluate(() => {
    const field = document.createElement('textarea')
    field.id = 'pasted-text'
    document.body.append(field)
    field.focus()
  })
  const field = page.locator('#pasted-text')
  await field.press('ControlOrMeta+V')
  const text = await field.inputValue()
  await field.evaluate((element) => element.remove())
  return text
}
