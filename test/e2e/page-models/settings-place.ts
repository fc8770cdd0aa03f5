import type { Locator, Page } from '@playwright/test'

/** `Settings`, as far as the safety of the user's own work goes. */
export class SettingsPlace {
  private readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  get safety(): Locator {
    return this.page.getByRole('region', { name: 'Safety', exact: true })
  }

  get backUpNow(): Locator {
    return this.safety.getByRole('button', { name: 'Back up now', exact: true })
  }

  get backups(): Locator {
    return this.safety.getByRole('list', { name: 'Backups', exact: true }).getByRole('listitem')
  }

  restore(backup: Locator): Locator {
    return backup.getByRole('button', { name: /^Restore…/ })
  }

  question(label: 'Restore backup' | 'Backup restored'): Locator {
    return this.page.getByRole('alertdialog', { name: label, exact: true })
  }
}
