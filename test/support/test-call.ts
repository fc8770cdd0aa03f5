import type { Call, Connector, PulledPage, PullStart } from '../../electron/connectors/connector.ts'
import type { Deadlines } from '../../electron/core/http/request-watch.ts'
import { createVendorHttp } from '../../electron/core/http/vendor-http.ts'
import type { HostFetch } from '../../electron/host/host.ts'
import type { VendorFailure } from '../../shared/app-error.ts'
import type { Clock } from '../../shared/clock.ts'
import type { SourceSettings } from '../../shared/model/source.ts'
import type { Result } from '../../shared/result.ts'
import { systemClock } from './test-create-clock.ts'
import { testCreateFetch } from './test-create-fetch.ts'

export const TEST_KEY = 'sk_live_canary_4f9a7c1e2b6d'

export interface TestCallOptions {
  readonly signal?: AbortSignal
  readonly deadlines?: Partial<Deadlines>
  readonly fetch?: HostFetch
  readonly clock?: Clock
  readonly key?: string
}

/** A call as the engine makes one: settings read by the connector, real HTTP, signatures that can be recognised. */
export function testCall(connector: Connector, settings: SourceSettings, options: TestCallOptions = {}): Call {
  const read = connector.readSettings(settings)
  if (!read.ok) throw new Error(`settings: ${read.error.field} ${read.error.rule}`)
  const clock = options.clock ?? systemClock
  const signal = options.signal ?? new AbortController().signal
  return {
    settings: read.value.settings,
    clock,
    signal,
    http: createVendorHttp({
      host: { fetch: options.fetch ?? testCreateFetch(), clock, sign: (text) => `sig${text.length}` },
      baseUrl: read.value.baseUrl,
      auth: read.value.auth,
      key: () => options.key ?? TEST_KEY,
      signal,
      ...(options.deadlines === undefined ? {} : { deadlines: options.deadlines }),
    }),
  }
}

export const FROM_THE_BEGINNING: PullStart = { kind: 'full', position: null, since: null }

/** Every page of a pull up to its end, and the failure that ended it, if one did. */
export async function pullAll(
  pages: AsyncIterable<Result<PulledPage, VendorFailure>>,
): Promise<{ pages: PulledPage[]; failure: VendorFailure | null; ids: string[]; end: PulledPage['end'] }> {
  const got: PulledPage[] = []
  let failure: VendorFailure | null = null
  for await (const page of pages) {
    if (page.ok) got.push(page.value)
    else failure = page.error
  }
  const ids = got.flatMap((page) => page.records.map((record) => String(record.remoteId)))
  return { pages: got, failure, ids, end: got.at(-1)?.end ?? null }
}
