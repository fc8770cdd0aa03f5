import { expect, type Locator, type Page } from '@playwright/test'

export type ConnectorLabel = 'Endors' | 'Full Engage' | 'Spott' | 'Connect' | 'Clients v1' | 'Custom…'

export interface SourceValues {
  readonly connector: ConnectorLabel
  readonly name?: string
  readonly key?: string
  readonly baseUrl?: string
  readonly spaceId?: string
  readonly headerName?: string
  readonly headerScheme?: string
  readonly path?: string
  readonly pageSize?: string
  readonly includeSensitive?: boolean
}

/** The dialog `Add source`. */
export class AddSourceDialog {
  private readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  get dialog(): Locator {
    return this.page.getByRole('dialog', { name: 'Add source', exact: true })
  }

  get connectors(): Locator {
    return this.dialog.getByRole('radiogroup', { name: 'Connector', exact: true })
  }

  connector(label: ConnectorLabel): Locator {
    return this.connectors.getByRole('radio', { name: label, exact: true })
  }

  field(label: string): Locator {
    return this.dialog.getByLabel(label, { exact: true })
  }

  button(name: 'Test connection' | 'Add and sync' | 'Cancel'): Locator {
    return this.dialog.getByRole('button', { name, exact: true })
  }

  get alert(): Locator {
    return this.dialog.getByRole('alert')
  }

  /** The first `Add source` of the window: the one of the place, or the one of the welcome. */
  async open(): Promise<void> {
    await this.page.getByRole('button', { name: 'Add source', exact: true }).first().click()
    await expect(this.dialog).toBeVisible()
  }

  async fill(values: SourceValues): Promise<void> {
    await this.connector(values.connector).click()
    await expect(this.connector(values.connector)).toBeChecked()
    const texts: readonly (readonly [string, string | undefined])[] = [
      ['Name', values.name],
      [values.connector === 'Connect' ? 'Secret key' : 'API key', values.key],
      ['Base URL', values.baseUrl],
      ['Space ID', values.spaceId],
      ['Header name', values.headerName],
      ['Header scheme', values.headerScheme],
      ['Path', values.path],
      ['Page size', values.pageSize],
    ]
    for (const [label, value] of texts) if (value !== undefined) await this.field(label).fill(value)
    if (values.includeSensitive !== undefined) {
      await this.field('Include sensitive fields').setChecked(values.includeSensitive)
    }
  }

  /** Adds a source that is expected to answer. */
  async add(values: SourceValues): Promise<void> {
    await this.open()
    await this.fill(values)
    await this.button('Add and sync').click()
    await expect(this.dialog).toBeHidden()
  }

  /** The text that belongs to a field by `aria-describedby`. */
  async describedBy(label: string): Promise<string> {
    const ids = ((await this.field(label).getAttribute('aria-describedby')) ?? '')
      .split(/\s+/)
      .filter((id) => id !== '')
    const texts = await Promise.all(ids.map((id) => this.page.locator(`[id="${id}"]`).allTextContents()))
    return texts.flat().join(' ')
  }
}
