import { z } from 'zod'

/**
 * Everything that may go wrong and that the interface has a sentence for (renderer/text/error-text.ts).
 * Errors carry codes, numbers and field paths; never a key, never a value of a client, never a sentence of ours.
 * `vendorText` is quoted data: shown, never parsed, redacted and cut before it gets here.
 */
const vendorText = z.string().max(500).nullable()

export const appErrorSchema = z.discriminatedUnion('code', [
  /** 401, or 403 on a whole source. The source pauses; queued edits wait. */
  z.object({ code: z.literal('key-rejected'), status: z.number(), vendorText }),
  /** 403 on one record. */
  z.object({ code: z.literal('forbidden'), status: z.number(), vendorText }),
  /** 404 on the list (address or Space wrong) or on one record (gone at the source). */
  z.object({ code: z.literal('not-found'), what: z.enum(['list', 'record']), status: z.number() }),
  /** 400, 409, 413, 415, 422: the vendor refused this request. `field` is known for rules that we check ourselves. */
  z.object({ code: z.literal('refused'), status: z.number(), vendorText, field: z.string().nullable() }),
  /** 405, 501: the vendor has no such operation after all. */
  z.object({ code: z.literal('not-supported'), status: z.number() }),
  /** 429, or 503 with Retry-After. `retryAfterMs` is the vendor's wish, already clamped. */
  z.object({ code: z.literal('rate-limited'), status: z.number(), retryAfterMs: z.number().nullable() }),
  /** 408 and 5xx. */
  z.object({ code: z.literal('server-error'), status: z.number(), retryAfterMs: z.number().nullable(), vendorText }),
  /** Nothing usable came back. `sent` says whether the request may have reached the vendor. */
  z.object({
    code: z.literal('unreachable'),
    reason: z.enum(['dns', 'refused', 'tls', 'timeout', 'reset', 'network']),
    sent: z.boolean(),
    detail: z.string().max(120).nullable(),
  }),
  /** A redirect; never followed, because the key would travel along. `location` is origin and path only. */
  z.object({ code: z.literal('redirected'), status: z.number(), location: z.string().max(300).nullable() }),
  /** The body is no JSON. `got` tells a login page from an empty body. */
  z.object({ code: z.literal('not-json'), got: z.enum(['html', 'empty', 'text', 'cut-short']), status: z.number() }),
  /** JSON of another shape than documented. `path` as in `data[3].id`, `found` a type name. */
  z.object({
    code: z.literal('bad-shape'),
    path: z.string().max(200),
    expected: z.string().max(120),
    found: z.string().max(60),
  }),
  /** A 2xx whose body says that it failed (`ok: false`). */
  z.object({ code: z.literal('vendor-error'), vendorCode: z.string().max(80).nullable(), vendorText }),
  z.object({ code: z.literal('too-large'), limitBytes: z.number() }),
  /** A cursor or a page came back a second time: going on would never end. */
  z.object({ code: z.literal('paging-loop'), page: z.number() }),
  /** What the user typed cannot be used. `field` is a field of the form, `rule` picks the sentence. */
  z.object({ code: z.literal('bad-input'), field: z.string().max(60), rule: z.string().max(60) }),
  /** The source, edit, client or conflict named is not there (any more). */
  z.object({ code: z.literal('missing'), what: z.string().max(40) }),
  /** The other side of a port is closed. */
  z.object({ code: z.literal('disconnected') }),
  /** Stopped by the user, by `Work offline`, or by shutting down. */
  z.object({ code: z.literal('cancelled') }),
  /** The machine has no network, or `Work offline` is on. */
  z.object({ code: z.literal('offline') }),
  /** Keys cannot be kept safely on this machine. */
  z.object({ code: z.literal('no-key-store'), detail: z.string().max(120).nullable() }),
  /**
   * The local store refused: disk full, blocked by another window, fenced by a newer owner, newer than this app, being
   * opened again, on a disk that may only be read, or in the hands of another browser.
   */
  z.object({
    code: z.literal('storage'),
    kind: z.enum(['full', 'blocked', 'fenced', 'newer', 'failed', 'reopening', 'read-only', 'elsewhere']),
  }),
  /** The passphrase has not been given: nothing of the profile is answered. */
  z.object({ code: z.literal('locked') }),
  /** A bug. Logged once in the core under this incident number. */
  z.object({ code: z.literal('internal'), incident: z.string().max(40) }),
])

export type AppError = z.infer<typeof appErrorSchema>

type CodeIn<C extends AppError['code']> = Extract<AppError, { code: C }>

/** What a read from a vendor can come back with. */
export type VendorFailure = CodeIn<
  | 'key-rejected'
  | 'forbidden'
  | 'not-found'
  | 'refused'
  | 'not-supported'
  | 'rate-limited'
  | 'server-error'
  | 'unreachable'
  | 'redirected'
  | 'not-json'
  | 'bad-shape'
  | 'vendor-error'
  | 'too-large'
  | 'paging-loop'
  | 'cancelled'
  | 'bad-input'
>

/**
 * What a write can come back with. `applied` says what is known of the request's fate: only a write can be `unknown`,
 * and only `not-applied` may be sent again without looking first.
 */
export interface SendFailure {
  readonly applied: 'not-applied' | 'unknown'
  readonly error: VendorFailure
}
