import { expect, test } from './fixtures.ts'
import { addAndBrowse, endorsSource, fullEngageSource } from './support/add-sources.ts'

const HOSTILE = '<img src=x onerror="document.title=`owned`"> Ann'

test('F177 markup in a name is shown as text everywhere, and the content policy blocks what would run', async ({
  ui,
  consoleWatch,
  vendors,
}) => {
  const vendor = await vendors.fullEngage(6)
  vendor.change(vendor.clients[2]?.id ?? '', { name: HOSTILE, notes: '<script>document.title="owned"</script>' })
  await addAndBrowse(ui, fullEngageSource(vendor), 6)
  await ui.grid.search('onerror')
  await expect(ui.grid.rows.first()).toContainText(HOSTILE)
  await ui.grid.rows.first().click()
  await expect(ui.details.heading(HOSTILE)).toBeVisible()
  await ui.shell.setWorkOffline(true)
  await ui.details.edit({ Phone: '+1 5' })
  await ui.page.keyboard.press('Control+k')
  await ui.page.keyboard.type('onerror')
  await expect(ui.shell.palette).toContainText(HOSTILE)
  await ui.page.keyboard.press('Escape')
  await ui.shell.goTo('Queue')
  await expect(ui.queue.row('onerror')).toContainText(HOSTILE)
  await ui.queue.button(ui.queue.row('onerror'), 'Discard').click()
  await expect(ui.queue.discardQuestion).toContainText(HOSTILE)
  await ui.page.keyboard.press('Escape')
  expect(await ui.page.locator('img[src="x"]').count(), 'no element was made of it').toBe(0)

  // Even code that did get hold of such a text could not make it run: the policy refuses each way.
  consoleWatch.expect(/Content Security Policy|Trusted(HTML|Script)/)
  const refused = await ui.page.evaluate((markup) => {
    const ways = [
      () => {
        document.body.appendChild(document.createElement('div')).innerHTML = markup
      },
      () => {
        const script = document.createElement('script')
        script.textContent = 'document.title = "owned"'
        document.body.append(script)
      },
      () => {
        const image = document.createElement('img')
        image.setAttribute('onerror', 'document.title = "owned"')
        image.dispatchEvent(new Event('error'))
      },
    ]
    return ways.map((way) => {
      try {
        way()
        return false
      } catch {
        return true
      }
    })
  }, HOSTILE)
  expect(refused[0], 'markup is no HTML without being trusted').toBe(true)
  expect(await ui.page.title(), 'nothing ran').not.toBe('owned')
  expect(consoleWatch.everything()).toMatch(/Content Security Policy|Trusted(HTML|Script)/)
})

test('F178 javascript: and file: in a website field are text; only https is a link', async ({ ui, vendors }) => {
  const vendor = await vendors.endors(6)
  const websites = ['javascript:document.title="owned"', 'file:///etc/passwd', 'https://atelier.example/']
  vendor.clients = vendor.clients.map((client, n) => ({ ...client, website: websites[n] ?? null }))
  const names = vendor.clients.slice(0, 3).map((client) => client.first_name)
  await addAndBrowse(ui, endorsSource(vendor), 6)
  const links = ui.details.region.getByRole('link')
  for (const [n, name] of names.entries()) {
    await ui.grid.open(name)
    await expect(ui.details.region).toContainText(websites[n] ?? '')
    if (n < 2) await expect(links, websites[n]).toHaveCount(0)
    else await expect(links).toHaveAttribute('href', 'https://atelier.example/')
  }
  await expect(links).toHaveAttribute('rel', /noopener/)
  expect(await ui.page.title()).not.toBe('owned')
})
