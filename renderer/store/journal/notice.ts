import type { ClientId, SourceId } from '../../../shared/ids.ts'
import type { Draft } from '../draft.ts'
import type { Notice } from '../store-contract.ts'

/**
 * Tells the user, from within the transaction that found or did it; it stays until dismissed. One per kind, client and
 * source: said again, it replaces what was said before, so that trouble that returns at each start is one line.
 */
export function notice(
  draft: Draft,
  at: number,
  kind: Notice['kind'],
  facts: Notice['facts'] = {},
  about: { readonly clientId?: ClientId | null; readonly sourceId?: SourceId | null } = {},
): void {
  const clientId = about.clientId ?? null
  const sourceId = about.sourceId ?? null
  const noticeId = [kind, clientId, sourceId].filter((part) => part !== null).join('|')
  draft.notices.set(noticeId, { noticeId, at, kind, facts: { ...facts }, clientId, sourceId })
}
