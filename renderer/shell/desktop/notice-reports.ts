import type { SourceId } from '../../../shared/ids.ts'
import type { DesktopNotice, NoticeReport } from '../../../shared/model/desktop.ts'
import type { SourceView } from '../../../shared/model/source.ts'
import type { Attention } from '../../store/store-contract.ts'
import { conflictsNotice, failedEditsNotice, rejectedKeysNotice } from '../../text/desktop-notices.ts'

/**
 * What stands, under each tag: a sentence for all of it, and the names it rests on. An edit that the user sent again
 * and that failed again is another fact; a source whose key stays rejected is one.
 */
export function noticeReports(
  attention: Attention,
  sources: readonly Pick<SourceView, 'sourceId' | 'name' | 'state'>[],
): readonly NoticeReport[] {
  const nameOf = (sourceId: SourceId): string =>
    sources.find((source) => source.sourceId === sourceId)?.name ?? 'a source'
  const rejected = sources.filter((source) => source.state === 'key-rejected')
  const report = (
    tag: DesktopNotice['tag'],
    facts: readonly string[],
    notice: () => Omit<DesktopNotice, 'tag'>,
  ): NoticeReport => ({
    tag,
    ...(facts.length === 0 ? { title: '', body: '', route: '#/clients' } : notice()),
    facts: [...facts],
  })
  return [
    report(
      'failed-edits',
      attention.edits.map(({ editId, attempts }) => `${editId}:${attempts}`),
      () =>
        failedEditsNotice(
          attention.editCount,
          attention.edits.map(({ sourceId, code }) => ({ source: nameOf(sourceId), code })),
        ),
    ),
    report(
      'conflicts',
      attention.conflicts.map(({ conflictId }) => conflictId),
      () =>
        conflictsNotice(
          attention.conflictCount,
          attention.conflicts.map(({ sourceId }) => nameOf(sourceId)),
        ),
    ),
    report(
      'sources',
      rejected.map(({ sourceId }) => `key:${sourceId}`),
      () => rejectedKeysNotice(rejected.map(({ name }) => name)),
    ),
  ]
}
