import { z } from 'zod'
import { hashText } from '../../../shared/hash-text.ts'
import type { Book } from '../book.ts'
import type { StoreDatabase } from '../database.ts'
import type { ClientRow, ListPage } from '../store-contract.ts'
import { checksum } from './checksum.ts'
import { FORM } from './manifest.ts'

/** The row of `saved` that holds it: small, beside megabytes of pieces. */
export const FIRST_KEY = 'first'
/** As many as the page asks for first. */
export const FIRST_ROWS = 100
const SUM_BYTES = 4

/** The head of the list as it begins, newest first: a start answers with it before anything else is read. */
export interface FirstPage {
  readonly rows: readonly ClientRow[]
  readonly total: number
  readonly newestAt: number | null
  /** What names of sources and statuses stood for. */
  readonly names: string
}

const firstSchema = z.object({
  form: z.literal(FORM),
  /** Those of the manifest that it was written with. */
  segment: z.number(),
  change: z.number(),
  total: z.number().int().nonnegative(),
  newestAt: z.number().nullable(),
  names: z.string(),
  /** Rows of this very form, as the sum says. */
  rows: z.array(z.custom<ClientRow>((row) => typeof row === 'object' && row !== null && 'clientId' in row)),
})
interface SavedFirst extends z.infer<typeof firstSchema> {}

export function namesOf({ sources, vocabulary }: Pick<Book, 'sources' | 'vocabulary'>): string {
  return hashText(JSON.stringify([[...sources.values()], [...vocabulary.values()]]))
}

export function packFirst(page: FirstPage, mark: { readonly segment: number; readonly change: number }): Uint8Array {
  const { segment, change } = mark
  const text = new TextEncoder().encode(JSON.stringify({ form: FORM, segment, change, ...page }))
  const bytes = new Uint8Array(SUM_BYTES + text.length)
  new DataView(bytes.buffer).setUint32(0, checksum(text))
  bytes.set(text, SUM_BYTES)
  return bytes
}

/** Null where it is of another form, or not what was written. */
export function unpackFirst(bytes: unknown): SavedFirst | null {
  if (!(bytes instanceof Uint8Array) || bytes.length < SUM_BYTES) return null
  const text = bytes.slice(SUM_BYTES)
  if (new DataView(bytes.buffer, bytes.byteOffset).getUint32(0) !== checksum(text)) return null
  try {
    const parsed = firstSchema.safeParse(JSON.parse(new TextDecoder().decode(text)))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}

/**
 * What the list begins with, where no record has been written since it was saved; read before all else. Trouble is left to
 * whoever reads the rest.
 */
export async function readFirst(db: StoreDatabase): Promise<FirstPage | null> {
  const [row, segment = 0, change = 0] = await Promise.all([
    db.saved.get(FIRST_KEY),
    db.heads.toCollection().lastKey(),
    db.changes.toCollection().lastKey(),
  ])
  const first = unpackFirst(row?.bytes)
  return first !== null && Number(segment) <= first.segment && Number(change) <= first.change ? first : null
}

/** The answer to the question that a page begins with. */
export function listPageOf({ rows, total, newestAt }: FirstPage, limit: number): ListPage {
  const page = { offset: 0, total, isTotalKnown: true, close: false, all: total, text: '', tookMs: 0, newestAt }
  return { rows: rows.slice(0, limit), ...page }
}
