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

  button(row: Locator, name: 'Retry' | 'Discard' | 'Show client'): Locator {
    return row.getByRole('button', { name, exact: true })
  }
}
