import type { AppError } from '../../../shared/app-error.ts'
import type { SourceId } from '../../../shared/ids.ts'
import type { StatusOption } from '../../../shared/model/status-option.ts'
import { ok, type Result } from '../../../shared/result.ts'
import type { Draft } from '../draft.ts'
import { type SyncContext, syncWrite } from './sync-context.ts'

const MAX_OPTIONS = 1000

/** The source's own list of status values takes the place of what was known. */
export function putVocabulary(
  context: SyncContext,
  input: { readonly sourceId: SourceId; readonly statusOptions: readonly StatusOption[] },
): Promise<Result<null, AppError>> {
  return syncWrite(context, 'relaxed', (draft) => {
    const before = context.book.vocabulary.get(input.sourceId)?.statusOptions ?? []
    if (JSON.stringify(before) !== JSON.stringify(input.statusOptions))
      store(draft, input.sourceId, input.statusOptions)
    return ok(null)
  })
}

/** Status values that came along with records: added to what is known, newest wording wins. */
export function addVocabulary(draft: Draft, sourceId: SourceId, options: readonly StatusOption[]): void {
  if (options.length === 0) return
  const known =
    draft.book.vocabulary.get(sourceId)?.statusOptions ?? draft.book.sources.get(sourceId)?.statusOptions ?? []
  const byId = new Map(known.map((option) => [option.id, option]))
  for (const option of options) byId.set(option.id, option)
  const merged = [...byId.values()].slice(0, MAX_OPTIONS)
  if (JSON.stringify(merged) !== JSON.stringify(known)) store(draft, sourceId, merged)
}

function store(draft: Draft, sourceId: SourceId, options: readonly StatusOption[]): void {
  const row = { sourceId, statusOptions: [...options] }
  draft.tableWork.push((db) => db.vocabulary.put(row), ['vocabulary'])
  draft.memoryWork.push((book) => book.vocabulary.set(sourceId, row))
  // Labels of lines that stand already: the view knows a status by its number, so that no line of a million changes.
  draft.topics.add('clients').add('insights')
}
