import { readFile } from 'node:fs/promises'
import type { HostilePayload } from '../fixtures/hostile/hostile-payload.ts'
import { markerOf, RECORD_PAYLOADS } from '../fixtures/hostile/payloads.ts'
import { COLOUR_PAYLOADS, TRANSPORT } from '../fixtures/hostile/transport.ts'
import { expect, test } from './fixtures.ts'
import type { Ui } from './page-models/ui.ts'
import { addAndWait, spottSource } from './support/add-sources.ts'
import { watchForHarm } from './support/hostile-watch.ts'
import { dumpBrowserStores } from './support/stores-dump.ts'
import { type Canary, type HostileEndors, hostileReply, startCanary, startHostileEndors } from './vendors/hostile.ts'
import { spottContact } from './vendors/spott.ts'

type Numbered = { readonly payload: HostilePayload; readonly index: number }
const ALL: readonly Numbered[] = RECORD_PAYLOADS.map((payload, index) => ({ payload, index }))

/** Finds each by its number, opens it and looks at it. Says what is wrong, one line each. */
async function openEach(ui: Ui, listed: readonly Numbered[]): Promise<readonly string[]> {
  await ui.grid.search('')
  // Within the page, because a hundred searches from outside would take a minute.
  const wrong = await ui.page.evaluate(
    async (markers) => {
      const until = async (isTrue: () => boolean): Promise<boolean> => {
        for (const end = performance.now() + 8000; performance.now() < end; ) {
          if (isTrue()) return true
          await new Promise((resolve) => setTimeout(resolve, 8))
        }
        return false
      }
      const search = document.querySelector<HTMLInputElement>('input[type="search"], [role="searchbox"]')
      const setter = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set
      const grid = document.querySelector('[role="grid"][aria-label="Clients"]')
      const rows = (): readonly Element[] => [...(grid?.querySelectorAll('[role="row"][data-client-id]') ?? [])]
      // A cell of one text has no element in it; where a mark stands beside the name, that has one of its own.
      const nameOf = (row: Element | undefined): string => {
        const cell = row?.querySelector('[data-column="0"]')
        return (cell?.querySelector('[title]') ?? cell)?.textContent ?? ''
      }
      const pane = (): Element | null => document.querySelector('section[aria-label="Client details"]')
      const found: [marker: string, what: string][] = []
      const foreign =
        'script, iframe, object, embed, base, form[action], style, link, meta, [onerror], [onload], [style*="url"]'
      const hidden =
        // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are exactly what is looked for
        /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200b\u2028-\u202e\u2060-\u206f\u3164\ufeff]|\p{Cs}/u
      for (const marker of markers) {
        setter?.call(search, marker)
        search?.dispatchEvent(new Event('input', { bubbles: true }))
        const isThere = await until(
          () =>
            grid?.getAttribute('data-query') === marker &&
            grid.getAttribute('aria-busy') !== 'true' &&
            rows().length === 1,
        )
        if (!isThere) {
          found.push([marker, `${rows().length} lines are found`])
          continue
        }
        const [row] = rows()
        if (row instanceof HTMLElement) row.click()
        const isOpen = await until(() => {
          const name = nameOf(rows()[0])
          return name.trim() !== '' && pane()?.querySelector('h2')?.textContent === name
        })
        if (!isOpen) found.push([marker, `opens as "${pane()?.querySelector('h2')?.textContent?.slice(0, 80)}"`])
        const text = `${row?.textContent} ${row?.querySelector('[title]')?.getAttribute('title')} ${pane()?.textContent}`
        const match = hidden.exec(text)
        if (match !== null) found.push([marker, `hides U+${match[0].charCodeAt(0).toString(16)}`])
        for (const element of pane()?.querySelectorAll(foreign) ?? [])
          found.push([marker, `brings <${element.localName}>`])
        const height = row?.getBoundingClientRect().height
        if (height !== 32) found.push([marker, `its line is ${height} px high`])
        for (const place of [document.body, pane(), pane()?.querySelector('[role="tabpanel"]')]) {
          const over = place == null ? 0 : place.scrollWidth - place.clientWidth
          if (over > 0) found.push([marker, `it is ${over} px too wide`])
        }
      }
      return found
    },
    listed.map(({ index }) => markerOf(index)),
  )
  await ui.grid.search('')
  return wrong.map(([marker, what]) => {
    const of = listed.find(({ index }) => markerOf(index) === marker)?.payload
    return `${of?.kind}: ${of?.name}: ${what}`
  })
}

/** A hostile vendor of the first sort, its clients read. */
async function served(ui: Ui, some: readonly Numbered[], canary: Canary): Promise<HostileEndors> {
  const vendor = await startHostileEndors(some, canary.host)
  const { origin, key, spaceId } = vendor
  await addAndWait(ui, { connector: 'Endors', baseUrl: origin, key, spaceId })
  return vendor
}

/** No card lies over another one, though a vendor gives all of them the same id. */
async function expectApart(ui: Ui, count: number): Promise<void> {
  const cards = ui.page.getByRole('article')
  await expect(cards).toHaveCount(count)
  const places = await Promise.all((await cards.all()).map((card) => card.boundingBox()))
  const over = places.flatMap((a, n) =>
    places.slice(n + 1).filter((b) => {
      if (a === null || b === null) return false
      return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
    }),
  )
  expect(over).toEqual([])
}

function isListed({ payload }: Numbered): boolean {
  return payload.outcome !== 'set-aside'
}

// A busy machine needs longer for a hundred searches than a test usually has.
test.describe.configure({ timeout: 150_000 })

const HALF = Math.ceil(ALL.length / 2)
for (const [what, some] of [
  ['first half', ALL.slice(0, HALF)],
  ['second half', ALL.slice(HALF)],
] as const) {
  test(`F177 payloads in records, ${what}: nothing runs, nothing moves, nothing leaks, each is found and opened`, async ({
    ui,
    app,
  }) => {
    const canary = await startCanary()
    const watch = await watchForHarm(ui.page)
    const vendor = await served(ui, some, canary)
    const listed = some.filter(isListed)
    const aside = some.length - listed.length
    if (aside > 0) {
      const banner = ui.page.getByText(`${aside} clients could not be read.`)
      await ui.page.getByRole('button', { name: 'Show', exact: true }).click()
      await expect(banner).toBeVisible()
      await expect(
        ui.page.getByRole('list', { name: 'What could not be read from Endors' }).getByRole('listitem'),
      ).toHaveCount(aside)
    }
    await ui.shell.goTo('Clients')
    await ui.grid.expectCount(listed.length)
    expect(await openEach(ui, listed)).toEqual([])
    for (const { payload, index } of listed.filter(({ payload }) => payload.testimonial !== undefined)) {
      await test.step(payload.name, async () => {
        await ui.grid.open(markerOf(index))
        await ui.details.tab('Testimonials').click()
        await expect(ui.details.region.getByRole('article')).toHaveCount(1)
        await watch.expectNothing()
        await ui.details.tab('Profile').click()
      })
    }
    await ui.grid.search('')
    await ui.grid.expectCount(listed.length)
    for (const place of ['Pipeline', 'Testimonials', 'Insights', 'Sources', 'Clients'] as const) {
      await ui.shell.goTo(place)
      await watch.expectNothing()
      if (place === 'Testimonials') {
        await expectApart(ui, listed.filter(({ payload }) => payload.testimonial !== undefined).length)
      }
    }

    expect(canary.asked, 'nobody was asked for anything').toEqual([])
    const odd = vendor.requests.filter(({ url }) => !/^\/api\/spaces\/space-hostile\/clients(\/|$)/.test(url.pathname))
    expect(odd.map(({ url }) => url.pathname)).toEqual([])
    const leaks = [await ui.page.content(), await dumpBrowserStores(ui.page), app.stdout(), app.stderr()]
    for (const text of leaks) expect(text.includes(vendor.key)).toBe(false)
    await vendor.close()
    await canary.close()
  })
}

test('F179 the list as a file for a spreadsheet: no cell is a formula, and no key is in it', async ({ ui }) => {
  const canary = await startCanary()
  const vendor = await served(
    ui,
    ALL.filter((each) => isListed(each) && each.payload.kind !== 'size'),
    canary,
  )
  await ui.shell.goTo('Clients')
  await ui.page.getByRole('button', { name: 'View options', exact: true }).click()
  const downloading = ui.page.waitForEvent('download')
  await ui.page.getByRole('menuitem', { name: 'Export as CSV', exact: true }).click()
  const text = await readFile(await (await downloading).path(), 'utf8')
  expect(text).toContain('HYPERLINK')
  // As a program reads it that takes commas, or (in much of Europe) semicolons, for the ends of cells.
  for (const end of [/[,\r\n]/, /[;\r\n]/]) {
    const cells = text.split(end).map((cell) => cell.replace(/^"/, '').trimStart())
    expect(cells.filter((cell) => /^[=@\uff1d]|^[+-](?![\d ().-]*"?$)/.test(cell))).toEqual([])
  }
  expect(text).not.toContain(vendor.key)
  expect(canary.asked).toEqual([])
  await vendor.close()
  await canary.close()
})

test('F180 replies that lie, and colours that are none: told plainly, and what is here stays', async ({
  ui,
  vendors,
}) => {
  const canary = await startCanary()
  const watch = await watchForHarm(ui.page)
  const vendor = await vendors.spott(0)
  vendor.contacts = COLOUR_PAYLOADS.map(({ record }, n) => ({
    ...spottContact(n),
    stage: {
      id: `stage-h${n}`,
      order: n,
      name: `Stage ${n}`,
      colorHex: record.color.replaceAll('CANARY', canary.host),
    },
  }))
  await addAndWait(ui, spottSource(vendor))
  for (const payload of TRANSPORT) {
    await test.step(payload.name, async () => {
      const before = vendor.requests.length
      vendor.weather = (request, serve) => {
        const page = serve().json
        const isFirst = request.url.searchParams.get('cursor') === null
        return hostileReply(payload, isFirst && isObject(page) ? page : { items: [], pagination: {} }, canary.host)
      }
      await ui.sources.button('Spott', 'Sync now').click()
      await expect.poll(() => vendor.requests.length).toBeGreaterThan(before)
      await expect(ui.sources.row('Spott')).toContainText(payload.ends)
      vendor.weather = null
      if (payload.ends !== 'Up to date') await ui.sources.button('Spott', 'Sync now').click()
      await ui.sources.expectState('Spott', 'Up to date')
      await watch.expectNothing()
    })
  }
  for (const place of ['Pipeline', 'Clients'] as const) {
    await ui.shell.goTo(place)
    await watch.expectNothing()
  }
  await ui.grid.expectCount(COLOUR_PAYLOADS.length)
  expect(canary.asked).toEqual([])
  expect(vendor.requests.filter(({ headers }) => headers.cookie !== undefined)).toEqual([])
  expect(vendor.requests.filter(({ headers }) => headers['x-evil'] !== undefined)).toEqual([])
  expect(new Set(vendor.requests.map(({ url }) => url.pathname))).toEqual(new Set(['/clients/contacts']))
  await canary.close()
})

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
