import { expect, it } from 'vitest'
import type { Connector } from '../../../../electron/connectors/connector.ts'
import { createEndorsConnector } from '../../../../electron/connectors/endors/connector.ts'
import type { StoreClient } from '../../../../electron/core/store-link.ts'
import { readTestimonials } from '../../../../electron/core/sync/testimonials-run.ts'
import { type RemoteId, remoteIdSchema, sourceIdSchema } from '../../../../shared/ids.ts'
import { err, ok } from '../../../../shared/result.ts'
import { testCall } from '../../../support/test-call.ts'
import { systemClock } from '../../../support/test-create-clock.ts'

const SOURCE = sourceIdSchema.parse('src_endors0000000000')
const SHAPE = { code: 'bad-shape', path: 'data', expected: 'array', found: 'null' } as const
const SERVER = { code: 'server-error', status: 500, retryAfterMs: null, vendorText: null } as const

/** Reads for these clients; the store keeps who was read. */
async function read(ids: readonly string[], testimonials: NonNullable<Connector['testimonials']>) {
  const asked: string[] = []
  const left = new Set(ids.map((id) => remoteIdSchema.parse(id)))
  // Only what is called here; the rest of a store is of no interest.
  const store = {
    'testimonials.due': async ({ limit }: { limit: number }) =>
      ok({ remoteIds: [...left].slice(0, limit), total: ids.length, read: 0 }),
    'testimonials.put': async ({ remoteId }: { remoteId: string }) => {
      left.delete(remoteIdSchema.parse(remoteId))
      return ok(null)
    },
  } as unknown as StoreClient
  const connector = {
    testimonials: (call: Parameters<typeof testimonials>[0], id: RemoteId) => {
      asked.push(id)
      return testimonials(call, id)
    },
  } as unknown as Connector
  const endors = createEndorsConnector()
  const settings = { baseUrl: 'http://127.0.0.1:1', spaceId: 's' }
  const call = testCall(endors, settings)
  await readTestimonials({ store, connector, call, clock: systemClock, sourceId: SOURCE, goOn: () => true })
  return { asked, left: [...left] }
}

it('passes over a client whose testimonials cannot be read, and reads the others', async () => {
  const { asked, left } = await read(['a', 'b', 'c'], async (_call, id) => (id === 'a' ? err(SHAPE) : ok([])))
  expect(asked).toEqual(['a', 'b', 'c'])
  expect(left).toEqual(['a'])
})

it('stops at a failure of the source', async () => {
  const { asked } = await read(['a', 'b'], async () => err(SERVER))
  expect(asked).toEqual(['a'])
})
