import { expect, test } from './fixtures.ts'
import { addAndBrowse, fullEngageSource } from './support/add-sources.ts'
import { expectNothingSerious } from './support/axe.ts'

const CSV = [
  'First name,Last name,Email,Phone,Company,Dog,Website',
  'Ann,Bell,ann@fjord.example,+47 900 00 001,Fjord AS,Rex,www.fjord.example',
  'Anna,Larsen,,,,,',
  'Bjørn,Ødegård,no address,,"A company with a rather long name that goes on",,',
  ',,,,,Fido,',
].join('\n')

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme, contextOptions: { reducedMotion: 'reduce' } })

    test('the import, from choosing a file to its report, and the dialog of the printer', async ({
      ui,
      vendors,
    }, testInfo) => {
      const vendor = await vendors.fullEngage(8)
      await addAndBrowse(ui, fullEngageSource(vendor), 8)
      const take = (name: string) => ui.page.screenshot({ path: testInfo.outputPath(`${name}.png`) })
      const { importClients: dialog } = ui
      await dialog.open()
      await expectNothingSerious(ui.page, 'a file is to be chosen')
      await take('choose')
      await dialog.choose({ name: 'people.csv', text: CSV })
      await expect(dialog.root).toContainText('1 possible duplicate')
      await expectNothingSerious(ui.page, 'columns, duplicates, preview and remarks')
      await take('review')
      await ui.page.setViewportSize({ width: 900, height: 600 })
      await expectNothingSerious(ui.page, 'review at 900 x 600')
      await take('review-small')
      await dialog.root.getByRole('region', { name: 'Remarks by line', exact: true }).scrollIntoViewIfNeeded()
      await take('review-small-end')
      await ui.page.setViewportSize({ width: 1280, height: 800 })
      await dialog.root.getByRole('region', { name: 'Remarks by line', exact: true }).scrollIntoViewIfNeeded()
      await take('review-end')
      await dialog.button(/^Import \d+ clients?$/).click()
      await expect(dialog.root).toContainText('came in from people.csv')
      await expectNothingSerious(ui.page, 'the report')
      await take('report')
      await ui.page.keyboard.press('Escape')
      await expect(dialog.root).toBeHidden()
      await ui.grid.open('Anna Larsen')
      await ui.page.keyboard.press('Control+p')
      await expect(ui.page.getByRole('dialog', { name: 'Print client', exact: true })).toBeVisible()
      await expectNothingSerious(ui.page, 'the printer')
      await take('print')
    })
  })
}
