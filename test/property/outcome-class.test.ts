import fc from 'fast-check'
import { expect, it } from 'vitest'
import { classifyResponse } from '../../electron/core/http/classify-response.ts'
import { OUTCOME_CLASSES, outcomeClass, sendFailure, WHAT_FOLLOWS } from '../../electron/core/http/outcome-class.ts'
import { readJsonBody } from '../../electron/core/http/read-json-body.ts'
import { createVendorHttp } from '../../electron/core/http/vendor-http.ts'
import { HostFetchError } from '../../electron/host/host.ts'
import type { SendFailure } from '../../shared/app-error.ts'
import { testCreateClock } from '../support/test-create-clock.ts'

/** Statuses that certainly did nothing, of all there are. Every other one that is no success may have. */
const CERTAIN = new Set([
  400, 401, 402, 403, 404, 405, 406, 407, 409, 410, 411, 412, 413, 414, 415, 416, 417, 421, 422, 424, 425, 426, 428,
  429, 431, 451, 501,
])

/** A redirect did nothing here; that a create is looked for after one all the same is push-create's own care. */
function isCertain(status: number): boolean {
  return (status >= 300 && status < 400) || CERTAIN.has(status)
}

const bodies = fc.oneof(
  fc.string(),
  fc.json(),
  fc.constantFrom('', '{', '[]', '{}', 'null', '<html>', '{"ok":false}', '{"ok":true}', '\ufeff{}', '{"error":"x"}'),
)
const headers = fc.dictionary(fc.constantFrom('retry-after', 'location', 'date', 'content-type'), fc.string())

/** What a write comes back with: the whole way from bytes to its class. */
async function written(status: number, body: string, extra: Readonly<Record<string, string>>) {
  const http = createVendorHttp({
    host: {
      clock: testCreateClock(),
      sign: (text) => text,
      fetch: async () => ({
        status,
        header: (name) => extra[name] ?? null,
        body: (async function* () {
          yield new TextEncoder().encode(body)
        })(),
      }),
    },
    baseUrl: 'https://vendor.example',
    auth: { header: 'x-api-key', scheme: '' },
    key: () => 'sk_live_0123456789',
    signal: new AbortController().signal,
  })
  return http.send({ method: 'PATCH', path: '/x', body: {}, notFound: 'record' })
}

it('every status, header and body is exactly one class; what nobody thought of may have been applied', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(fc.integer({ min: 0, max: 999 }), fc.constantFrom(200, 201, 204, 429, 503)),
      bodies,
      headers,
      async (status, body, extra) => {
        const answer = await written(status, body, extra)
        if (answer.ok) {
          expect(status >= 200 && status < 300).toBe(true)
          expect(readJsonBody(body, status).ok).toBe(true)
          return
        }
        const named = outcomeClass(answer.error)
        expect(OUTCOME_CLASSES.filter((name) => name === named)).toHaveLength(1)
        expect(named).not.toBe('DONE')
        const { applied } = WHAT_FOLLOWS[named]
        if (status >= 200 && status < 300) expect(named).toBe('APPLIED_UNREADABLE')
        else if (status === 503) expect(['AMBIGUOUS', 'NOT_APPLIED']).toContain(named)
        else expect([status, applied]).toEqual([status, isCertain(status) ? 'no' : 'perhaps'])
        expect(answer.error.applied).toBe(applied === 'no' ? 'not-applied' : 'unknown')
      },
    ),
    { numRuns: 3_000 },
  )
})

it('every failure of the line is NOT_SENT where certainly nothing left, else AMBIGUOUS', async () => {
  const reasons = ['dns', 'refused', 'tls', 'timeout', 'reset', 'network', 'aborted'] as const
  for (const reason of reasons) {
    for (const sent of [true, false]) {
      const http = createVendorHttp({
        host: {
          clock: testCreateClock(),
          sign: (text) => text,
          fetch: () => Promise.reject(new HostFetchError(reason, sent, null)),
        },
        baseUrl: 'https://vendor.example',
        auth: { header: 'x-api-key', scheme: '' },
        key: () => 'k',
        signal: new AbortController().signal,
      })
      const answer = await http.send({ method: 'POST', path: '/x', body: {} })
      expect(answer.ok ? null : [reason, outcomeClass(answer.error)]).toEqual([reason, sent ? 'AMBIGUOUS' : 'NOT_SENT'])
    }
  }
})

it('who says for certain that nothing left knows better than the code of the failure', () => {
  const failures: readonly SendFailure['error'][] = [
    { code: 'server-error', status: 500, retryAfterMs: null, vendorText: null },
    { code: 'cancelled' },
    { code: 'unreachable', reason: 'reset', sent: true, detail: null },
    { code: 'not-json', got: 'html', status: 200 },
  ]
  for (const error of failures) {
    expect(outcomeClass({ applied: 'not-applied', error })).toBe('NOT_SENT')
    expect(WHAT_FOLLOWS[outcomeClass(sendFailure(error))].applied).toBe('perhaps')
  }
  expect(
    classifyResponse({
      status: 499,
      subject: 'record',
      write: true,
      retryAfterMs: null,
      location: null,
      vendorText: null,
    }),
  ).toMatchObject({ code: 'refused' })
})

it('nothing is both perhaps applied and sent again without a look', () => {
  for (const name of OUTCOME_CLASSES) {
    const { applied, next } = WHAT_FOLLOWS[name]
    if (applied === 'perhaps') expect(next).toBe('look')
    if (next === 'settle') expect(applied).toBe('yes')
  }
})
