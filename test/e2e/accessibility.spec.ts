import { expect, test } from './fixtures.ts'
import type { Place } from './page-models/shell.ts'
import { addAndBrowse, connectSource, endorsSource, fullEngageSource, spottSource } from './support/add-sources.ts'
import { expectNothingSerious } from './support/axe.ts'

const PLACES: readonly Place[] = [
  'Clients',
  'Pipeline',
  'Testimonials',
  'Queue',
  'Conflicts',
  'Insights',
  'Sources',
  'Settings',
]

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme, contextOptions: { reducedMotion: 'reduce' } })

    test('the welcome and the dialog to add a source', async ({ ui }) => {
      await expect(ui.page.getByRole('heading', { name: 'Welcome to Clientele', exact: true })).toBeVisible()
      await expectNothingSerious(ui.page, 'welcome')
      await ui.addSource.open()
      await expectNothingSerious(ui.page, 'Add source')
      await ui.addSource.connector('Custom…').click()
      await expectNothingSerious(ui.page, 'Add source, Custom')
    })

    test('what asks for a decision: a held removal, removed clients, the timeline, backups', async ({
      ui,
      vendors,
    }) => {
      test.setTimeout(240_000)
      const vendor = await vendors.fullEngage(30)
      await addAndBrowse(ui, fullEngageSource(vendor), 30)
      const gone = vendor.clients.splice(10, 12)
      await ui.shell.goTo('Sources')
      await ui.sources.button('Full Engage', 'Full sync').click()
      await ui.page.getByRole('button', { name: 'Show names', exact: true }).click()
      await expect(ui.page.getByText(gone[0]?.name ?? '', { exact: true }).first()).toBeVisible()
      await expectNothingSerious(ui.page, 'Sources, a held removal')
      await ui.page.getByRole('button', { name: 'Remove them', exact: true }).click()
      await ui.page.getByRole('button', { name: 'Show', exact: true }).click()
      await expect(ui.tray.rows).toHaveCount(12)
      await expectNothingSerious(ui.page, 'Removed clients')
      await ui.tray.button(gone[0]?.name ?? '', 'Forget').click()
      await expectNothingSerious(ui.page, 'Forget client')
      await ui.page.keyboard.press('Escape')

      await ui.shell.setWorkOffline(true)
      await ui.shell.goTo('Clients')
      await ui.grid.open('Anna Larsen')
      await ui.details.edit({ Phone: '+1 1', Company: 'Larsen & Co' })
      await ui.details.tab('Timeline').click()
      await ui.details.events.first().hover()
      await expectNothingSerious(ui.page, 'Timeline with Put back')
      await ui.shell.goTo('Sources')
      await ui.sources.button('Full Engage', 'Remove').click()
      await expectNothingSerious(ui.page, 'Remove source')
      await ui.page.keyboard.press('Escape')
      await ui.shell.goTo('Settings')
      await ui.settings.backUpNow.click()
      await ui.settings.restore(ui.settings.backups.first()).click()
      await expectNothingSerious(ui.page, 'Restore backup')
      await ui.page.keyboard.press('Escape')
    })

    test('every place with clients, an edit that waits and a conflict', async ({ ui, vendors }) => {
      test.setTimeout(240_000)
      const endors = await vendors.endors(12)
      endors.testimonials.set(endors.clients[0]?.id ?? '', [
        {
          id: 't-1',
          type: 'text',
          name: 'Zoë',
          text_content: 'They listen.',
          rating: 4,
          source_created_at: '2026-05-01T10:00:00.000Z',
          created_at: '2026-05-01T10:00:00.000Z',
          updated_at: '2026-05-01T10:00:00.000Z',
          active_asset: null,
        },
      ])
      const fullEngage = await vendors.fullEngage(12)
      await addAndBrowse(ui, endorsSource(endors), 12)
      await ui.shell.goTo('Sources')
      await addAndBrowse(ui, spottSource(await vendors.spott(12)), 24)
      await ui.shell.goTo('Sources')
      await addAndBrowse(ui, connectSource(await vendors.connect(12)), 36)
      await ui.shell.goTo('Sources')
      await addAndBrowse(ui, fullEngageSource(fullEngage), 48)

      await ui.shell.setWorkOffline(true)
      await ui.grid.search('anna larsen')
      await ui.grid.row('Anna Larsen').filter({ hasText: 'Full Engage' }).click()
      await ui.details.edit({ Phone: '+1 1' })
      fullEngage.change(fullEngage.named('Anna Larsen')[0]?.id ?? '', { phone: '+1 2' })
      await ui.shell.setWorkOffline(false)
      await expect(ui.shell.syncStatus).toHaveText('1 conflicts')
      await ui.shell.setWorkOffline(true)
      await ui.grid.search('zoë')
      await ui.grid.row('Zoë Álvarez-Núñez').filter({ hasText: 'Full Engage' }).click()
      await ui.details.edit({ Phone: '+1 3' })
      await ui.grid.search('')

      for (const place of PLACES) {
        await ui.shell.goTo(place)
        await expect(ui.page.getByRole('heading', { level: 1 })).toBeVisible()
        await expectNothingSerious(ui.page, place)
      }
      await ui.shell.goTo('Clients')
      await ui.grid.rows.first().click()
      await expect(ui.details.region).toBeVisible()
      for (const tab of ['Profile', 'Timeline', 'Testimonials', 'Sources'] as const) {
        await ui.details.tab(tab).click()
        await expectNothingSerious(ui.page, `details, ${tab}`)
      }
      await ui.details.tab('Profile').click()
      await ui.details.button('Edit').click()
      await expectNothingSerious(ui.page, 'edit form')
      await ui.details.form.button('Cancel').click()
      await ui.page.keyboard.press('Control+k')
      await expect(ui.shell.palette).toBeVisible()
      await expectNothingSerious(ui.page, 'palette')
      await ui.page.keyboard.press('Escape')
      await ui.grid.newClient.click()
      await expectNothingSerious(ui.page, 'New client')
    })
  })
}
