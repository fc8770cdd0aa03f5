import type { JsonValue } from '../../../shared/json.ts'
import type { ConnectorId } from '../divide-clients.ts'
import type { JsonRow, RecordTable, SavedTable } from '../record-table.ts'

export interface VendorRequest {
  readonly method: string
  /** Path without the query, percent-encoding taken off segment by segment by who needs it. */
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: string
  /** A fault that only the vendor itself can act out: the cursor of the next page is the one that was sent. */
  readonly cursorLoop: boolean
}

/** A list is written row by row, so that fifty thousand clients need no text of fifty megabytes. */
export interface ListReply {
  readonly kind: 'list'
  readonly before: string
  readonly rows: Iterable<JsonRow>
  readonly after: string
}
export interface JsonReply {
  readonly kind: 'json'
  readonly status: number
  readonly body: JsonValue
}
export type VendorReply = ListReply | JsonReply

export function json(status: number, body: JsonValue): JsonReply {
  return { kind: 'json', status, body }
}

/** Where a vendor looks for its key. `scheme` may be empty. */
export interface KeyPlace {
  key: string
  headerName: string
  scheme: string
}

export function hasKey(place: KeyPlace, headers: VendorRequest['headers']): boolean {
  const expected = place.scheme === '' ? place.key : `${place.scheme} ${place.key}`
  return headers[place.headerName.toLowerCase()] === expected
}

export interface Vendor<Row extends JsonRow = JsonRow> {
  readonly connectorId: ConnectorId
  readonly name: string
  readonly table: RecordTable<Row>
  /** Where it looks for the key; tests may change it at any time. */
  readonly keyPlace: KeyPlace
  /** Settings for "Add source", but for the base URL. */
  readonly settings: Readonly<Record<string, string | boolean>>
  readonly unauthorized: JsonReply
  readonly handle: (request: VendorRequest) => VendorReply
  /** Field whose type a "bad record" breaks, and field that an "unknown enum" fills. */
  readonly spoil: {
    readonly badRecord: (row: JsonRow) => JsonRow
    readonly unknownEnum: (row: JsonRow, value: string) => JsonRow
  }
}

/** What every vendor is made from. */
export interface VendorSetup {
  readonly count: number
  /** Seed of this vendor, as a number. */
  readonly seed: number
  readonly key: string
  /** Milliseconds since the epoch, now. */
  readonly now: () => number
  /** The moment that the seeded times count back from. */
  readonly startedAt: number
  /** Own address, without a slash at its end. Known only once the server listens. */
  readonly origin: () => string
  /** What an earlier run left behind, or null. */
  readonly saved: SavedTable | null
  readonly changed: () => void
}

/** A whole number in a range, or a text that says what is wrong. */
export function readInteger(
  query: URLSearchParams,
  name: string,
  range: { readonly min: number; readonly max?: number; readonly fallback: number },
): number | string {
  const text = query.get(name)
  if (text === null) {
    return range.fallback
  }
  const value = Number(text)
  if (!/^-?\d+$/.test(text) || value < range.min || (range.max !== undefined && value > range.max)) {
    const limits = range.max === undefined ? `at least ${range.min}` : `between ${range.min} and ${range.max}`
    return `${name} must be a whole number, ${limits}`
  }
  return value
}

/** The JSON object in a body, or null. */
export function readObject(body: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(body)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null
  } catch {
    return null
  }
}
