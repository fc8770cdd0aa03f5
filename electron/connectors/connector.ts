import type { SendFailure, VendorFailure } from '../../shared/app-error.ts'
import type { AbortSignalLike, Clock } from '../../shared/clock.ts'
import type { Manifest } from '../../shared/connector/manifest.ts'
import type { RemoteId } from '../../shared/ids.ts'
import type { JsonValue } from '../../shared/json.ts'
import type { Fields } from '../../shared/model/field.ts'
import type { RecordProblem, RemoteRecord } from '../../shared/model/record.ts'
import type { ConnectionReport, DeletionsSeenBy, SourceSettings } from '../../shared/model/source.ts'
import type { StatusOption } from '../../shared/model/status-option.ts'
import type { Testimonial } from '../../shared/model/testimonial.ts'
import type { Result } from '../../shared/result.ts'
import type { SweepProof } from '../../shared/sync/verdict.ts'

/**
 * Vendor knowledge, and nothing else. Retry, rate budget, progress, storage, and the key itself belong to the engine.
 * What a vendor cannot do has no method here; the engine branches on that and on the manifest, never on a name.
 */
export interface Connector {
  readonly manifest: Manifest
  /** Checks settings as typed and fills in defaults; a problem names the field of the form and the rule broken. */
  readonly readSettings: (settings: SourceSettings) => Result<ReadSettings, SettingProblem>
  readonly test: (call: Call) => Promise<Result<ConnectionReport, VendorFailure>>
  /** Pages from where `start` says. The last one carries `end`. A failure ends the iteration. */
  readonly pull: (call: Call, start: PullStart) => AsyncIterable<Result<PulledPage, VendorFailure>>
  /** One record as it is now. `not-found` with `what: 'record'` where it is gone. */
  readonly read?: (call: Call, remoteId: RemoteId) => Promise<Result<RemoteRecord, VendorFailure>>
  /** Checks a create before it may be queued. Also done in the form; here it guards the border. */
  readonly create?: (call: Call, fields: Fields) => Promise<Result<RemoteRecord, SendFailure>>
  /** Null where the vendor accepted without returning the record: the engine then reads it. */
  readonly update?: (
    call: Call,
    remoteId: RemoteId,
    fields: Fields,
  ) => Promise<Result<RemoteRecord | null, SendFailure>>
  readonly remove?: (call: Call, remoteId: RemoteId) => Promise<Result<null, SendFailure>>
  /** Records that equal all of `fields` (as sent), for the fence and for looking after an unknown create. */
  readonly find?: (call: Call, fields: Fields) => Promise<Result<readonly RemoteRecord[], VendorFailure>>
  /** How many testimonials of one client the vendor gives at most. */
  readonly testimonialsCap?: number
  readonly testimonials?: (call: Call, remoteId: RemoteId) => Promise<Result<readonly Testimonial[], VendorFailure>>
  /** Fields and raw keys that a switch in the settings hides: to be purged when it is off. */
  /** How clients are noticed that the vendor has deleted, until a sweep has shown what it can prove. */
  readonly deletionsSeenBy: (settings: SourceSettings) => DeletionsSeenBy
  readonly hiddenFields?: (settings: SourceSettings) => {
    readonly fields: readonly (keyof Fields)[]
    readonly rawKeys: readonly string[]
  }
}

export interface ReadSettings {
  /** Settings with defaults, trimmed. */
  readonly settings: SourceSettings
  /** Address that all paths of the connector start from: origin and path, no trailing slash, no query. */
  readonly baseUrl: string
  readonly auth: { readonly header: string; readonly scheme: string }
  /** What makes a sweep comparable to another: endpoint, filters, switches; no secret, no cosmetic part. */
  readonly params: string
}

export interface SettingProblem {
  readonly field: string
  /** `required`, `not-a-url`, `needs-protocol`, `needs-https`, `has-credentials`, `not-a-host`, `not-a-number`, `bad-header`, `out-of-range`, `bad-path`, `not-usable` */
  readonly rule: string
}

/** What one call of a connector may use. */
export interface Call {
  readonly http: VendorHttp
  readonly settings: SourceSettings
  readonly clock: Clock
  readonly signal: AbortSignalLike
  /** Told of sensitive values that came without being asked for; they are dropped by the connector. */
  readonly onUnasked?: ((records: number) => void) | undefined
}

export interface PullStart {
  readonly kind: 'full' | 'incremental'
  /** What the last stored page said; null from the beginning, and always from a vendor that sends all in one response. */
  readonly position: JsonValue
  /** Incremental only: watermark to start from, already moved back by the engine's lookback. */
  readonly since: string | null
}

export interface PulledPage {
  readonly records: readonly RemoteRecord[]
  readonly problems: readonly RecordProblem[]
  /** Stored with the page; the next pull starts from it. */
  readonly position: JsonValue
  /** Clients in all, where the vendor says. */
  readonly total: number | null
  /** Pages in all, where that follows from the total. */
  readonly pages: number | null
  readonly statusOptions: readonly StatusOption[]
  /** Only on the last page. */
  readonly end: PullEnd | null
}

export interface PullEnd {
  /** What it proves that something was not in it (shared/sync/verdict.ts). */
  readonly proof: SweepProof
  /** Why nothing, for the log: `shifted`, `total-changed`, `not-joined`, `duplicate`, `bad-records`, `no-total`. */
  readonly reason: string | null
  /** Entries of the list as its end implies, where that is known. */
  readonly size: number | null
  /** So much of it could not be read that this is no answer: nothing is taken from it but the records themselves. */
  readonly isVoid: boolean
  /** Newest server stamp received, where the vendor has an incremental pull. */
  readonly watermark: string | null
}

export interface VendorRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** Below the base address, beginning with `/`, segments already encoded. */
  readonly path: string
  readonly query?: Readonly<Record<string, string | undefined>>
  readonly body?: JsonValue
  /** What a 404 means here. */
  readonly notFound?: 'list' | 'record'
}

export interface VendorReply {
  readonly status: number
  readonly body: JsonValue
  /** The server's own time, from its `Date` header. */
  readonly serverDate: string | null
}

/**
 * JSON over HTTPS to one source, with its key put into the header on the way out. Failures are already told apart by
 * the one table in core/http/classify-response.ts.
 */
export interface VendorHttp {
  /** A read: may be asked again without harm. */
  readonly read: (request: VendorRequest) => Promise<Result<VendorReply, VendorFailure>>
  /** A write: the failure says whether it may have been applied. */
  readonly send: (request: VendorRequest) => Promise<Result<VendorReply, SendFailure>>
  /**
   * A read whose body is, or holds at `listKey`, one long array: yields its elements in batches while the body still
   * arrives, so that 50,000 clients never stand in memory at once. The other members of the envelope come with the
   * last batch.
   */
  readonly stream: (
    request: VendorRequest,
    options: { readonly listKey: string | null; readonly batchSize: number },
  ) => AsyncIterable<Result<StreamBatch, VendorFailure>>
  /** A signed reference under which the host will fetch, check and cache this address for the page. */
  readonly media: (url: string, kind: 'image' | 'hls') => string | null
}

export interface StreamBatch {
  readonly items: readonly JsonValue[]
  /** Place of the first item, from 0. */
  readonly firstIndex: number
  readonly last: boolean
  /** Everything of the envelope but the list; empty until the last batch, and for a bare array. */
  readonly envelope: Readonly<Record<string, JsonValue>>
}

export type CreateConnector = () => Connector
