import { readFileSync, writeFileSync } from 'node:fs'
import { addSimulated } from './add-simulated.ts'
import { expect, test } from './fixtures.ts'
import { take, takeDark, toastsGone } from './take.ts'

test.use({ counts: { endors: 12, 'full-engage': 318, spott: 10, connect: 64, clnt: 8 } })

const RULE = 'Always keep mine for Phone of Full Engage'

test('edits that are held, changed, discarded, exported and decided', async ({ simulator, ui }, testInfo) => {
  const { page, shell, grid, details, newClient, conflicts, queue } = ui
  const fullEngage = simulator.servers['full-engage']
  const both = async (name: string): Promise<void> => {
    await take(page, name)
    await takeDark(page, `${name}-dark`)
  }
  const edit = async (name: string, values: Parameters<typeof details.edit>[0]): Promise<void> => {
    await grid.open(name, 'Full Engage')
    await details.edit(values)
  }
  const idOf = (name: string): string => {
    const row = fullEngage.table.list().find((client) => client.name === name)
    if (row === undefined) throw new Error(`nobody is called ${name}`)
    return row.id
  }
  await addSimulated(ui, simulator)

  await test.step('review before sending', async () => {
    await page
      .getByRole('row', { name: 'Full Engage', exact: true })
      .getByRole('switch', { name: 'Review before sending' })
      .click()
    await shell.goTo('Clients')
    await edit('Zoë Álvarez-Núñez', { Phone: '+34 612 555 044' })
    await edit('Bjørn Haugen', { Status: 'Inactive', Notes: 'Wants the three-year offer.' })
    await grid.open('Jürgen Groß', 'Full Engage')
    await details.delete()
    await shell.setWorkOffline(true)
    await grid.newClient.click()
    await newClient.chooseSource('Connect')
    await newClient.fill({ 'First name': 'Maeve', 'Last name': "O'Neill", Email: 'maeve@harbour.example' })
    await newClient.button('Create').click()
    await expect(newClient.root).toBeHidden()
    await shell.goTo('Queue')
    await queue.choose(queue.row("O'Neill"), 'Hold')
    await toastsGone(page)
    await shell.setWorkOffline(false)
    await expect(page.getByText('3 edits of Full Engage wait for your look.')).toBeVisible()
    await expect(shell.syncStatus).toHaveText('4 edits waiting')
    await both('queue-review')
    await page.setViewportSize({ width: 900, height: 600 })
    await both('queue-review-900x600')
    await page.setViewportSize({ width: 1280, height: 800 })
    await shell.openSyncDetails()
    await both('sync-details')
    await page.keyboard.press('Escape')
  })

  await test.step('change and discard', async () => {
    await queue.choose(queue.row('Zoë'), 'Change…')
    await page.getByRole('dialog').getByLabel('Phone', { exact: true }).fill('+34 612 555 04')
    await both('queue-change')
    await page.keyboard.press('Escape')
    await queue.button(queue.row('Bjørn Haugen'), 'Discard').click()
    await expect(queue.discardQuestion).toContainText('returns to')
    await both('queue-discard')
    await page.keyboard.press('Escape')
  })

  await test.step('import', async () => {
    const downloading = page.waitForEvent('download')
    await queue.tool('Export unsent work').click()
    const file = testInfo.outputPath('clientele-unsent-work.json')
    writeFileSync(file, readFileSync(await (await downloading).path()))
    await queue.button(queue.row("O'Neill"), 'Discard').click()
    await queue.discardQuestion.getByRole('button', { name: 'Discard', exact: true }).click()
    await expect(queue.row("O'Neill")).toBeHidden()
    const choosing = page.waitForEvent('filechooser')
    await queue.tool('Import…').click()
    await (await choosing).setFiles(file)
    await expect(page.getByText(/came back/).first()).toBeVisible()
    await both('queue-import')
    await page.getByRole('button', { name: 'Close report', exact: true }).click()
    const sendAll = page.getByRole('button', { name: 'Send all', exact: true })
    await sendAll.first().click()
    await expect(sendAll).toHaveCount(1)
    await sendAll.click()
    await expect(sendAll).toHaveCount(0)
    await shell.goTo('Sources')
    await page
      .getByRole('row', { name: 'Full Engage', exact: true })
      .getByRole('switch', { name: 'Review before sending' })
      .click()
    await expect(shell.syncStatus).toHaveText('Up to date', { timeout: 60_000 })
  })

  await test.step('a choice as a rule', async () => {
    await shell.goTo('Clients')
    await shell.setWorkOffline(true)
    for (const name of ['Zoë Álvarez-Núñez', 'Bjørn Haugen', 'Ingrid Sørensen']) {
      const notes = name.startsWith('Bjørn') ? { Notes: 'Contract ends in March. Wants the three-year offer.' } : {}
      await edit(name, { Phone: '+47 405 55 011', ...notes })
      fullEngage.table.update(idOf(name), {
        phone: '+47 922 55 640',
        ...(name.startsWith('Bjørn') ? { notes: 'Contract moved to May.' } : {}),
      })
    }
    await shell.setWorkOffline(false)
    await expect(shell.syncStatus).toHaveText('3 conflicts')
    await shell.goTo('Conflicts')
    const item = conflicts.item('Bjørn Haugen')
    await conflicts.choice(item, 'Keep mine').first().click()
    await conflicts.always(item, RULE).check()
    await expect(item).toContainText('Decides 2 more open conflicts now')
    await both('conflicts-always')
    await page.setViewportSize({ width: 900, height: 600 })
    await both('conflicts-always-900x600')
    await page.setViewportSize({ width: 1280, height: 800 })

    fullEngage.table.update(idOf('Bjørn Haugen'), { phone: '+47 922 55 777' })
    await shell.syncAll.click()
    await expect(item).toContainText('Full Engage changed Phone again after you chose.')
    await both('conflicts-changed-again')

    await item.getByRole('button', { name: 'Keep all mine', exact: true }).click()
    await conflicts.always(item, RULE).check()
    await conflicts.resolve(item).click()
    await expect(item).toContainText('It is a rule now; 2 more conflicts decided.')
    await both('conflicts-rules')
  })
})
