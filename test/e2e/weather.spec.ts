import { expect, test } from './fixtures.ts'
import type { StateWord } from './page-models/sources-place.ts'
import type { Ui } from './page-models/ui.ts'
import { addAndBrowse, addAndWait, endorsSource, fullEngageSource, spottSource } from './support/add-sources.ts'
import type { FullEngage } from './vendors/full-engage.ts'
import type { VendorReply, Weather } from './vendors/vendor-server.ts'

const NAME = 'Full Engage'
const CLIENTS = 6

function always(reply: VendorReply): Weather {
  return () => reply
}

function page(data: unknown, total: unknown): VendorReply {
  return { status: 200, json: { data, total } }
}

/** A source that worked once: six clients are here. */
async function begin(ui: Ui, vendor: FullEngage): Promise<void> {
  await addAndWait(ui, fullEngageSource(vendor))
}

/** Nothing is shown that only a programmer reads, and nothing that was here is gone. */
async function expectCalm(ui: Ui): Promise<void> {
  const text = await ui.page.locator('body').ariaSnapshot()
  expect(text).not.toMatch(/\bat \S+ \(|Error:|undefined|\[object|\{"/)
  await ui.shell.goTo('Clients')
  await ui.grid.expectCount(CLIENTS)
  await ui.shell.goTo('Sources')
}

/** The sun comes out: the same source works again. */
async function recover(ui: Ui, vendor: FullEngage): Promise<void> {
  vendor.weather = null
  await ui.sources.button(NAME, 'Sync now').click()
  await ui.sources.expectState(NAME, 'Up to date')
  await expect(ui.shell.syncStatus).toHaveText('Up to date')
}

const STORMS: readonly {
  readonly name: string
  readonly weather: Weather
  readonly state: StateWord
  readonly says: RegExp
}[] = [
  {
    name: '429 with seconds',
    weather: always({ status: 429, headers: { 'retry-after': '90' }, json: { error: 'Too many requests' } }),
    state: 'Waiting to retry',
    says: /asked for a pause \(429\).*Next try in 1:\d\d/,
  },
  {
    name: '429 with a date',
    weather: () => ({
      status: 429,
      headers: { 'retry-after': new Date(Date.now() + 90_000).toUTCString() },
      json: { error: 'Too many requests' },
    }),
    state: 'Waiting to retry',
    says: /asked for a pause \(429\).*Next try in 1:\d\d/,
  },
  {
    name: '503 with a pause',
    weather: always({ status: 503, headers: { 'retry-after': '90' }, json: { error: 'Maintenance' } }),
    state: 'Waiting to retry',
    says: /\(503\).*Next try in 1:\d\d/,
  },
  {
    name: '500',
    weather: always({ status: 500, json: { error: 'Internal Server Error' } }),
    state: 'Waiting to retry',
    says: /has a problem of its own \(500\)/,
  },
  {
    name: '408',
    weather: always({ status: 408, json: { error: 'Timeout' } }),
    state: 'Waiting to retry',
    says: /took too long \(408\)/,
  },
  { name: 'a line that is cut', weather: () => 'cut', state: 'Waiting to retry', says: /dropped|cannot be reached/ },
  {
    name: '404 on the list',
    weather: always({ status: 404, json: { error: 'Not found' } }),
    state: 'Error',
    says: /Address or Space not found/,
  },
  {
    name: 'a web page',
    weather: always({
      status: 200,
      headers: { 'content-type': 'text/html' },
      raw: '<!doctype html><html><body>Sign in</body></html>',
    }),
    state: 'Error',
    says: /web page, not data/,
  },
  {
    name: 'plain text',
    weather: always({ status: 200, headers: { 'content-type': 'text/plain' }, raw: 'hello' }),
    state: 'Error',
    says: /text, not data/,
  },
  {
    name: 'malformed JSON',
    weather: always({ status: 200, raw: '{"data": [{"id": 1, "name": }], "total": 1}' }),
    state: 'Error',
    says: /text, not data|unexpected form|broke off/,
  },
  { name: 'an empty body', weather: always({ status: 200, raw: '' }), state: 'Error', says: /sent an empty answer/ },
  {
    name: 'another envelope',
    weather: always({ status: 200, json: { clients: [], count: 0 } }),
    state: 'Error',
    says: /unexpected form.*At data, a list was expected and nothing came/,
  },
  {
    name: 'a total that is no number',
    weather: always(page([], 'six')),
    state: 'Error',
    says: /unexpected form.*At total/,
  },
  {
    name: 'a body that says it failed',
    weather: always({
      status: 200,
      json: { ok: false, error: { code: 'DB_ERROR', message: 'Internal database error' } },
    }),
    state: 'Error',
    says: /error of its own.*Internal database error/,
  },
  {
    name: '60 MB',
    weather: always({ status: 200, raw: Buffer.alloc(60_000_000, ' ') }),
    state: 'Error',
    says: /too large.*MB/,
  },
]

for (const storm of STORMS) {
  test(`${storm.name}: ${storm.state}`, async ({ ui, vendors }) => {
    const vendor = await vendors.fullEngage(CLIENTS)
    await begin(ui, vendor)
    vendor.weather = storm.weather
    await ui.sources.button(NAME, 'Sync now').click()
    await ui.sources.expectState(NAME, storm.state)
    await ui.sources.expectSays(storm.says)
    await expectCalm(ui)
    if (!storm.says.source.includes('Next try')) await recover(ui, vendor)
  })
}

test('an answer that never comes ends in a wait, not in a hang', async ({ ui, vendors }) => {
  test.setTimeout(90_000)
  const vendor = await vendors.fullEngage(CLIENTS)
  await begin(ui, vendor)
  let isFirst = true
  vendor.weather = async (_, serve) => {
    if (isFirst) {
      isFirst = false
      return new Promise(() => undefined)
    }
    // The retry takes its time, so that what went wrong can still be read.
    await new Promise((resolve) => setTimeout(resolve, 3_000))
    return serve()
  }
  await ui.sources.button(NAME, 'Sync now').click()
  await ui.sources.expectState(NAME, 'Syncing')
  await ui.sources.expectState(NAME, 'Waiting to retry', { timeout: 50_000 })
  await ui.sources.expectSays(/took too long/)
  await ui.sources.expectState(NAME, 'Up to date')
  await expectCalm(ui)
})

for (const form of ['seconds', 'date'] as const) {
  test(`Retry-After as ${form} is kept to, then the sync goes on by itself`, async ({ ui, vendors }) => {
    const vendor = await vendors.fullEngage(CLIENTS)
    await begin(ui, vendor)
    let refusedAt = 0
    vendor.weather = (_, serve) => {
      if (refusedAt !== 0) return serve()
      refusedAt = Date.now()
      const until = form === 'seconds' ? '3' : new Date(refusedAt + 4_000).toUTCString()
      return { status: 429, headers: { 'retry-after': until }, json: { error: 'Too many requests' } }
    }
    const before = vendor.requests.length
    await ui.sources.button(NAME, 'Sync now').click()
    await ui.sources.expectState(NAME, 'Waiting to retry')
    await ui.sources.expectState(NAME, 'Up to date', { timeout: 15_000 })
    const next = vendor.requests[before + 1]
    expect((next?.at ?? 0) - refusedAt).toBeGreaterThanOrEqual(2_900)
  })
}

test('401 in the middle of a sweep stops it and removes nothing', async ({ ui, vendors }) => {
  const vendor = await vendors.fullEngage(250)
  await addAndWait(ui, fullEngageSource(vendor))
  vendor.weather = (request, serve) =>
    Number(request.url.searchParams.get('offset') ?? '0') > 100 ? { status: 401, json: { error: 'expired' } } : serve()
  await ui.sources.button(NAME, 'Full sync').click()
  await ui.sources.expectState(NAME, 'Key rejected')
  await ui.sources.expectSays(/no longer accepts this key.*401/)
  await expect(ui.shell.syncStatus).toHaveText('Attention needed')
  await ui.shell.goTo('Clients')
  await ui.grid.expectCount(250)
})

test('a first sync that breaks keeps what it stored and goes on from there', async ({ ui, vendors }) => {
  const vendor = await vendors.fullEngage(450)
  let stormy = true
  vendor.weather = (request, serve) =>
    stormy && Number(request.url.searchParams.get('offset') ?? '0') >= 150 ? 'cut' : serve()
  await ui.addSource.add(fullEngageSource(vendor))
  await ui.shell.goTo('Sources')
  await ui.sources.expectState(NAME, 'Waiting to retry')
  await ui.shell.goTo('Clients')
  await expect(ui.grid.rows.first()).toBeVisible()
  stormy = false
  await ui.shell.goTo('Sources')
  await ui.sources.expectState(NAME, 'Up to date', { timeout: 20_000 })
  await ui.shell.goTo('Clients')
  await ui.grid.expectCount(450)
})

test('a record that cannot be read is set aside and shown, the rest is stored', async ({ ui, vendors }) => {
  const vendor = await vendors.fullEngage(CLIENTS)
  vendor.weather = (request, serve) => {
    const reply = serve()
    if (request.method !== 'GET' || !/clients$/.test(request.url.pathname)) return reply
    const broken = { id: { nested: true }, name: 42 }
    return page([...vendor.clients, broken], CLIENTS + 1)
  }
  await ui.addSource.add(fullEngageSource(vendor))
  await ui.shell.goTo('Sources')
  await ui.sources.expectSays(/1 (client|record) could not be read/)
  await ui.sources.table.getByRole('button', { name: 'Show', exact: true }).click()
  await ui.sources.expectSays(/\.id/)
  await ui.shell.goTo('Clients')
  await ui.grid.expectCount(CLIENTS)
})

test('a status that nobody documented is kept and shown as it is', async ({ ui, vendors }) => {
  const vendor = await vendors.fullEngage(CLIENTS)
  vendor.change(vendor.clients[2]?.id ?? '', { status: 'on sabbatical' })
  await addAndBrowse(ui, fullEngageSource(vendor), CLIENTS)
  await expect(ui.grid.rows.filter({ hasText: /on sabbatical/i })).toHaveCount(1)
})

test('an empty list is held: nothing is removed until the user says so', async ({ ui, vendors }) => {
  const vendor = await vendors.fullEngage(CLIENTS)
  await begin(ui, vendor)
  vendor.clients.splice(0)
  await ui.sources.button(NAME, 'Full sync').click()
  await ui.sources.expectSays(/returned 0 of 6 clients.*Nothing was removed/)
  await expect(ui.shell.syncStatus).toHaveText('Attention needed')
  await expectCalm(ui)
  await ui.sources.table.getByRole('button', { name: 'Remove them', exact: true }).click()
  await expect(ui.shell.syncStatus).toHaveText('Up to date')
  await ui.shell.goTo('Clients')
  await ui.grid.expectCount(0)
})

test('an id that comes twice is one client, and removes nothing', async ({ ui, vendors }) => {
  const vendor = await vendors.fullEngage(CLIENTS)
  await begin(ui, vendor)
  vendor.weather = (request, serve) =>
    request.url.searchParams.has('limit') ? page([...vendor.clients, vendor.clients[0]], CLIENTS + 1) : serve()
  await ui.sources.button(NAME, 'Full sync').click()
  await ui.sources.expectState(NAME, 'Up to date')
  await expectCalm(ui)
})

test('a cursor that comes back is an end, not a loop', async ({ ui, vendors }) => {
  const vendor = await vendors.spott(120)
  vendor.weather = (_, serve) => {
    const { json, ...reply } = serve()
    return typeof json === 'object' ? { ...reply, json: { ...json, pagination: { cursor: 'round-and-round' } } } : reply
  }
  await ui.addSource.add(spottSource(vendor))
  await ui.shell.goTo('Sources')
  await ui.sources.expectState('Spott', 'Error')
  await ui.sources.expectSays(/sends the same page twice/)
  expect(vendor.requests.length).toBeLessThan(20)
})

test('a redirect is not followed, and the key does not travel', async ({ ui, vendors }) => {
  const vendor = await vendors.fullEngage(CLIENTS)
  const stranger = await vendors.fullEngage(1)
  await begin(ui, vendor)
  vendor.weather = always({ status: 302, headers: { location: `${stranger.origin}/api/v1/clients` } })
  await ui.sources.button(NAME, 'Sync now').click()
  await ui.sources.expectState(NAME, 'Error')
  await ui.sources.expectSays(/leads elsewhere \(302\)/)
  expect(stranger.requests).toEqual([])
  await expectCalm(ui)
})

test('Endors: DB_ERROR is said in its own words', async ({ ui, vendors }) => {
  const vendor = await vendors.endors(4)
  await addAndWait(ui, endorsSource(vendor))
  vendor.weather = always({
    status: 500,
    json: { ok: false, error: { code: 'DB_ERROR', message: 'Internal database error' } },
  })
  await ui.sources.button('Endors', 'Sync now').click()
  await ui.sources.expectState('Endors', 'Waiting to retry')
  await ui.sources.expectSays(/problem of its own \(500\)|Internal database error/)
})

test('one source in trouble does not hold up another', async ({ ui, vendors }) => {
  const sick = await vendors.endors(4)
  const well = await vendors.fullEngage(CLIENTS)
  await addAndWait(ui, endorsSource(sick))
  await addAndWait(ui, fullEngageSource(well))
  sick.weather = () => new Promise(() => undefined)
  await ui.shell.syncAll.click()
  await ui.sources.expectState('Endors', 'Syncing')
  await ui.sources.expectState(NAME, 'Up to date')
  await ui.shell.goTo('Clients')
  await ui.grid.search('source:full-engage')
  await ui.grid.expectCount(CLIENTS)
})
