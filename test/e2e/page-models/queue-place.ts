import type { Locator, Page } from '@playwright/test'

/** The table `Queue`. */
export class QueuePlace {
  private readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  get table(): Locator {
    return this.page.getByRole('table', { name: 'Queue', exact: true })
  }

  /** Rows of edits; the header row has no buttons. */
  get rows(): Locator {
    return this.table.getByRole('row').filter({ has: this.page.getByRole('button', { name: 'Discard', exact: true }) })
  }

  row(client: string): Locator {
    return this.rows.filter({ hasText: client })
  }

  /** `Release` and `Change…` stand in a row only where they are the way on. */
  button(row: Locator, name: 'Retry' | 'Discard' | 'Show client' | 'Release' | 'Change…' | 'Decide'): Locator {
    return row.getByRole('button', { name, exact: true })
  }

  /** Opens the menu of a row and chooses from it. */
  async choose(row: Locator, name: 'Hold' | 'Change…' | 'Copy details'): Promise<void> {
    await row.getByRole('button', { name: 'More', exact: true }).click()
    await this.page.getByRole('menuitem', { name, exact: true }).click()
  }

  get discardQuestion(): Locator {
    return this.page.getByRole('alertdialog', { name: 'Discard edit', exact: true })
  }

  tool(name: 'Import…' | 'Export unsent work' | 'Send all now'): Locator {
    return this.page.getByRole('main').getByRole('button', { name, exact: true })
  }
}
