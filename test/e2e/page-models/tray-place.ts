import { expect, type Locator, type Page } from '@playwright/test'

/** `Removed clients`: those that their source no longer has. */
export class TrayPlace {
  private readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  /** By the link under the list of clients. */
  async open(): Promise<void> {
    await this.page.getByRole('link', { name: /\d removed clients?$/ }).click()
    await expect(this.page.getByRole('heading', { level: 1, name: 'Removed clients', exact: true })).toBeVisible()
  }

  get table(): Locator {
    return this.page.getByRole('table', { name: 'Removed clients', exact: true })
  }

  get rows(): Locator {
    return this.table.getByRole('row').filter({ has: this.page.getByRole('button') })
  }

  row(name: string): Locator {
    return this.table.getByRole('row', { name, exact: true })
  }

  button(name: string, action: string): Locator {
    return this.row(name).getByRole('button', { name: action, exact: true })
  }

  get question(): Locator {
    return this.page.getByRole('alertdialog', { name: 'Forget client', exact: true })
  }
}
