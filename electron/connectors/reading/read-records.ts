import type { z } from 'zod'
import { hashText } from '../../../shared/hash-text.ts'
import type { JsonValue } from '../../../shared/json.ts'
import type { RecordProblem, RemoteRecord } from '../../../shared/model/record.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { type ShapeProblem, shapeProblem, typeNameOf } from './shape-problem.ts'

/** A record larger than this as JSON text is set aside: it would slow every read of its page. */
const MAX_RECORD_CHARS = 256 * 1024
/** Of a record larger than this the fields are kept, and not the original: large values get lost on their own. */
const MAX_RAW_CHARS = 32 * 1024

/** `\\u001f` */
const CHARS_OF_ESCAPE = 6
/** `-1.2345678901234567e-300` */
const CHARS_OF_NUMBER = 25

/** `remoteId` is said where the id does not stand at `id`. */
export interface RecordShapeProblem extends ShapeProblem {
  readonly remoteId?: string | null
}

/** How a connector reads one record: checks it against wire.ts, then maps it. */
export type ReadRecord = (raw: JsonValue) => Result<RemoteRecord, RecordShapeProblem>

export function createReadRecord<T>(schema: z.ZodType<T>, map: (wire: T, raw: JsonValue) => RemoteRecord): ReadRecord {
  return (raw) => {
    const wire = schema.safeParse(raw)
    if (!wire.success) return err(shapeProblem(wire.error, raw, ''))
    const chars = isShort(raw) ? 0 : JSON.stringify(raw).length
    if (chars > MAX_RECORD_CHARS) {
      return err({
        path: '',
        expected: `at most ${MAX_RECORD_CHARS / 1024} KB`,
        found: `${Math.ceil(chars / 1024)} KB`,
      })
    }
    const record = map(wire.data, raw)
    return ok(chars > MAX_RAW_CHARS ? { ...record, raw: leftOut(raw, chars) } : record)
  }
}

/** Surely within the limits, by what its texts could take at most: written down is only what may be too large. */
function isShort(raw: JsonValue): boolean {
  return MAX_RAW_CHARS > charsAtMost(raw, MAX_RAW_CHARS)
}

/** No fewer than JSON takes for it; not looked at further than `enough`. */
function charsAtMost(value: JsonValue, enough: number): number {
  if (typeof value === 'string') return 2 + value.length * CHARS_OF_ESCAPE
  if (value === null || typeof value !== 'object') return CHARS_OF_NUMBER
  let chars = 2
  for (const [name, member] of Object.entries(value)) {
    chars += 4 + name.length * CHARS_OF_ESCAPE + charsAtMost(member, enough - chars)
    if (chars >= enough) break
  }
  return chars
}

/** What stands for an original that is too large to be kept: another one leaves another mark. */
function leftOut(raw: JsonValue, chars: number): JsonValue {
  return { 'left out': `${Math.ceil(chars / 1024)} KB`, mark: hashText(JSON.stringify(raw)) }
}

export interface ReadRecords {
  readonly records: readonly RemoteRecord[]
  readonly problems: readonly RecordProblem[]
}

/** Reads what can be read; a bad record is set aside with its place and the page goes on. `firstIndex` is for paths. */
export function readRecords(
  items: readonly JsonValue[],
  options: { readonly read: ReadRecord; readonly path: string; readonly firstIndex?: number },
): ReadRecords {
  const records: RemoteRecord[] = []
  const problems: RecordProblem[] = []
  const first = options.firstIndex ?? 0
  items.forEach((raw, index) => {
    const record = options.read(raw)
    if (record.ok) records.push(record.value)
    else problems.push(recordProblem(raw, record.error, index, `${options.path}[${first + index}]`))
  })
  return { records, problems }
}

function recordProblem(raw: JsonValue, problem: RecordShapeProblem, index: number, at: string): RecordProblem {
  const path = problem.path === '' ? at : problem.path.startsWith('[') ? at + problem.path : `${at}.${problem.path}`
  const { expected, found } = problem
  const remoteId = problem.remoteId === undefined ? idIn(raw) : problem.remoteId
  return { remoteId, index, path: path.slice(0, 200), expected, found, rawText: cutText(raw) }
}

function idIn(raw: JsonValue): string | null {
  if (raw === null || typeof raw !== 'object' || !('id' in raw)) return null
  const id: unknown = raw.id
  if (typeof id === 'number') return String(id)
  return typeof id === 'string' && id.trim() !== '' && id.length <= 512 ? id : null
}

function cutText(raw: JsonValue): string {
  const text = JSON.stringify(raw) ?? typeNameOf(raw)
  return text.length > 4000 ? `${text.slice(0, 3999)}…` : text
}
