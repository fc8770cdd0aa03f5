import type { AppError } from '../../../shared/app-error.ts'
import type { PageReceipt, PullPage } from '../../../shared/ipc/store-sync-contract.ts'
import { type PulledRecord, rawTextOf } from '../../../shared/model/pulled-record.ts'
import type { RecordProblem } from '../../../shared/model/record.ts'
import type { Result } from '../../../shared/result.ts'
import { applyPage } from './apply-page.ts'
import type { SyncContext } from './sync-context.ts'

const RAW_CHARS = 4_000

class OnlyATrial extends Error {
  override readonly name = 'OnlyATrial'
}

/**
 * A page that has failed over and over. Each record is stored alone, in a transaction that is undone; what fails alone
 * is set aside as a problem, and the rest of the page is applied as pages are: whole, with its checkpoint. The core is
 * told of each record before it is tried, so that it knows of what this worker has died.
 */
export async function tryPage(context: SyncContext, page: PullPage): Promise<Result<PageReceipt, AppError>> {
  const records: PulledRecord[] = []
  const problems: RecordProblem[] = [...page.problems]
  for (const [index, record] of page.records.entries()) {
    context.onTrying?.(page.sourceId, record.remoteId)
    if (await canBeStored(context, { ...page, records: [record], same: [], problems: [] })) records.push(record)
    else problems.push(setAside(record, index))
  }
  context.onTrying?.(page.sourceId, null)
  return applyPage(context, { ...page, records, problems })
}

async function canBeStored(context: SyncContext, page: PullPage): Promise<boolean> {
  let reached = false
  const { writer } = context
  const trial: SyncContext = {
    ...context,
    writer: {
      ...writer,
      write: (options, compose) =>
        writer.write(options, async (draft) => {
          const result = await compose(draft)
          // One that brings nothing new would move the run on in memory, and the page behind it would count as stored.
          draft.ahead = null
          draft.tableWork.push(async () => {
            reached = true
            throw new OnlyATrial('stored, and undone')
          })
          return result
        }),
    },
  }
  try {
    const result = await applyPage(trial, page)
    // Refused for another reason than the record: let the page as a whole say so.
    return reached || (!result.ok && result.error.code !== 'storage')
  } catch {
    return false
  }
}

/** As a record that could not be read: shown, counted as seen, and there in full in the log of problems. */
export function setAside(record: PulledRecord, index: number): RecordProblem {
  return {
    remoteId: record.remoteId,
    index,
    path: '',
    expected: 'a record that can be stored',
    found: 'one that cannot',
    rawText: rawTextOf(record.body).slice(0, RAW_CHARS),
  }
}
