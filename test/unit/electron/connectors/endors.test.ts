import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createEndorsConnector } from '../../../../electron/connectors/endors/connector.ts'
import { remoteRecordSchema } from '../../../../shared/model/record.ts'
import { testimonialSchema } from '../../../../shared/model/testimonial.ts'
import clients from '../../../fixtures/endors/clients.json' with { type: 'json' }
import testimonials from '../../../fixtures/endors/testimonials.json' with { type: 'json' }
import { FROM_THE_BEGINNING, pullAll, TEST_KEY, testCall } from '../../../support/test-call.ts'
import { json, type TestVendor, testCreateVendor } from '../../../support/test-create-vendor.ts'

let vendor: TestVendor
const connector = createEndorsConnector()
const settings = () => ({ baseUrl: `${vendor.url}/`, spaceId: 'space/1 ä' })

beforeAll(async () => {
  vendor = await testCreateVendor()
})
beforeEach(() => {
  vendor.asks.length = 0
})
afterAll(() => vendor.close())

test('reads the documented example', async () => {
  vendor.answer = (_, response) => json(response, 200, clients)
  const { pages, failure, end } = await pullAll(connector.pull(testCall(connector, settings()), FROM_THE_BEGINNING))
  expect(failure).toBeNull()
  expect(end).toMatchObject({ proof: expect.not.stringMatching('none'), reason: null, watermark: null })
  const record = remoteRecordSchema.parse(pages[0]?.records[0])
  expect(record).toMatchObject({
    remoteId: 'uuid',
    fields: {
      firstName: 'Jane',
      lastName: 'Smith',
      email: 'jane@acme.com',
      company: 'Acme Studios',
      phone: '+1 (647) 555 0100',
      website: 'https://acme.com',
      notes: 'Met at conference.',
      jobTitle: 'CEO',
      location: 'New York, USA',
      tags: ['enterprise', 'priority'],
      status: 'active',
    },
    createdAt: '2026-04-01T09:00:00.000Z',
    updatedAt: '2026-05-10T14:00:00.000Z',
    lastActivityAt: '2026-05-10T14:00:00.000Z',
    avatarUrl: '/media/image?u=https%3A%2F%2F...&s=sig17',
    raw: clients.data[0],
  })
  expect(record.fields).not.toHaveProperty('name')
  expect(record.extra.map(({ key, value }) => [key, value])).toEqual([
    ['product', null],
    ['service', null],
  ])
  expect(vendor.asks[0]).toMatchObject({
    method: 'GET',
    path: '/api/spaces/space%2F1%20%C3%A4/clients',
    headers: { authorization: `Bearer ${TEST_KEY}`, accept: 'application/json' },
  })
})

test('reads the documented testimonials', async () => {
  vendor.answer = (_, response) => json(response, 200, testimonials)
  const call = testCall(connector, settings())
  const record = remoteRecordSchema.shape.remoteId.parse('a/b')
  const result = await connector.testimonials?.(call, record)
  expect(result?.ok && result.value.map((item) => testimonialSchema.parse(item))).toMatchObject([
    {
      testimonialId: 'uuid',
      type: 'video',
      name: 'Jane Smith',
      text: null,
      rating: 5,
      video: { durationSeconds: 38.2 },
    },
  ])
  expect(vendor.asks[0]?.path).toBe('/api/spaces/space%2F1%20%C3%A4/clients/a%2Fb/testimonials')
})
