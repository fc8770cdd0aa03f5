import { expect, type Locator, type Page } from '@playwright/test'
import { Shell } from './shell.ts'

export type Column = 'Name' | 'Company' | 'Email' | 'Phone' | 'Status' | 'Tags' | 'Source' | 'Updated'

/** The grid of clients and the search above it. */
export class ClientGrid {
  private readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  get grid(): Locator {
    return this.page.getByRole('grid', { name: 'Clients', exact: true })
  }

  /** Rows of clients; the header is a row without a client. */
  get rows(): Locator {
    return this.grid.locator('[role="row"][data-client-id]')
  }

  /** The row that shows this text. */
  row(text: string): Locator {
    return this.rows.filter({ hasText: text })
  }

  /** The row at a place of the list, where it is in the page. */
  rowAt(index: number): Locator {
    return this.grid.locator(`[role="row"][aria-rowindex="${index + 1}"]`)
  }

  header(column: Column): Locator {
    return this.grid.getByRole('columnheader', { name: column, exact: true })
  }

  waitingMark(row: Locator): Locator {
    return row.getByLabel('Waiting to sync', { exact: true })
  }

  conflictMark(row: Locator): Locator {
    return row.getByLabel('Conflict', { exact: true })
  }

  get newClient(): Locator {
    return this.page.getByRole('button', { name: 'New client', exact: true })
  }

  async expectCount(count: number, options?: { timeout?: number }): Promise<void> {
    await expect(this.grid).toHaveAttribute('aria-rowcount', String(count), options)
  }

  /** Types a query and waits until the grid shows its results. */
  async search(query: string): Promise<void> {
    await new Shell(this.page).search.fill(query)
    await expect(this.grid).toHaveAttribute('data-query', query)
    await expect(this.grid).not.toHaveAttribute('aria-busy', 'true')
  }

  /** Finds a client by a text of its row, opens it and waits until it is this one that the details show. */
  async open(text: string, source = ''): Promise<void> {
    await this.search(text)
    const row = this.row(text).filter({ hasText: source }).first()
    await row.click()
    const heading = this.page.getByRole('region', { name: 'Client details', exact: true }).getByRole('heading').first()
    await expect
      .poll(async () => {
        const name = await heading.textContent()
        return name !== null && (await row.textContent())?.includes(name)
      })
      .toBe(true)
  }
}
