import type { Handlers } from '../../shared/ipc/rpc.ts'
import { err, ok } from '../../shared/result.ts'
import { beginBulk, endBulk } from './bulk/bulk-session.ts'
import { exportPart } from './bulk/export-part.ts'
import { planBulk } from './bulk/plan-bulk.ts'
import { takeBulk } from './bulk/take-bulk.ts'
import { changeEdit } from './commands/change-edit.ts'
import { createClient } from './commands/create-client.ts'
import { deleteClient } from './commands/delete-client.ts'
import { discardEdit } from './commands/discard-edit.ts'
import { dropLocal } from './commands/drop-local.ts'
import { exportUnsent } from './commands/export-unsent.ts'
import { makeFieldRule, removeFieldRule } from './commands/field-rules.ts'
import { holdEdit, releaseAllEdits, releaseEdit } from './commands/hold-edit.ts'
import { importUnsent } from './commands/import-unsent.ts'
import { putBack } from './commands/put-back.ts'
import { reopenConflict } from './commands/reopen-conflict.ts'
import { resolveConflict } from './commands/resolve-conflict.ts'
import { retryEdit } from './commands/retry-edit.ts'
import { saveClient } from './commands/save-client.ts'
import { forgetFromTray, recreateFromTray, restoreFromTray } from './commands/tray.ts'
import { undoLast } from './commands/undo-last.ts'
import { planImport } from './imports/plan-import.ts'
import { readImport } from './imports/read-import.ts'
import { endImport, takeImport } from './imports/take-import.ts'
import { attention } from './queries/attention.ts'
import { BOARD_ORDER, board } from './queries/board.ts'
import { clientDetails } from './queries/client-details.ts'
import { listConflicts, resolvedCount } from './queries/conflicts.ts'
import { storeCounts } from './queries/counts.ts'
import { discardPreview } from './queries/discard-preview.ts'
import { listQueue } from './queries/edit-view.ts'
import { exportCsv } from './queries/export-csv.ts'
import { exportVCard } from './queries/export-vcard.ts'
import { listFieldRules, previewFieldRule } from './queries/field-rules.ts'
import { blankForm } from './queries/form-fields.ts'
import { insights } from './queries/insights.ts'
import { jumpToName } from './queries/jump-to-name.ts'
import { createListClients } from './queries/list-clients.ts'
import { listIds } from './queries/list-ids.ts'
import { removalPreview } from './queries/removal-preview.ts'
import { withMatches } from './queries/row-match.ts'
import { sourceRemoval } from './queries/source-removal.ts'
import { type Estimate, storageUsage } from './queries/storage-usage.ts'
import { clientTestimonials, listTestimonials } from './queries/testimonials.ts'
import { clientTimeline } from './queries/timeline.ts'
import { listTray } from './queries/tray.ts'
import { vocabulary } from './queries/vocabulary.ts'
import { HeadsNotRead } from './records/record-contract.ts'
import { readDamage } from './saved/damage.ts'
import { parseQuery } from './search/parse-query.ts'
import type { StoreContext } from './store-context.ts'
import type { StorePageApi } from './store-contract.ts'

/** What the store answers to the page. */
export function pageHandlers(context: StoreContext, estimate: () => Promise<Estimate>): Handlers<StorePageApi> {
  const { book, view, guard, databases } = context
  const lists = createListClients(context)
  return {
    'clients.list': async (input) => {
      await lists.ready(input)
      return ok(lists.list(input))
    },
    'clients.indexOf': async (input) => {
      await lists.ready(input)
      return ok(lists.indexOf(input))
    },
    'clients.rows': async ({ clientIds, text }) => {
      const query = parseQuery(text ?? '')
      // Named all at once, and not found out line by line.
      const missing = book.records.unreadOf(clientIds.map(view.slotOf).filter((slot) => slot >= 0))
      if (missing.length > 0) throw new HeadsNotRead(missing)
      return ok(
        clientIds
          .map((clientId) => view.row(clientId))
          .map((row) => (row === undefined ? null : (withMatches(book, [row], query)[0] ?? null))),
      )
    },
    'clients.ids': async ({ offset, limit, ...query }) => {
      await lists.ready(query)
      return ok(listIds(context, lists.found(query), offset, limit))
    },
    'clients.jump': async (input) => {
      await lists.ready(input)
      return ok(jumpToName(context, lists.found(input), input))
    },
    'clients.get': async ({ clientId }) => ok(await clientDetails(context, clientId)),
    'clients.timeline': (input) => clientTimeline(context, input),
    'clients.exportCsv': async (query) => {
      await lists.ready(query)
      return ok(exportCsv(context, lists, query))
    },
    'clients.exportVCard': async (input) => {
      await lists.ready(input.query ?? { text: '', sort: null })
      return exportVCard(context, lists, input)
    },
    'clients.vocabulary': async () => ok(vocabulary(context)),
    'form.blank': async ({ sourceId }) =>
      sourceId !== null && !book.sources.has(sourceId)
        ? err({ code: 'missing', what: 'source' })
        : ok(blankForm(book, sourceId)),
    'client.create': (input) => createClient(context, input),
    'client.save': (input) => saveClient(context, input),
    'client.delete': (input) => deleteClient(context, input),
    'client.dropLocal': (input) => dropLocal(context, input),
    'import.read': (input) => readImport(context, input),
    'import.plan': (input) => planImport(context, input),
    'import.take': (input) => takeImport(context, input),
    'import.end': (input) => endImport(context, input),
    'bulk.begin': async (input) => {
      if (input.selection.all) await lists.ready(input.selection.query)
      return ok(beginBulk(context, lists, input))
    },
    'bulk.export': async (input) => exportPart(context, input),
    'bulk.plan': (input) => planBulk(context, input),
    'bulk.take': (input) => takeBulk(context, input),
    'bulk.end': async ({ bulkId }) => {
      endBulk(book, bulkId)
      return ok(null)
    },
    'queue.list': async () => ok(listQueue(book)),
    'edit.discard': (input) => discardEdit(context, input),
    'edit.retry': (input) => retryEdit(context, input),
    'edit.undoLast': () => undoLast(context),
    'edit.hold': (input) => holdEdit(context, input),
    'edit.release': (input) => releaseEdit(context, input),
    'edits.releaseAll': (input) => releaseAllEdits(context, input),
    'edit.change': (input) => changeEdit(context, input),
    'edit.discardPreview': async (input) => discardPreview(context, input),
    'fieldRules.list': async () => ok(listFieldRules(book)),
    'fieldRules.preview': async (input) => ok(previewFieldRule(book, input)),
    'fieldRules.make': (input) => makeFieldRule(context, input),
    'fieldRules.remove': (input) => removeFieldRule(context, input),
    'timeline.putBack': (input) => putBack(context, input),
    'tray.list': async () => ok(listTray(book, context.clock.now())),
    'tray.restore': (input) => restoreFromTray(context, input),
    'tray.recreate': (input) => recreateFromTray(context, input),
    'tray.forget': (input) => forgetFromTray(context, input),
    'removal.preview': async ({ sourceId }) => ok(removalPreview(book, sourceId)),
    'source.removal': async ({ sourceId }) => ok(sourceRemoval(book, sourceId)),
    'unsent.export': () => exportUnsent(context),
    'unsent.import': (input) => importUnsent(context, input),
    'notices.list': async () => ok([...book.notices.values()].sort((a, b) => b.at - a.at)),
    'notices.dismiss': ({ noticeId }) =>
      context.writer.write<null>({ durability: 'strict', epoch: null }, (draft) => {
        if (book.notices.has(noticeId)) draft.notices.set(noticeId, null)
        return ok(null)
      }),
    'conflict.reopen': (input) => reopenConflict(context, input),
    'conflicts.list': async () => ok(listConflicts(book)),
    'conflicts.resolvedCount': async ({ since }) => ok(resolvedCount(book, since)),
    'conflict.resolve': (input) => resolveConflict(context, input),
    'board.get': async (input) => {
      await lists.ready({ text: '', sort: BOARD_ORDER })
      return ok(board(context, lists, input))
    },
    'testimonials.list': (input) => listTestimonials(context, input),
    'testimonials.ofClient': (input) => clientTestimonials(context, input),
    'counts.get': async () =>
      ok(storeCounts(book, view, guard.state(), context.copies.pending().length, context.clock.now())),
    'attention.get': async () => ok(attention(book)),
    'insights.get': async () => ok(insights(context)),
    'problems.list': async ({ sourceId }) => {
      const rows = await guard.run(() =>
        databases.relaxed.problems.where('sourceId').equals(sourceId).limit(1000).toArray(),
      )
      if (!rows.ok) return rows
      return ok(rows.value.map(({ n: _n, sourceId: _source, runId: _run, ...problem }) => problem))
    },
    'storage.usage': async () => {
      return ok(storageUsage(context, await estimate(), await readDamage(databases.relaxed)))
    },
  }
}
