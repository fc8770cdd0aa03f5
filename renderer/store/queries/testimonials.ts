import type { AppError } from '../../../shared/app-error.ts'
import { type ClientId, clientIdOfRecord, type RecordId, recordIdOfClient } from '../../../shared/ids.ts'
import { ok, type Result } from '../../../shared/result.ts'
import type { TestimonialHead } from '../book.ts'
import { type TestimonialRow, testimonialRowSchema } from '../rows.ts'
import type { StoreContext } from '../store-context.ts'
import type { StorePageApi, TestimonialPage, TestimonialView } from '../store-contract.ts'

/** Endors hands out at most this many of a client: exactly as many means that there may be more. */
const VENDOR_CAP = 50

interface Line {
  readonly head: TestimonialHead
  readonly index: number
  readonly at: number
}

/** All testimonials read so far, newest first. Only those of the page asked for are read from the disk. */
export async function listTestimonials(
  context: StoreContext,
  input: {
    readonly kind: 'all' | 'video' | 'text'
    readonly minRating: number
    readonly offset: number
    readonly limit: number
  },
): Promise<Result<TestimonialPage, AppError>> {
  const { book } = context
  const counts = { all: 0, video: 0, text: 0 }
  const lines: Line[] = []
  let readAt: number | null = null
  for (const head of book.testimonials.values()) {
    readAt = Math.max(readAt ?? 0, head.readAt)
    head.items.forEach((item, index) => {
      if ((item.rating ?? 0) < input.minRating) return
      counts.all++
      counts[item.video ? 'video' : 'text']++
      if (input.kind === 'all' || (input.kind === 'video') === item.video) lines.push({ head, index, at: item.at })
    })
  }
  lines.sort((a, b) => b.at - a.at || (a.head.recordId < b.head.recordId ? -1 : 1) || a.index - b.index)
  const page = lines.slice(input.offset, input.offset + input.limit)
  const rows = await readRows(context, [...new Set(page.map((line) => line.head.recordId))])
  if (!rows.ok) return rows
  const sources = [...book.sources.values()].filter((source) => source.testimonials)
  const of = sources.reduce((sum, source) => sum + book.records.countOf(source.sourceId), 0)
  return ok({
    items: page.flatMap((line) => viewOf(context, rows.value.get(line.head.recordId), line.index)),
    total: lines.length,
    counts,
    coverage: { read: book.testimonials.size, of },
    readAt,
    sourceIds: sources.map((source) => source.sourceId),
  })
}

type OfClient = StorePageApi['testimonials.ofClient']['output']['_zod']['output']

export async function clientTestimonials(
  context: StoreContext,
  input: { readonly clientId: ClientId },
): Promise<Result<OfClient, AppError>> {
  const { book } = context
  const recordId = recordIdOfClient(input.clientId)
  const sourceId = book.heads.get(recordId)?.sourceId ?? null
  const supported = sourceId !== null && book.sources.get(sourceId)?.testimonials === true
  const rows = await readRows(context, book.testimonials.has(recordId) ? [recordId] : [])
  if (!rows.ok) return rows
  const row = rows.value.get(recordId)
  return ok({
    items: row === undefined ? [] : row.items.flatMap((_, index) => viewOf(context, row, index)),
    readAt: row?.readAt ?? null,
    cut: (row?.items.length ?? 0) >= VENDOR_CAP,
    supported,
  })
}

async function readRows(
  { databases, guard }: StoreContext,
  recordIds: readonly RecordId[],
): Promise<Result<ReadonlyMap<RecordId, TestimonialRow>, AppError>> {
  const rows = await guard.run(() => databases.relaxed.testimonials.bulkGet([...recordIds]))
  if (!rows.ok) return rows
  const read = new Map<RecordId, TestimonialRow>()
  for (const row of rows.value) {
    const parsed = testimonialRowSchema.safeParse(row)
    if (parsed.success) read.set(parsed.data.recordId, parsed.data)
  }
  return ok(read)
}

function viewOf({ view }: StoreContext, row: TestimonialRow | undefined, index: number): readonly TestimonialView[] {
  const item = row?.items[index]
  if (row === undefined || item === undefined) return []
  const clientId = clientIdOfRecord(row.recordId)
  const line = view.row(clientId)
  return [
    {
      ...item,
      clientId,
      clientName: line?.name ?? item.name ?? 'Unnamed',
      company: line?.company ?? null,
      sourceId: row.sourceId,
      readAt: row.readAt,
    },
  ]
}
