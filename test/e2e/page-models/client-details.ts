import { expect, type Locator, type Page } from '@playwright/test'
import { ClientForm, type FieldLabel } from './client-form.ts'

/** The open client. */
export class ClientDetails {
  private readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  get region(): Locator {
    return this.page.getByRole('region', { name: 'Client details', exact: true })
  }

  heading(name: string): Locator {
    return this.region.getByRole('heading', { name, exact: true })
  }

  tab(name: 'Profile' | 'Timeline' | 'Testimonials' | 'Sources'): Locator {
    return this.region.getByRole('tab', { name, exact: true })
  }

  /** Entries of the timeline, newest first. */
  get events(): Locator {
    return this.region.getByRole('tabpanel').getByRole('listitem')
  }

  button(name: 'Edit' | 'Delete'): Locator {
    return this.region.getByRole('button', { name, exact: true })
  }

  get form(): ClientForm {
    return new ClientForm(this.region)
  }

  /** Opens the form, fills it and saves. */
  async edit(values: Readonly<Partial<Record<FieldLabel, string>>>): Promise<void> {
    await this.button('Edit').click()
    await this.form.fill(values)
    await this.form.button('Save').click()
    await expect(this.form.button('Save')).toBeHidden()
  }

  get deleteQuestion(): Locator {
    return this.page.getByRole('alertdialog', { name: 'Delete client', exact: true })
  }

  async delete(): Promise<void> {
    await this.button('Delete').click()
    await this.deleteQuestion.getByRole('button', { name: 'Delete', exact: true }).click()
    await expect(this.deleteQuestion).toBeHidden()
  }
}
