import type { Handlers } from '../../../shared/ipc/rpc.ts'
import type { StoreSyncApi } from '../../../shared/ipc/store-sync-contract.ts'
import { ok } from '../../../shared/result.ts'
import { mergeBackup } from '../commands/import-unsent.ts'
import { applyPage } from './apply-page.ts'
import { beginRun } from './begin-run.ts'
import { configureSources } from './configure-sources.ts'
import { endRun, heldView } from './end-run.ts'
import { noteClock } from './note-clock.ts'
import { purgeFields } from './purge-fields.ts'
import { putTestimonials, testimonialsDue } from './put-testimonials.ts'
import { putVocabulary } from './put-vocabulary.ts'
import { answerSuspects, removeMissing, settleRemoval } from './remove-missing.ts'
import { settleEdit } from './settle-edit.ts'
import { suspectsDue } from './suspects.ts'
import type { SyncContext } from './sync-context.ts'
import { freezeEdit, recoverEdits, takeEdit } from './take-edit.ts'
import { tryPage } from './try-page.ts'

/** What the store answers to the core. */
export function syncHandlers(context: SyncContext): Handlers<StoreSyncApi> {
  const { book } = context
  return {
    'unsent.merge': (input) => mergeBackup(context, input),
    'sources.configure': (input) => configureSources(context, input),
    'sources.checkpoints': async () => ok([...book.checkpoints.values()]),
    'run.begin': (input) => beginRun(context, input),
    'run.applyPage': (page) => (page.careful === true ? tryPage(context, page) : applyPage(context, page)),
    'run.end': (end) => endRun(context, end),
    'suspects.due': async (input) => ok(suspectsDue(book, input)),
    'suspects.answer': (input) => answerSuspects(context, input),
    'run.remove': (input) => removeMissing(context, input),
    'removal.settle': (input) => settleRemoval(context, input),
    'removal.held': async ({ sourceId }) => {
      const held = book.held.get(sourceId)
      return ok(held === undefined ? null : heldView(held))
    },
    'vocabulary.put': (input) => putVocabulary(context, input),
    'testimonials.put': (input) => putTestimonials(context, input),
    'testimonials.due': async (input) => ok(testimonialsDue(book, input)),
    'outbox.take': (input) => takeEdit(context, input),
    'outbox.freeze': (input) => freezeEdit(context, input),
    'outbox.settle': (input) => settleEdit(context, input),
    'outbox.recover': (input) => recoverEdits(context, input),
    'clock.note': (input) => noteClock(context, input),
    'records.purgeFields': (input) => purgeFields(context, input),
    'records.get': async ({ recordId }) => {
      const head = book.heads.get(recordId)
      if (head === undefined || head.sourceId === null) return ok(null)
      return ok({ sourceId: head.sourceId, remoteId: head.remoteId, fields: head.fields })
    },
  }
}
