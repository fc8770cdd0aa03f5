import { expect, type Locator, type Page } from '@playwright/test'

export type Place =
  | 'Clients'
  | 'Pipeline'
  | 'Testimonials'
  | 'Queue'
  | 'Conflicts'
  | 'Insights'
  | 'Sources'
  | 'Settings'

/** What every place has: navigation, search, sync status. */
export class Shell {
  private readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  get navigation(): Locator {
    return this.page.getByRole('navigation', { name: 'Main', exact: true })
  }

  link(place: Place): Locator {
    return this.navigation.getByRole('link', { name: place, exact: true })
  }

  async goTo(place: Place): Promise<void> {
    await this.link(place).click()
    await expect(this.page).toHaveURL(new RegExp(`#/${place.toLowerCase()}`))
  }

  get search(): Locator {
    return this.page.getByRole('searchbox', { name: 'Search clients', exact: true })
  }

  get syncStatus(): Locator {
    return this.page.getByRole('status', { name: 'Sync status', exact: true })
  }

  /** What is said over every place. */
  get notices(): Locator {
    return this.page.getByRole('region', { name: 'Notices', exact: true })
  }

  get syncAll(): Locator {
    return this.page.getByRole('button', { name: 'Sync all', exact: true })
  }

  get workOffline(): Locator {
    return this.page.getByRole('switch', { name: 'Work offline', exact: true })
  }

  get palette(): Locator {
    return this.page.getByRole('dialog', { name: 'Command palette', exact: true })
  }

  /** The newest words about the user's own action. */
  toast(text: string | RegExp): Locator {
    return this.page.locator('[role="status"], [role="alert"]').filter({ hasText: text }).last()
  }

  async openSyncDetails(): Promise<Locator> {
    await this.page.getByRole('button', { name: 'Sync details', exact: true }).click()
    return this.page.getByRole('dialog', { name: 'Sync details', exact: true })
  }

  async setWorkOffline(on: boolean): Promise<void> {
    if ((await this.workOffline.isChecked()) !== on) await this.workOffline.click()
    await expect(this.workOffline).toBeChecked({ checked: on })
  }
}
