import { expect, type Locator, type Page } from '@playwright/test'

export type TextFile = { readonly name: string; readonly text: string | Buffer }

/** The dialog `Import clients`. */
export class ImportDialog {
  private readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  get root(): Locator {
    return this.page.getByRole('dialog', { name: 'Import clients', exact: true })
  }

  button(name: string | RegExp): Locator {
    return this.root.getByRole('button', { name, exact: true })
  }

  select(name: string | RegExp): Locator {
    return this.root.getByRole('combobox', { name, exact: true })
  }

  /** Opens it from the list's menu. */
  async open(): Promise<void> {
    await this.page.getByRole('button', { name: 'View options', exact: true }).click()
    await this.page.getByRole('menuitem', { name: 'Import clients…', exact: true }).click()
    await expect(this.root).toBeVisible()
  }

  async choose({ name, text }: TextFile): Promise<void> {
    const choosing = this.page.waitForEvent('filechooser')
    await this.button('Choose file…').click()
    const buffer = typeof text === 'string' ? Buffer.from(text) : text
    await (await choosing).setFiles({ name, mimeType: 'text/plain', buffer })
  }

  async read(file: TextFile): Promise<void> {
    await this.open()
    await this.choose(file)
  }

  /** Over the list, as from the desktop. */
  async drop({ name, text }: TextFile, onto: Locator): Promise<void> {
    const data = await this.page.evaluateHandle(
      ([fileName, content]) => {
        const transfer = new DataTransfer()
        transfer.items.add(new File([content ?? ''], fileName ?? '', { type: 'text/vcard' }))
        return transfer
      },
      [name, text.toString()],
    )
    await onto.dispatchEvent('dragover', { dataTransfer: data })
    await onto.dispatchEvent('drop', { dataTransfer: data })
  }
}
