import { expect, type Locator, type Page } from '@playwright/test'

export const PASSPHRASE = 'four quiet words here'

export function lockScreen(page: Page): Locator {
  return page.getByRole('dialog', { name: 'Clientele is locked' })
}

export async function setPassphrase(page: Page, passphrase: string): Promise<void> {
  await page.getByRole('button', { name: 'Set passphrase…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Set passphrase' })
  await dialog.getByLabel('New passphrase', { exact: true }).fill(passphrase)
  await dialog.getByLabel('New passphrase again').fill(passphrase)
  await dialog.getByRole('button', { name: 'Encrypt' }).click()
  await expect(dialog).toBeHidden()
}

export async function unlock(page: Page, passphrase: string): Promise<void> {
  await lockScreen(page).getByLabel('Passphrase').fill(passphrase)
  await page.keyboard.press('Enter')
}
