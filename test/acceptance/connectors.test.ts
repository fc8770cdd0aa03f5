import { expect, test } from 'vitest'
import { createClntConnector } from '../../electron/connectors/clnt/connector.ts'
import { createConnectConnector } from '../../electron/connectors/connect/connector.ts'
import { createCustomConnector } from '../../electron/connectors/custom/connector.ts'
import { createEndorsConnector } from '../../electron/connectors/endors/connector.ts'
import { createFullEngageConnector } from '../../electron/connectors/full-engage/connector.ts'
import { createConnectors } from '../../electron/connectors/registry.ts'
import { createSpottConnector } from '../../electron/connectors/spott/connector.ts'
import { type ConnectorSubject, connectorSuite } from './connector-suite.ts'

/** A day apart, oldest first, so that lists sorted by a stamp are. */
const stamp = (n: number): string => new Date(Date.UTC(2024, 0, 1) + n * 86_400_000).toISOString()

const SUBJECTS: Readonly<Record<string, ConnectorSubject>> = {
  endors: {
    create: createEndorsConnector,
    settings: (baseUrl) => ({ baseUrl, spaceId: 's1' }),
    record: (n) => ({ id: `e${n}`, first_name: 'Ana', created_at: stamp(n) }),
    idOf: (n) => `e${n}`,
    textMember: 'first_name',
    envelope: (data) => ({ ok: true, data }),
    listKey: 'data',
  },
  'full-engage': {
    create: createFullEngageConnector,
    settings: (baseUrl) => ({ baseUrl }),
    record: (n) => ({ id: `f${n}`, name: 'Ana', createdAt: stamp(n) }),
    idOf: (n) => `f${n}`,
    textMember: 'name',
    envelope: (data) => ({ data, total: data.length }),
    listKey: 'data',
  },
  spott: {
    create: createSpottConnector,
    settings: (baseUrl) => ({ baseUrl }),
    record: (n) => ({ id: `s${n}`, firstName: 'Ana', modifiedAt: stamp(n) }),
    idOf: (n) => `s${n}`,
    textMember: 'firstName',
    envelope: (items) => ({ items, pagination: {} }),
    listKey: 'items',
  },
  connect: {
    create: createConnectConnector,
    settings: (baseUrl) => ({ baseUrl }),
    record: (n) => ({ id: n + 1, firstName: 'Ana', createdAt: stamp(n) }),
    idOf: (n) => String(n + 1),
    textMember: 'firstName',
    envelope: (contacts) => contacts,
    listKey: null,
    aside: (path) => {
      if (path.endsWith('/me'))
        return { details: { name: 'Ann', email: 'ann@example.com' }, workspace: { name: 'Acme' } }
      return path.endsWith('/lead-statuses') ? [] : undefined
    },
  },
  clnt: {
    create: createClntConnector,
    settings: (baseUrl) => ({ baseUrl, includeSensitive: true }),
    record: (n) => ({ id: `clnt_${String(n).padStart(12, '0')}`, first_name: 'Ana', created_at: stamp(n) }),
    idOf: (n) => `clnt_${String(n).padStart(12, '0')}`,
    textMember: 'first_name',
    envelope: (data) => ({
      data,
      meta: { current_page: 1, page_size: 100, total_count: data.length, total_pages: data.length === 0 ? 0 : 1 },
    }),
    listKey: 'data',
  },
  custom: {
    create: createCustomConnector,
    settings: (baseUrl) => ({ baseUrl, listAt: 'data' }),
    record: (n) => ({ id: `c${n}`, first_name: 'Ana', created_at: stamp(n) }),
    idOf: (n) => `c${n}`,
    textMember: 'first_name',
    envelope: (data) => ({ data }),
    listKey: 'data',
  },
}

for (const [name, subject] of Object.entries(SUBJECTS)) connectorSuite(name, subject)

test('the suite runs for every connector of the registry', () => {
  const ids = createConnectors().map((connector) => connector.manifest.connectorId)
  expect(ids).toEqual(['endors', 'full-engage', 'spott', 'connect', 'clnt', 'custom'])
  expect(Object.keys(SUBJECTS)).toEqual(ids)
})
