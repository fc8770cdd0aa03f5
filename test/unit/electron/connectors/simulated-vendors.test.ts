import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Connector } from '../../../../electron/connectors/connector.ts'
import { createConnectors } from '../../../../electron/connectors/registry.ts'
import { type Simulator, startSimulator } from '../../../../electron/simulator/start-simulator.ts'
import type { RemoteId } from '../../../../shared/ids.ts'
import { remoteRecordSchema } from '../../../../shared/model/record.ts'
import { testimonialSchema } from '../../../../shared/model/testimonial.ts'
import { FROM_THE_BEGINNING, pullAll, testCall } from '../../../support/test-call.ts'

/** Connectors and simulated vendors are written apart from the same pages: here they meet. */
let simulator: Simulator
const counts = { endors: 620, 'full-engage': 230, spott: 120, connect: 510, clnt: 250 }

beforeAll(async () => {
  simulator = await startSimulator({ clients: 0, seed: 7, now: Date.UTC(2026, 4, 1), counts })
})
afterAll(() => simulator.close())

function meet(connector: Connector) {
  const source = simulator.sources.find((each) => each.connectorId === connector.manifest.connectorId)
  if (source === undefined) throw new Error('no such vendor')
  return testCall(connector, source.settings, { key: source.key })
}

/** `custom` has no vendor of its own: it reads the others' in custom-reads-vendors.test.ts. */
const vendors = createConnectors().filter((connector) => connector.manifest.connectorId !== 'custom')

test.each(vendors.map((connector) => [connector.manifest.connectorId, connector] as const))(
  '%s: connection test, and a sweep of everything that is there',
  async (connectorId, connector) => {
    const expected = Object.entries(counts).find(([id]) => id === connectorId)?.[1]
    const report = await connector.test(meet(connector))
    expect(report.ok).toBe(true)
    const { pages, ids, end, failure } = await pullAll(connector.pull(meet(connector), FROM_THE_BEGINNING))
    expect(failure).toBeNull()
    expect(pages.flatMap((page) => page.problems)).toEqual([])
    expect(new Set(ids).size).toBe(expected)
    expect(end).toMatchObject({ proof: expect.not.stringMatching('none') })
    for (const record of pages.flatMap((page) => page.records)) remoteRecordSchema.parse(record)
  },
)

test('Full Engage: create, find, read, update, delete', async () => {
  const connector = createConnectors().find((each) => each.manifest.connectorId === 'full-engage')
  if (connector === undefined) throw new Error('no such connector')
  const call = meet(connector)
  const sent = { name: "Zoë O'Neil 王", phone: '+1 555-1234', notes: 'first' }
  const created = await connector.create?.(call, sent)
  const id = created?.ok ? created.value.remoteId : ('' as RemoteId)
  expect(await connector.find?.(call, sent)).toMatchObject({ ok: true, value: [{ remoteId: id }] })
  expect(await connector.update?.(call, id, { notes: null })).toMatchObject({ ok: true, value: { remoteId: id } })
  expect(await connector.read?.(call, id)).toMatchObject({ ok: true, value: { fields: { name: sent.name } } })
  expect(await connector.remove?.(call, id)).toEqual({ ok: true, value: null })
  expect(await connector.read?.(call, id)).toMatchObject({ ok: false, error: { code: 'not-found', what: 'record' } })
})

test('Connect: create and find', async () => {
  const connector = createConnectors().find((each) => each.manifest.connectorId === 'connect')
  if (connector === undefined) throw new Error('no such connector')
  const call = meet(connector)
  const sent = { firstName: 'Zoë', email: 'zoe@example.com', phone: '+1 555-1234', company: 'Acme', notes: 'n' }
  const created = await connector.create?.(call, sent)
  expect(created).toMatchObject({ ok: true, value: { fields: { firstName: 'Zoë' } } })
  const id = created?.ok ? created.value.remoteId : null
  expect(await connector.find?.(call, sent)).toMatchObject({ ok: true, value: [{ remoteId: id }] })
  expect(await connector.create?.(call, { firstName: 'Zoë', status: '999999' })).toMatchObject({
    ok: false,
    error: { applied: 'not-applied', error: { code: 'refused', vendorText: 'Invalid lead status' } },
  })
})

test('Endors: testimonials of its clients', async () => {
  const connector = createConnectors().find((each) => each.manifest.connectorId === 'endors')
  if (connector?.testimonials === undefined) throw new Error('no testimonials')
  const { pages } = await pullAll(connector.pull(meet(connector), FROM_THE_BEGINNING))
  const found = []
  for (const record of pages.flatMap((page) => page.records).slice(0, 60)) {
    const items = await connector.testimonials(meet(connector), record.remoteId)
    expect(items.ok).toBe(true)
    if (items.ok) found.push(...items.value.map((item) => testimonialSchema.parse(item)))
  }
  expect(found.length).toBeGreaterThan(0)
  expect(found.some((item) => item.video?.hlsUrl?.startsWith('/media/hls?'))).toBe(true)
})

test('Spott: an incremental pull brings what changed, and nothing else', async () => {
  const connector = createConnectors().find((each) => each.manifest.connectorId === 'spott')
  if (connector === undefined) throw new Error('no such connector')
  const full = await pullAll(connector.pull(meet(connector), FROM_THE_BEGINNING))
  const since = full.end?.watermark ?? null
  expect(since).not.toBeNull()
  const later = await pullAll(connector.pull(meet(connector), { kind: 'incremental', position: null, since }))
  expect(later.failure).toBeNull()
  expect(later.ids.length).toBeGreaterThan(0)
  expect(later.ids.length).toBeLessThan(10)
})
