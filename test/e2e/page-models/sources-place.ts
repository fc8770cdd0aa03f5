import { expect, type Locator, type Page } from '@playwright/test'

export type StateWord = 'Up to date' | 'Syncing' | 'Waiting to retry' | 'Paused' | 'Key rejected' | 'Offline' | 'Error'

/** The table `Sources`. */
export class SourcesPlace {
  private readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  get table(): Locator {
    return this.page.getByRole('table', { name: 'Sources', exact: true })
  }

  row(name: string): Locator {
    return this.table.getByRole('row', { name, exact: true })
  }

  button(source: string, name: 'Sync now' | 'Full sync' | 'Pause' | 'Resume' | 'Edit' | 'Remove'): Locator {
    return this.row(source).getByRole('button', { name, exact: true })
  }

  review(source: string): Locator {
    return this.row(source).getByRole('switch', { name: 'Review before sending', exact: true })
  }

  progress(source: string): Locator {
    return this.row(source).getByRole('progressbar')
  }

  async expectState(source: string, state: StateWord, options?: { timeout?: number }): Promise<void> {
    const word = this.row(source).getByText(state, { exact: true })
    // Some states are over within a tenth of a second, such as a first wait before a retry.
    await expect
      .poll(() => word.isVisible(), { intervals: [40], message: `${source}: ${state}`, ...options })
      .toBe(true)
  }

  /** What the place says about a source beyond its row is in the table too. */
  async expectSays(text: RegExp, options?: { timeout?: number }): Promise<void> {
    await expect(this.table).toContainText(text, options)
  }

  /** The dialog that `Edit` opens. */
  get dialog(): Locator {
    return this.page.getByRole('dialog')
  }

  async replaceKey(source: string, label: 'API key' | 'Secret key', key: string): Promise<void> {
    await this.button(source, 'Edit').click()
    await this.dialog.getByLabel(label, { exact: true }).fill(key)
    await this.save()
  }

  async save(): Promise<void> {
    await this.dialog.getByRole('button', { name: /^Save/ }).click()
    await expect(this.dialog).toBeHidden()
  }

  /** Starts a sync and waits until it is over and well. */
  async syncNow(source: string): Promise<void> {
    await this.button(source, 'Sync now').click()
    await this.expectState(source, 'Up to date')
  }

  async fullSync(source: string): Promise<void> {
    await this.button(source, 'Full sync').click()
    await this.expectState(source, 'Up to date')
  }
}
