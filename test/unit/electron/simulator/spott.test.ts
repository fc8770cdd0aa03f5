import { describe, expect, it } from 'vitest'
import { ask, NOW, testStartSimulator } from './test-simulator.ts'

const CONTACTS = '/clients/contacts'
interface Item {
  readonly id: string
  readonly modifiedAt: string
}

async function sweep(server: Parameters<typeof ask>[0], query: string): Promise<Item[]> {
  const seen: Item[] = []
  let cursor = ''
  do {
    const next = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`
    const { body } = await ask(server, `${CONTACTS}?${query}${next}`)
    seen.push(...body.items)
    cursor = body.pagination.cursor ?? ''
  } while (cursor !== '')
  return seen
}

describe('the simulated Spott', () => {
  it('gives 25 at a time by default, and all of them once along the cursor', async () => {
    const server = (await testStartSimulator()).servers.spott
    expect((await ask(server, CONTACTS)).body.items).toHaveLength(25)
    const seen = await sweep(server, 'limit=50')
    expect(seen).toHaveLength(server.table.count())
    expect(new Set(seen.map(({ id }) => id)).size).toBe(seen.length)
    const modified = seen.map(({ modifiedAt }) => modifiedAt)
    expect(modified).toEqual(modified.toSorted())
  })

  it('goes on behind a row that was removed or changed since', async () => {
    const server = (await testStartSimulator()).servers.spott
    const first = (await ask(server, `${CONTACTS}?limit=10`)).body
    const expected = server.table.slice(10, 12).map(({ id }) => id)
    server.table.remove(first.items[9].id)
    server.table.update(first.items[8].id, { role: 'Moved' })
    const second = (await ask(server, `${CONTACTS}?limit=2&cursor=${encodeURIComponent(first.pagination.cursor)}`)).body
    expect(second.items.map(({ id }: Item) => id)).toEqual(expected)
    // What was changed comes again, at the end of the watermark.
    expect((await sweep(server, 'limit=50')).at(-1)?.id).toBe(first.items[8].id)
  })

  it('signs the cursor and refuses one that was touched', async () => {
    const server = (await testStartSimulator()).servers.spott
    const { cursor } = (await ask(server, `${CONTACTS}?limit=1`)).body.pagination
    expect(cursor).toMatch(/^eyJ[\w-]+\.[\w-]+$/)
    const [text, signature] = cursor.split('.')
    const forged = Buffer.from(JSON.stringify({ modifiedAt: '2020-01-01T00:00:00.000Z', id: 'x' })).toString(
      'base64url',
    )
    for (const wrong of [`${forged}.${signature}`, text, `${text}.AAAA`, 'nonsense', '']) {
      const answer = await ask(server, `${CONTACTS}?limit=1&cursor=${encodeURIComponent(wrong)}`)
      expect(answer.status).toBe(400)
    }
  })

  it('filters by modifiedSince and modifiedUntil, both inclusive', async () => {
    const server = (await testStartSimulator()).servers.spott
    const rows = server.table.list()
    const at = rows[100]?.modifiedAt ?? ''
    const since = await sweep(server, `limit=50&modifiedSince=${at}`)
    expect(since).toHaveLength(rows.length - 100)
    expect(since[0]?.modifiedAt).toBe(at)
    const until = await sweep(server, `limit=50&modifiedUntil=${at}`)
    expect(until).toHaveLength(101)
    expect(await sweep(server, `modifiedSince=${at}&modifiedUntil=${at}`)).toHaveLength(1)
    expect((await ask(server, `${CONTACTS}?modifiedSince=2030-01-01T00:00Z`)).body).toEqual({
      items: [],
      pagination: {},
    })
  })

  it('leaves the cursor out when the last page is exactly full', async () => {
    const server = (await testStartSimulator({ counts: { spott: 50 } })).servers.spott
    const { body } = await ask(server, `${CONTACTS}?limit=50`)
    expect(body.items).toHaveLength(50)
    expect(body.pagination).toEqual({})
  })

  it.each([
    'limit=0',
    'limit=51',
    'limit=2.5',
    'modifiedSince=2024-11-01',
    'modifiedSince=2024-11-01T00:00:00%2B01:00',
    'modifiedSince=2023-02-29T00:00:00Z',
    'modifiedUntil=yesterday',
  ])('answers 400 to %s', async (query) => {
    const server = (await testStartSimulator({ clients: 20 })).servers.spott
    expect((await ask(server, `${CONTACTS}?${query}`)).status).toBe(400)
  })

  it('takes its key in x-api-key only', async () => {
    const server = (await testStartSimulator({ clients: 20 })).servers.spott
    const response = await fetch(server.source.baseUrl + CONTACTS, {
      headers: { authorization: `Bearer ${server.source.key}` },
    })
    expect(response.status).toBe(401)
    expect(await response.json()).toBeTypeOf('object')
  })

  it('has stages in order and colour, owners, some of whom have left, and scores filled in by AI', async () => {
    const server = (await testStartSimulator({ clients: 1024 })).servers.spott
    const rows = server.table.list()
    expect(rows).toHaveLength(190)
    const stages = new Map(rows.map(({ stage }) => [stage?.order, stage]))
    expect([...stages.keys()].sort()).toEqual([1, 2, 3, 4, 5])
    for (const stage of stages.values()) {
      expect(stage?.colorHex).toMatch(/^#[0-9A-F]{6}$/)
    }
    expect(rows.some(({ mainContact }) => mainContact === null)).toBe(true)
    expect(rows.some(({ mainContact }) => mainContact?.name === 'Sara Lind')).toBe(true)
    expect(rows.some(({ mainContact }) => typeof mainContact?.deactivatedAt === 'string')).toBe(true)
    const attributes = rows.flatMap(({ customAttributes }) => customAttributes)
    expect(attributes.some(({ isFilledByAI, aiOverridden }) => isFilledByAI && aiOverridden)).toBe(true)
    const thandiwe = rows.find(({ firstName, lastName }) => `${firstName} ${lastName}` === 'Thandiwe Mbeki')
    expect(thandiwe?.customAttributes[0]).toMatchObject({ label: 'Fit', isFilledByAI: true, value: { text: '88' } })
    expect(NOW - Date.parse(rows.at(-1)?.modifiedAt ?? '')).toBe(41 * 60_000)
  })
})
