import { expect, test } from 'vitest'
import type { Connector } from '../../electron/connectors/connector.ts'
import { createConnectors } from '../../electron/connectors/registry.ts'
import { createCreateWatch } from '../../electron/core/sync/create-watch.ts'
import { createGapMeter } from '../../electron/core/sync/gap-meter.ts'
import { pushOne } from '../../electron/core/sync/push-one.ts'
import { attemptIdSchema } from '../../shared/ids.ts'
import { hostApi } from '../../shared/ipc/host-contract.ts'
import { storeSyncApi } from '../../shared/ipc/store-sync-contract.ts'
import { type Edit, editSchema } from '../../shared/model/edit.ts'
import { ok } from '../../shared/result.ts'
import { testCall } from '../support/test-call.ts'
import { testCreateClock, testCreateRandom } from '../support/test-create-clock.ts'
import { testCreatePush, value } from '../support/test-create-push.ts'

/** What a page or a store worker that has been taken over can make the core do. */
function edit(changes: Partial<Edit>): Edit {
  return editSchema.parse({
    editId: 'edt_0000000000000001',
    recordId: 'rec_0000000000000001',
    clientId: 'cli_0000000000000001',
    sourceId: 'src_0000000000000001',
    remoteId: 'r1',
    seq: 1,
    operation: 'update',
    changes: [{ field: 'phone', from: null, to: '1' }],
    state: 'sending',
    attempts: 0,
    createdAt: 0,
    attemptedAt: null,
    notBefore: null,
    frozenBody: null,
    fence: null,
    looks: 0,
    error: null,
    ...changes,
  })
}

const SETTINGS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  endors: { baseUrl: 'http://127.0.0.1:9', spaceId: 's' },
  spott: { baseUrl: 'http://127.0.0.1:9' },
  clnt: { baseUrl: 'http://127.0.0.1:9' },
  connect: { baseUrl: 'http://127.0.0.1:9' },
  'full-engage': { baseUrl: 'http://127.0.0.1:9' },
}

async function push(connector: Connector, taken: Edit) {
  const clock = testCreateClock()
  const asked: { readonly method: string; readonly url: string }[] = []
  const call = testCall(connector, SETTINGS[connector.manifest.connectorId] ?? {}, {
    clock,
    fetch: async ({ method, url }) => {
      asked.push({ method, url })
      return {
        status: 200,
        header: () => null,
        body: (async function* () {
          yield new TextEncoder().encode('{"data":{"id":"r1","phone":null}}')
        })(),
      }
    },
  })
  const pushed = await pushOne(
    {
      freeze: async () => ok(null),
      connector,
      call,
      clock,
      random: testCreateRandom(1),
      writeSeq: () => 1,
      creates: createCreateWatch(clock),
      gap: createGapMeter(clock),
    },
    {
      edit: taken,
      attemptId: attemptIdSchema.parse('att_0000000000000001'),
      synced: {},
      wasUnknown: false,
      own: { echoes: [], forms: [], heldAside: [] },
    },
  )
  return { pushed, asked }
}

for (const connector of createConnectors()) {
  const { connectorId, creates, updates, deletes } = connector.manifest
  const operations = [
    ['create', creates !== null],
    ['update', updates !== null],
    ['delete', deletes],
  ] as const
  for (const [operation, can] of operations) {
    if (can || SETTINGS[connectorId] === undefined) continue
    test(`F184 a store that hands ${connectorId} a ${operation} it cannot take: refused in the core, nothing leaves`, async () => {
      const { pushed, asked } = await push(connector, edit({ operation }))
      expect(asked).toEqual([])
      expect(pushed.outcome).toMatchObject({ kind: 'needs-attention', error: { code: 'not-supported' } })
    })
  }
}

test.each(['../../admin', '..', 'a?x=1#y', 'http://evil.example/x', '\r\nx: 1'])(
  'F183 a record id %j makes no other address: one segment below the source’s own, or nothing at all',
  async (remoteId) => {
    const connector = createConnectors().find((c) => c.manifest.connectorId === 'full-engage')
    if (connector === undefined) throw new Error('no connector')
    const { asked } = await push(connector, edit({ remoteId: remoteId as Edit['remoteId'] }))
    for (const { url } of asked) {
      const { origin, pathname, search } = new URL(url)
      expect([origin, search]).toEqual(['http://127.0.0.1:9', ''])
      expect(pathname).toMatch(/^\/api\/v1\/clients\/[^/]+$/)
    }
  },
)

test('F183 no call of page or store names an address that the core would ask: it takes ids', () => {
  const calls = { ...hostApi, ...storeSyncApi }
  const names = Object.entries(calls).flatMap(([name, { input }]) =>
    Object.keys('shape' in input ? input.shape : {}).map((key) => `${name}.${key}`),
  )
  // A link for the browser of the system: checked, and never asked with a key.
  expect(names.filter((name) => /url|uri|address|host$|path/i.test(name))).toEqual(['shell.openLink.url'])
})

test('F183 F185 a page that sends what is no call, or asks for a source that is not there, gets an error and no request', async () => {
  const t = await testCreatePush()
  const from = t.world.sent.length
  const host = t.world.host()
  // What no honest page can build: the types are what it gets around.
  const bad = { sourceId: 'http://evil.example' } as unknown as { sourceId: typeof t.world.ids.fullEngage }
  expect(await host['edits.push'](bad)).toMatchObject({ ok: false, error: { code: 'bad-input' } })
  const nobody = { sourceId: 'src_nobodynobodynobo', full: true } as unknown as {
    sourceId: typeof t.world.ids.fullEngage
    full: boolean
  }
  expect(await host['sources.sync'](nobody)).toMatchObject({ ok: false })
  await t.world.advance(1_000)
  expect(t.world.sent.slice(from)).toEqual([])
})

test('F174 an edit of what the source cannot take stays here: no write request at all', async () => {
  const t = await testCreatePush()
  const [row] = (await t.rows()).filter((r) => r.sourceIds.includes(t.world.ids.connect))
  if (row === undefined) throw new Error('no contact')
  const from = t.world.sent.length
  const saved = value(
    await t
      .page()
      ['client.save']({ clientId: row.clientId, changes: { jobTitle: 'Owner' }, seen: { jobTitle: row.jobTitle } }),
  )
  expect(saved).toMatchObject({ editId: null, sent: 0, local: 1 })
  await t.world.host()['edits.push']({ sourceId: null })
  await t.world.advance(60_000)
  expect(t.world.sent.slice(from).filter((request) => request.method !== 'GET')).toEqual([])
  expect(await t.shown(row.clientId, 'jobTitle')).toBe('Owner')
})
