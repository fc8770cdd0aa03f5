import type { Locator, Page } from '@playwright/test'

/** The list `Conflicts`. */
export class ConflictsPlace {
  private readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  get list(): Locator {
    return this.page.getByRole('list', { name: 'Conflicts', exact: true })
  }

  item(client: string): Locator {
    return this.list.getByRole('listitem').filter({ hasText: client })
  }

  choice(item: Locator, choice: 'Keep mine' | 'Take theirs'): Locator {
    return item.getByRole('radio', { name: choice, exact: true })
  }

  always(item: Locator, rule: string): Locator {
    return item.getByRole('checkbox', { name: rule, exact: true })
  }

  /** The rules at the foot of the place. */
  rule(text: string): Locator {
    return this.page.getByRole('list', { name: 'Rules', exact: true }).getByRole('listitem').filter({ hasText: text })
  }

  resolve(item: Locator): Locator {
    return item.getByRole('button', { name: 'Resolve', exact: true })
  }
}
