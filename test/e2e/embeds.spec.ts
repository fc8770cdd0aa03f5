import type { Page, Route } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { addAndBrowse, endorsSource } from './support/add-sources.ts'
import type { Endors } from './vendors/endors.ts'

const PLAYER = 'https://customer-1.cloudflarestream.com/6b9e68b07dfee8cc2d116e4c51d6a957/iframe'

/** A player that tries what a frame could do to the app around it, and says what came of it. */
const HOSTILE_PLAYER = `<!doctype html><title>player</title><body><p>The player</p><script>
const tried = {}
const attempt = (name, run) => { try { tried[name] = String(run()) } catch (cause) { tried[name] = 'refused' } }
attempt('title of the page', () => { parent.document.title = 'owned'; return 'done' })
attempt('address of the window', () => { top.location.href = 'https://evil.example/top'; return 'done' })
attempt('a window', () => window.open('https://evil.example/window') === null ? 'refused' : 'done')
attempt('a dialog', () => { alert('owned'); return 'gone' })
attempt('a cookie', () => { document.cookie = 'seen=1'; return document.cookie === '' ? 'refused' : 'session only' })
attempt('ports', () => { parent.postMessage('clientele:want-ports', '*'); return 'asked' })
addEventListener('message', ({ ports }) => { tried.ports = 'got ' + ports.length })
const link = document.createElement('a'); link.href = 'data:text/plain,x'; link.download = 'x.txt'; document.body.append(link); link.click()
const tell = (name, text) => { tried[name] = text }
fetch('https://metrics.example/beacon', { mode: 'no-cors' }).then(() => tell('a request', 'left'), () => tell('a request', 'refused'))
setTimeout(() => { document.body.dataset.tried = JSON.stringify(tried) }, 400)
</script></body>`

async function open(ui: Parameters<typeof addAndBrowse>[0], vendor: Endors, embedUrl: string): Promise<void> {
  const client = vendor.clients[0]
  if (client === undefined) throw new Error('no client')
  vendor.testimonials.set(client.id, [
    {
      id: 't1',
      type: 'video',
      name: 'Ada',
      text_content: 'Fine work.',
      rating: 5,
      source_created_at: null,
      created_at: '2026-05-01T10:00:00Z',
      active_asset: { type: 'video', status: 'ready', originalFilename: 'a.mp4', durationSeconds: 40, embedUrl },
    },
  ])
  await addAndBrowse(ui, endorsSource(vendor), 4)
  await ui.grid.open(client.first_name)
  await ui.details.tab('Testimonials').click()
}

/** All that leaves the page for the web, answered here: nothing of a test goes out. */
async function standForTheWeb(page: Page): Promise<readonly string[]> {
  const asked: string[] = []
  await page.context().route(/^https:/, async (route: Route) => {
    asked.push(route.request().url())
    await route.fulfill({ contentType: 'text/html', body: HOSTILE_PLAYER })
  })
  return asked
}

test('a testimonial that has only a player is played in a frame, after a click, shut off from the app', async ({
  ui,
  vendors,
  consoleWatch,
}) => {
  const asked = await standForTheWeb(ui.page)
  const vendor = await vendors.endors(4)
  await open(ui, vendor, PLAYER)
  const play = ui.page.getByRole('button', { name: 'Play from customer-1.cloudflarestream.com' })
  await expect(play).toBeVisible()
  expect(asked, 'nothing is asked before the click').toEqual([])

  // The browser's own words on what the player tries and is refused.
  consoleWatch.expect(/evil\.example|sandbox|Blocked|Unsafe attempt|metrics\.example|net::ERR|allow-/i)
  const windows = ui.page.context().pages().length
  await play.click()
  const frame = ui.page.locator('iframe')
  await expect(frame).toHaveAttribute('sandbox', 'allow-scripts allow-same-origin')
  await expect(frame).toHaveAttribute('referrerpolicy', 'no-referrer')
  await expect(frame).toHaveAttribute('allow', 'fullscreen')
  await expect(frame).toHaveAttribute('credentialless', '')
  const body = frame.contentFrame().locator('body')
  await expect(body).toContainText('The player')
  await expect(body).toHaveAttribute('data-tried', /./)
  const tried: unknown = JSON.parse((await body.getAttribute('data-tried')) ?? '{}')
  expect(tried).toMatchObject({
    'title of the page': 'refused',
    'address of the window': 'refused',
    'a window': 'refused',
    ports: 'asked',
  })
  expect(asked[0]).toBe(PLAYER)
  expect(
    asked.filter((url) => url.includes('evil.example')),
    'the window stayed',
  ).toEqual([])
  expect(ui.page.context().pages()).toHaveLength(windows)
  expect(await ui.page.title()).not.toBe('owned')
  await expect(ui.details.tab('Testimonials')).toBeVisible()
})

test('the address of a player elsewhere is a link that is opened outside, and no frame can be made of it', async ({
  ui,
  vendors,
  consoleWatch,
}) => {
  const asked = await standForTheWeb(ui.page)
  await open(ui, await vendors.endors(4), 'https://customer-1.cloudflarestream.com.evil.example/x/iframe')
  await expect(
    ui.page.getByRole('button', { name: 'Open customer-1.cloudflarestream.com.evil.example', exact: true }),
  ).toBeVisible()
  await expect(ui.page.getByRole('button', { name: /Play/ })).toHaveCount(0)

  consoleWatch.expect(/Content Security Policy|frame-src|net::ERR/i)
  await ui.page.evaluate(async () => {
    for (const src of ['https://evil.example/', 'http://customer-1.cloudflarestream.com/x/iframe', location.origin]) {
      const frame = document.createElement('iframe')
      frame.src = src
      document.body.append(frame)
      await new Promise((resolve) => setTimeout(resolve, 150))
    }
  })
  expect(asked, 'the policy lets no other frame load').toEqual([])
})

test('a player waits for the network', async ({ ui, vendors }) => {
  const asked = await standForTheWeb(ui.page)
  await open(ui, await vendors.endors(4), PLAYER)
  await ui.shell.setWorkOffline(true)
  await ui.page.getByRole('button', { name: 'Play from customer-1.cloudflarestream.com' }).click()
  await expect(ui.page.getByRole('alert').filter({ hasText: 'Work offline is on' })).toBeVisible()
  await expect(ui.page.locator('iframe')).toHaveCount(0)
  expect(asked).toEqual([])
})
