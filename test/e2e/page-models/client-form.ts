import type { Locator } from '@playwright/test'

export type FieldLabel =
  | 'Name'
  | 'First name'
  | 'Last name'
  | 'Email'
  | 'Phone'
  | 'Company'
  | 'Job title'
  | 'Status'
  | 'Notes'
  | 'Tags'

/** The fields of a client, in the details or in the dialog for a new one. */
export class ClientForm {
  readonly root: Locator

  constructor(root: Locator) {
    this.root = root
  }

  field(label: FieldLabel): Locator {
    return this.root.getByLabel(label, { exact: true })
  }

  get source(): Locator {
    return this.root.getByLabel('Source', { exact: true })
  }

  button(name: 'Save' | 'Create' | 'Cancel'): Locator {
    return this.root.getByRole('button', { name, exact: true })
  }

  /** Fills text fields; a status is chosen by its label. */
  async fill(values: Readonly<Partial<Record<FieldLabel, string>>>): Promise<void> {
    for (const [label, value] of entriesOf(values)) {
      if (label === 'Status') await this.choose(this.field('Status'), value)
      else await this.field(label).fill(value)
    }
  }

  async chooseSource(name: string): Promise<void> {
    await this.choose(this.source, name)
  }

  /** A select of the browser's own, or a combobox with a list of options. */
  private async choose(select: Locator, label: string): Promise<void> {
    if ((await select.evaluate((element) => element.tagName)) === 'SELECT') {
      await select.selectOption({ label })
      return
    }
    await select.click()
    await this.root.page().getByRole('option', { name: label, exact: true }).click()
  }
}

function entriesOf(values: Readonly<Partial<Record<FieldLabel, string>>>): readonly (readonly [FieldLabel, string])[] {
  const labels: readonly FieldLabel[] = [
    'Name',
    'First name',
    'Last name',
    'Email',
    'Phone',
    'Company',
    'Job title',
    'Status',
    'Notes',
    'Tags',
  ]
  return labels.flatMap((label) => {
    const value = values[label]
    return value === undefined ? [] : [[label, value] as const]
  })
}
