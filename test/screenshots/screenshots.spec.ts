import { addSimulated, valuesOf } from './add-simulated.ts'
import { expect, test } from './fixtures.ts'
import { take, takeDark, toastsGone } from './take.ts'

test('welcome', async ({ ui }) => {
  await expect(ui.page.getByRole('heading', { name: 'Welcome to Clientele', exact: true })).toBeVisible()
  await take(ui.page, 'welcome')
})

test('the book', async ({ simulator, ui }) => {
  const { page, shell, grid, details, newClient, conflicts, queue } = ui
  const fullEngage = simulator.servers['full-engage']
  const { connect } = simulator.servers
  const idOf = (name: string): string => {
    const row = fullEngage.table.list().find((client) => client.name === name)
    if (row === undefined) throw new Error(`nobody is called ${name}`)
    return row.id
  }
  const edit = async (name: string, values: Parameters<typeof details.edit>[0]): Promise<void> => {
    await grid.open(name, 'Full Engage')
    await details.edit(values)
  }
  await addSimulated(ui, simulator)
  await shell.goTo('Clients')

  await test.step('what only this device knows', async () => {
    await edit('Zoë Álvarez-Núñez', {
      Email: 'zoe@ateliernord.example',
      Company: 'Atelier Nord',
      'Job title': 'Head of Press',
      Tags: 'press, vip',
    })
    await edit('Bjørn Haugen', { Company: 'Fjordlys AS', Tags: 'renewal' })
    await expect(shell.syncStatus).toHaveText('Up to date')
  })

  await test.step('the edit form', async () => {
    await grid.open('Zoë Álvarez-Núñez', 'Full Engage')
    await grid.search('')
    await details.button('Edit').click()
    await details.form.fill({
      Phone: '+34 612 555 044',
      Email: 'zoe@ateliernord',
      'Job title': 'Directrice de la presse',
    })
    await details.form.button('Save').click()
    await expect(details.form.field('Email')).toHaveAttribute('aria-invalid', 'true')
    await take(page, 'edit-form')
    await details.form.button('Cancel').click()
    const question = page.getByRole('alertdialog')
    if (await question.isVisible()) await question.getByRole('button', { name: /Discard/ }).click()
  })

  await test.step('edits offline, while the source changes too', async () => {
    await shell.setWorkOffline(true)
    await edit('Bjørn Haugen', {
      Phone: '+47 405 55 011',
      Notes: 'Contract ends in March. Wants the three-year offer.',
    })
    await edit('Marek Dvořák', { Status: 'Active' })
    fullEngage.table.update(idOf('Bjørn Haugen'), { phone: '+47 922 55 640', notes: 'Contract moved to May.' })
    fullEngage.table.remove(idOf('Marek Dvořák'))
    await shell.setWorkOffline(false)
    await shell.goTo('Conflicts')
    await expect(shell.syncStatus).toHaveText('2 conflicts')
    await shell.goTo('Clients')

    await shell.setWorkOffline(true)
    await grid.newClient.click()
    await newClient.chooseSource('Connect')
    await newClient.fill({
      'First name': 'Maeve',
      'Last name': "O'Neill",
      Email: 'maeve@harbour.example',
      Company: 'Harbour & Co',
    })
    await newClient.button('Create').click()
    await expect(newClient.root).toBeHidden()
    await grid.open('Jürgen Groß', 'Full Engage')
    await details.delete()
    await edit('Ingrid Sørensen', { Status: 'Active', Notes: 'Prefers a call before ten' })
    await edit('Zoë Álvarez-Núñez', { Phone: '+34 612 555 044' })
    await grid.search('')
  })

  await test.step('clients', async () => {
    // The vendors are slow, so that the edits wait while the pictures are taken.
    fullEngage.faults.add({
      path: '/clients/',
      count: null,
      effect: { kind: 'delay', ms: 25_000 },
    })
    connect.faults.add({ method: 'POST', count: null, effect: { kind: 'status', status: 429 } })
    await shell.setWorkOffline(false)
    await expect(shell.syncStatus).toHaveText('2 conflicts')
    await shell.goTo('Clients')
    await grid.row('Zoë Álvarez-Núñez').click()
    await expect(details.heading('Zoë Álvarez-Núñez')).toBeVisible()
    await take(page, 'clients-details-light')
    await takeDark(page, 'clients-details-dark')
    await page.keyboard.press('Control+k')
    await expect(shell.palette).toBeVisible()
    await page.keyboard.type('zo')
    await expect(shell.palette).toContainText('Zoë')
    await take(page, 'palette')
    await page.keyboard.press('Escape')
    await page.setViewportSize({ width: 900, height: 600 })
    await take(page, 'clients-900x600-details')
    await takeDark(page, 'clients-900x600-details-dark')
    await shell.goTo('Clients')
    await expect(details.region).toBeHidden()
    await take(page, 'clients-900x600')
    await takeDark(page, 'clients-900x600-dark')
    await page.setViewportSize({ width: 1280, height: 800 })
    await take(page, 'clients')
    await takeDark(page, 'clients-dark')
  })

  await test.step('conflicts', async () => {
    await shell.goTo('Conflicts')
    const item = conflicts.item('Bjørn Haugen')
    await conflicts.choice(item, 'Keep mine').first().click()
    await take(page, 'conflicts')
    await takeDark(page, 'conflicts-dark')
  })

  for (const place of ['Pipeline', 'Testimonials', 'Insights'] as const) {
    await test.step(place, async () => {
      await shell.goTo(place)
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
      await page.waitForLoadState('networkidle')
      await take(page, place.toLowerCase())
      await takeDark(page, `${place.toLowerCase()}-dark`)
    })
  }

  await test.step('queue', async () => {
    // One edit of each kind: refused, cut off after it was done, being compared, asked to wait, and next in line.
    connect.faults.clear()
    connect.faults.add({ method: 'POST', effect: { kind: 'status', status: 400, body: { error: 'Invalid email' } } })
    await shell.goTo('Queue')
    await queue.button(queue.row("O'Neill"), 'Retry').click()
    await expect(queue.row("O'Neill")).toContainText('Invalid email')
    await shell.setWorkOffline(true)
    fullEngage.faults.clear()
    fullEngage.faults.add({ method: 'DELETE', effect: { kind: 'drop-after' } })
    fullEngage.faults.add({
      path: idOf('Ingrid Sørensen'),
      count: null,
      effect: { kind: 'delay', ms: 25_000 },
    })
    connect.faults.add({ method: 'POST', count: null, effect: { kind: 'status', status: 429, retryAfterSeconds: 42 } })
    await shell.goTo('Clients')
    await grid.newClient.click()
    await newClient.chooseSource('Connect')
    await newClient.fill({ 'First name': '明', 'Last name': '佐藤', Company: '青空設計', Phone: '+81 90 5555 0192' })
    await newClient.button('Create').click()
    await expect(newClient.root).toBeHidden()
    await shell.goTo('Queue')
    await toastsGone(page)
    await shell.setWorkOffline(false)
    await expect(queue.row('佐藤')).toContainText('Retrying')
    await expect(queue.row('Ingrid Sørensen')).toContainText('Sending')
    await expect(queue.row('Jürgen Groß')).toContainText('Unknown outcome')
    await take(page, 'queue')
    await takeDark(page, 'queue-dark')
  })
})

test.describe('sources', () => {
  test.use({ counts: { endors: 212, 'full-engage': 31_800, spott: 190, connect: 164, clnt: 140 } })

  test('sources in all weathers', async ({ simulator, ui }) => {
    const { page, shell, sources, addSource } = ui
    const { servers } = simulator
    // Two thirds of the way through, every further page takes its time.
    servers['full-engage'].faults.add({ skip: 197, count: null, effect: { kind: 'delay', ms: 20_000 } })
    for (const source of simulator.sources) {
      await addSource.add(valuesOf(source))
      await shell.goTo('Sources')
    }
    for (const name of ['Endors', 'Spott', 'Connect', 'Clients v1']) await sources.expectState(name, 'Up to date')

    await addSource.open()
    await addSource.fill({ ...valuesOf(servers.connect.source), name: 'Studio Lumière' })
    await addSource.button('Test connection').click()
    await expect(addSource.dialog).toContainText('Connection works')
    await take(page, 'add-source')
    await takeDark(page, 'add-source-dark')
    await addSource.button('Cancel').click()

    servers.spott.faults.add({ count: null, effect: { kind: 'status', status: 429, retryAfterSeconds: 42 } })
    servers.connect.faults.add({ effect: { kind: 'key-revoked' } })
    await sources.button('Spott', 'Sync now').click()
    await sources.button('Connect', 'Sync now').click()
    await sources.expectState('Spott', 'Waiting to retry')
    await sources.expectState('Connect', 'Key rejected')
    await expect(sources.row('Full Engage')).toContainText(/Page 19\d/, { timeout: 90_000 })
    await take(page, 'sources')
    await takeDark(page, 'sources-dark')
  })
})

test('what is safe, what is gone, what is in doubt', async ({ simulator, ui }) => {
  const { page, shell, grid, details, sources, tray, settings } = ui
  const { endors } = simulator.servers
  const fullEngage = simulator.servers['full-engage']
  await addSimulated(ui, simulator)
  await shell.goTo('Clients')

  await test.step('the timeline of a client that both sides changed', async () => {
    const zoe = fullEngage.table.list().find((client) => client.name === 'Zoë Álvarez-Núñez')
    await grid.open('Zoë Álvarez-Núñez', 'Full Engage')
    await details.edit({ Phone: '+34 612 555 044', Company: 'Atelier Nord' })
    await expect(shell.syncStatus).toHaveText('Up to date')
    fullEngage.table.update(zoe?.id ?? '', { notes: 'Prefers a call before ten.' })
    await shell.goTo('Sources')
    await sources.syncNow('Full Engage')
    await shell.goTo('Clients')
    await grid.open('Zoë Álvarez-Núñez', 'Full Engage')
    await grid.search('')
    await details.tab('Timeline').click()
    const event = details.events.filter({ hasText: 'Full Engage changed Notes' })
    await expect(event).toBeVisible()
    await toastsGone(page)
    await event.getByRole('button', { name: 'Put back Notes' }).focus()
    await take(page, 'timeline')
    await takeDark(page, 'timeline-dark')
  })

  await test.step('a removal that is not believed', async () => {
    for (const client of endors.table.list().slice(20, 60)) endors.table.remove(client.id)
    await shell.goTo('Sources')
    await sources.review('Full Engage').click()
    await sources.button('Endors', 'Full sync').click()
    await sources.expectSays(/returned 172 of 212 clients/)
    await page.getByRole('button', { name: 'Show names', exact: true }).click()
    await take(page, 'held-removal')
    await takeDark(page, 'held-removal-dark')
    await page.getByRole('button', { name: 'Remove them', exact: true }).click()
    await page.getByRole('button', { name: 'Show', exact: true }).click()
    await expect(tray.rows.first()).toBeVisible()
    await page.mouse.move(640, 798)
    await take(page, 'removed-clients')
    await takeDark(page, 'removed-clients-dark')
    await page.setViewportSize({ width: 900, height: 600 })
    await take(page, 'removed-clients-900x600')
    await page.setViewportSize({ width: 1280, height: 800 })
  })

  await test.step('backups', async () => {
    await shell.setWorkOffline(true)
    await shell.goTo('Clients')
    await grid.open('Bjørn Haugen', 'Full Engage')
    await details.edit({ Phone: '+47 405 55 011', Company: 'Fjordlys AS' })
    await shell.goTo('Sources')
    await sources.button('Full Engage', 'Remove').click()
    await expect(page.getByRole('alertdialog')).toContainText('exist nowhere else')
    await take(page, 'remove-source')
    await page.keyboard.press('Escape')
    await shell.goTo('Settings')
    await settings.backUpNow.click()
    await expect(settings.backups.first()).toContainText('Made by you')
    await settings.safety.scrollIntoViewIfNeeded()
    await expect(page.getByText('A backup is made.')).toBeHidden()
    await take(page, 'settings-safety')
    await takeDark(page, 'settings-safety-dark')
  })

  await test.step('a book that the browser has dropped', async () => {
    const address = page.url()
    await page.route('**/quiet', (route) => route.fulfill({ contentType: 'text/html', body: '<title>quiet</title>' }))
    await page.goto(new URL('/quiet', address).href)
    await page.evaluate(async () => {
      const book = (await indexedDB.databases()).find(({ name }) => name?.startsWith('clientele-'))?.name ?? ''
      await new Promise<void>((resolve) => {
        indexedDB.deleteDatabase(book).onsuccess = () => resolve()
      })
    })
    await page.goto(address.replace(/#.*/, '#/clients'))
    await expect(shell.notices).toContainText('has been rebuilt')
    await shell.setWorkOffline(false)
    await expect(grid.rows.first()).toBeVisible()
    await take(page, 'rebuilt-from-the-second-copy')
    await takeDark(page, 'rebuilt-from-the-second-copy-dark')
  })
})
