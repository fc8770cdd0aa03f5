import type { AppError } from '../../../shared/app-error.ts'
import type { RecordId, RemoteId, SourceId } from '../../../shared/ids.ts'
import type { Testimonial } from '../../../shared/model/testimonial.ts'
import { ok, type Result } from '../../../shared/result.ts'
import type { Book, TestimonialHead } from '../book.ts'
import type { StoreDatabase } from '../database.ts'
import { testimonialHead } from '../load-book.ts'
import { testimonialRowSchema } from '../rows.ts'
import { type SyncContext, syncWrite } from './sync-context.ts'

/** As many as the border takes. */
const MAX_KEPT = 200

/** What a client's testimonials are now. Of a client that is not here (any more) there is nothing to keep. */
export function putTestimonials(
  context: SyncContext,
  input: {
    readonly sourceId: SourceId
    readonly remoteId: RemoteId
    readonly items: readonly Testimonial[]
    readonly readAt: number
    readonly mayBeCut: boolean
  },
): Promise<Result<null, AppError>> {
  return syncWrite(context, 'relaxed', async (draft) => {
    const recordId = draft.recordAt(input.sourceId, input.remoteId)
    const head = recordId === undefined ? undefined : draft.head(recordId)
    if (recordId === undefined || head === undefined) return ok(null)
    const kept = input.mayBeCut
      ? await context.guard.run(() => knownTestimonials(context.databases.relaxed, recordId))
      : ok([])
    if (!kept.ok) return kept
    // The last of those that share an id: a list with one twice would show two cards of one key.
    const items = [...new Map(input.items.map((item) => [item.testimonialId, item])).values()]
    const ids = new Set(items.map((item) => item.testimonialId))
    const row = {
      recordId,
      sourceId: input.sourceId,
      readAt: input.readAt,
      forHash: head.hash,
      items: [...items, ...kept.value.filter((item) => !ids.has(item.testimonialId))].slice(0, MAX_KEPT),
    }
    draft.tableWork.push((db) => db.testimonials.put(row))
    const now = testimonialHead(row)
    draft.memoryWork.push((book) => book.testimonials.set(recordId, now))
    draft.topics.add('testimonials')
    // Lists ask who has any, and who has a video (`has:testimonial`).
    if (kindsOf(now) !== kindsOf(context.book.testimonials.get(recordId))) draft.touched.add(recordId)
    return ok(null)
  })
}

function kindsOf(head: TestimonialHead | undefined): string {
  const items = head?.items ?? []
  return `${items.length > 0}|${items.some((item) => item.video)}`
}

async function knownTestimonials(db: StoreDatabase, recordId: RecordId): Promise<readonly Testimonial[]> {
  const row = testimonialRowSchema.safeParse(await db.testimonials.get(recordId))
  return row.success ? row.data.items : []
}

/** Clients whose testimonials were never read, or before the client last changed. */
export function testimonialsDue(
  book: Book,
  input: { readonly sourceId: SourceId; readonly limit: number },
): { remoteIds: RemoteId[]; total: number; read: number } {
  const { records, testimonials } = book
  const remoteIds: RemoteId[] = []
  let read = 0
  let total = 0
  for (const slot of records.slotsOf(input.sourceId)) {
    total++
    if (testimonials.size === 0 && remoteIds.length >= input.limit) continue
    const recordId = records.recordAt(slot)
    const known = recordId === undefined ? undefined : testimonials.get(recordId)
    if (known !== undefined) read++
    if (recordId === undefined || remoteIds.length >= input.limit) continue
    const remoteId = known !== undefined && records.isHash(recordId, known.forHash) ? null : records.remoteIdOf(slot)
    if (remoteId !== null) remoteIds.push(remoteId)
  }
  return { remoteIds, total, read }
}
