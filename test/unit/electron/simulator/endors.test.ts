import { describe, expect, it } from 'vitest'
import { ask, NOW, testStartSimulator } from './test-simulator.ts'

const LIST = '/api/spaces/maison/clients'

describe('the simulated Endors', () => {
  it('gives the whole Space in one answer, newest first, with the fields of the page and no others', async () => {
    const { servers } = await testStartSimulator({ counts: { endors: 1500 } })
    const { status, body } = await ask(servers.endors, LIST)
    expect(status).toBe(200)
    expect(Object.keys(body)).toEqual(['ok', 'data'])
    expect(body.ok).toBe(true)
    expect(body.data).toHaveLength(1500)
    const created = body.data.map((client: { created_at: string }) => client.created_at)
    expect(created).toEqual(created.toSorted().reverse())
    expect(new Set(body.data.map((client: { id: string }) => client.id)).size).toBe(1500)
    expect(Object.keys(body.data[0])).toEqual([
      'id',
      'first_name',
      'last_name',
      'email',
      'company',
      'phone',
      'website',
      'notes',
      'job_title',
      'location',
      'product',
      'service',
      'tags',
      'status',
      'profile_image_url',
      'last_activity_at',
      'created_at',
      'updated_at',
      'custom_field_values',
    ])
    for (const client of body.data) {
      expect(client.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/)
      expect(['active', 'paused', 'inactive']).toContain(client.status)
      expect(Array.isArray(client.tags)).toBe(true)
      expect(client.updated_at >= client.created_at).toBe(true)
      expect(Date.parse(client.updated_at)).toBeLessThanOrEqual(NOW)
    }
  })

  it('answers 401 without the key, 404 for another Space, and refuses to write', async () => {
    const { servers } = await testStartSimulator()
    const { baseUrl, key } = servers.endors.source
    for (const headers of [
      {},
      { authorization: 'Bearer sk_live_wrong' },
      { authorization: key },
      { 'x-api-key': key },
    ]) {
      const response = await fetch(baseUrl + LIST, { headers })
      expect(response.status).toBe(401)
      expect(await response.json()).toMatchObject({ ok: false, error: { code: 'UNAUTHORIZED' } })
    }
    expect((await ask(servers.endors, '/api/spaces/other/clients')).status).toBe(404)
    expect((await ask(servers.endors, LIST, { method: 'POST', body: {} })).status).toBe(405)
  })

  it('lists at most 50 testimonials of a client, newest source_created_at first', async () => {
    const { servers } = await testStartSimulator({ clients: 1024 })
    const { endors } = servers
    const clients = endors.table.list()
    const counts = clients.map((client) => endors.testimonialsOf(client.id).length)
    const all = counts.reduce((sum, count) => sum + count, 0)
    expect(all).toBeGreaterThan(160)
    expect(all).toBeLessThan(200)
    expect(counts.filter((count) => count === 0).length).toBeGreaterThan(50)
    expect(counts.filter((count) => count === 50)).toHaveLength(1)

    const many = clients[counts.indexOf(50)]
    const first = endors.testimonialsOf(many?.id ?? '')
    const extra = { ...first[0], id: 'extra', source_created_at: '2026-05-10T11:00:00.000Z' }
    endors.setTestimonials(many?.id ?? '', [...first, extra] as typeof first)
    const { body } = await ask(endors, `${LIST}/${many?.id}/testimonials`)
    expect(body.data).toHaveLength(50)
    expect(body.data[0].id).toBe('extra')
    const said = body.data.map((one: { source_created_at: string }) => one.source_created_at)
    expect(said).toEqual(said.toSorted().reverse())
    expect((await ask(endors, `${LIST}/nobody/testimonials`)).status).toBe(404)
  })

  it('has films with trim points and without, written ones without asset, and ratings of null', async () => {
    const { servers } = await testStartSimulator({ clients: 1024 })
    const told = servers.endors.table.list().flatMap((client) => servers.endors.testimonialsOf(client.id))
    const films = told.filter((one) => one.type === 'video')
    expect(films.length).toBeGreaterThan(30)
    expect(films.every((one) => one.active_asset?.hlsUrl !== undefined)).toBe(true)
    expect(films.some((one) => one.active_asset?.trimStartSeconds !== null)).toBe(true)
    expect(films.some((one) => one.active_asset?.trimEndSeconds !== null)).toBe(true)
    expect(films.some((one) => one.active_asset?.trimStartSeconds === null)).toBe(true)
    expect(told.some((one) => one.type === 'text' && one.active_asset === null && one.text_content !== null)).toBe(true)
    expect(told.some((one) => one.rating === null)).toBe(true)
  })

  it('serves the pictures and the film that its records point at', async () => {
    const { servers } = await testStartSimulator()
    const renee = servers.endors.table.list().find((client) => client.last_name === 'Dubois-Lefèvre')
    const asset = servers.endors.testimonialsOf(renee?.id ?? '')[0]?.active_asset
    expect(asset?.durationSeconds).toBe(38.2)
    const poster = await fetch(asset?.posterUrl ?? '')
    expect(poster.headers.get('content-type')).toBe('image/png')
    const png = Buffer.from(await poster.arrayBuffer())
    expect(png.subarray(1, 4).toString()).toBe('PNG')
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([640, 360])

    const playlist = await (await fetch(asset?.hlsUrl ?? '')).text()
    expect(playlist).toMatch(/^#EXTM3U\n/)
    const seconds = [...playlist.matchAll(/#EXTINF:([\d.]+)/g)].reduce((sum, [, length]) => sum + Number(length), 0)
    expect(seconds).toBe(40)
    const segment = playlist.split('\n').find((line) => line.endsWith('.ts')) ?? ''
    const film = await fetch(new URL(segment, asset?.hlsUrl ?? ''))
    const bytes = new Uint8Array(await film.arrayBuffer())
    // MPEG-TS: a sync byte every 188 bytes.
    expect(bytes[0]).toBe(0x47)
    expect(bytes[188]).toBe(0x47)
    const part = await fetch(new URL(segment, asset?.hlsUrl ?? ''), { headers: { range: 'bytes=188-375' } })
    expect(part.status).toBe(206)
    expect(part.headers.get('content-range')).toBe(`bytes 188-375/${bytes.length}`)
    const avatar = servers.endors.table.list().find((client) => client.profile_image_url !== null)
    expect((await fetch(avatar?.profile_image_url ?? '')).headers.get('content-type')).toBe('image/png')
  })
})
