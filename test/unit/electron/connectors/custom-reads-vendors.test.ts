import { afterAll, beforeAll, expect, test } from 'vitest'
import { createCustomConnector } from '../../../../electron/connectors/custom/connector.ts'
import { createConnectors } from '../../../../electron/connectors/registry.ts'
import { type Simulator, startSimulator } from '../../../../electron/simulator/start-simulator.ts'
import type { Fields } from '../../../../shared/model/field.ts'
import { remoteRecordSchema } from '../../../../shared/model/record.ts'
import type { SourceSettings } from '../../../../shared/model/source.ts'
import { FROM_THE_BEGINNING, pullAll, testCall } from '../../../support/test-call.ts'

/** A connector that is only described must read what the built-in ones read, value for value. */
let simulator: Simulator
const counts = { endors: 40, 'full-engage': 230, spott: 120, connect: 310, clnt: 250 }
const connector = createCustomConnector()

beforeAll(async () => {
  simulator = await startSimulator({ clients: 0, seed: 7, now: Date.UTC(2026, 4, 1), counts })
})
afterAll(() => simulator.close())

const CAMEL = {
  firstNameAt: 'firstName',
  lastNameAt: 'lastName',
  jobTitleAt: 'jobTitle',
  createdAt: 'createdAt',
  updatedAt: 'updatedAt',
}

const DESCRIBED: readonly {
  readonly vendor: keyof typeof counts
  readonly settings: SourceSettings
  readonly compared: readonly (keyof Fields)[]
  readonly end: { readonly proof: unknown }
  readonly clients: number | null
}[] = [
  {
    vendor: 'clnt',
    settings: {
      path: '/clients',
      listAt: 'data',
      paging: 'page',
      sizeParameter: 'page_size',
      pageSize: '40',
      totalAt: 'meta.total_count',
    },
    compared: [],
    end: { proof: expect.not.stringMatching('none') },
    clients: 250,
  },
  {
    vendor: 'full-engage',
    settings: { ...CAMEL, path: '/api/v1/clients', listAt: 'data', paging: 'offset', pageSize: '50', totalAt: 'total' },
    compared: ['name', 'phone', 'status', 'notes'],
    end: { proof: expect.not.stringMatching('none') },
    clients: 230,
  },
  {
    vendor: 'connect',
    settings: { ...CAMEL, path: '/api/connect/contacts', companyAt: 'companyName', statusAt: 'leadStatus.id' },
    compared: ['firstName', 'lastName', 'email', 'company', 'jobTitle'],
    end: { proof: expect.not.stringMatching('none') },
    clients: null,
  },
]

test.each(DESCRIBED)(
  'reads $vendor as its own connector does',
  async ({ vendor, settings, compared, end, clients }) => {
    const source = simulator.sources.find((each) => each.connectorId === vendor)
    const own = createConnectors().find((each) => each.manifest.connectorId === vendor)
    if (source === undefined || own === undefined) throw new Error('no such vendor')
    const baseUrl = new URL(source.baseUrl).origin
    const call = testCall(connector, { baseUrl, ...settings }, { key: source.key })

    expect(await connector.test(call)).toMatchObject({ ok: true, value: { clients } })
    const got = await pullAll(connector.pull(call, FROM_THE_BEGINNING))
    expect(got.failure).toBeNull()
    expect(got.pages.flatMap((page) => page.problems)).toEqual([])
    expect(got.end).toMatchObject(end)

    const theirs = await pullAll(own.pull(testCall(own, source.settings, { key: source.key }), FROM_THE_BEGINNING))
    const byId = new Map(theirs.pages.flatMap((page) => page.records).map((record) => [record.remoteId, record]))
    expect(new Set(got.ids)).toEqual(new Set(byId.keys()))
    expect(byId.size).toBe(counts[vendor])
    for (const record of got.pages.flatMap((page) => page.records)) {
      remoteRecordSchema.parse(record)
      const their = byId.get(record.remoteId)
      expect(record.createdAt).toBe(their?.createdAt)
      for (const key of compared) expect(record.fields[key]).toEqual(their?.fields[key])
    }
  },
)
