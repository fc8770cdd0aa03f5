import type { VendorFailure } from '../../../shared/app-error.ts'
import type { Outcome } from '../../../shared/ipc/store-sync-contract.ts'
import type { Edit } from '../../../shared/model/edit.ts'
import type { Fields } from '../../../shared/model/field.ts'
import type { RemoteRecord } from '../../../shared/model/record.ts'
import { backoffMs } from '../../../shared/sync/backoff.ts'
import { isSourceWide } from './is-source-wide.ts'
import type { PushDeps } from './push-one.ts'

export const FIRST_LOOK_MS = 2_000
/** Longest delay of a vendor that we guard against (SYNC.md 1.6): before it has passed, absence proves nothing. */
export const GRACE_MS = 120_000
/** When to look after an unknown create, counted from the attempt. */
const LOOKS_MS = [2_000, 15_000, 45_000, 90_000, GRACE_MS] as const
const MAX_SENDS = 2

export type Look =
  | { readonly kind: 'adopt'; readonly record: RemoteRecord }
  | { readonly kind: 'send-again' }
  | { readonly kind: 'settled'; readonly outcome: Outcome; readonly sourceError: VendorFailure | null }

/**
 * What became of a create that was sent and not answered: fence, grace, adopt. A record that equals what was sent and
 * did not match before it was sent is ours. None until the grace is over: it never arrived, and the same body may go
 * once more. Several, or a second unknown outcome: the user decides. Nothing is ever sent again blindly.
 */
export async function lookAfterCreate(deps: PushDeps, edit: Edit, body: Fields): Promise<Look> {
  const { connector, call, clock } = deps
  const unknownError = edit.error ?? { code: 'unreachable', reason: 'reset', sent: true, detail: null }
  if (connector.find === undefined) return settled({ kind: 'needs-attention', error: unknownError })

  const found = await connector.find(call, body)
  if (!found.ok) {
    const at = clock.now() + backoffMs({ failures: edit.looks + 1, random: deps.random, floorMs: FIRST_LOOK_MS })
    return {
      kind: 'settled',
      outcome: { kind: 'unknown', at, error: unknownError },
      sourceError: isSourceWide(found.error) ? found.error : null,
    }
  }
  const fence = new Set(edit.fence ?? [])
  const ours = found.value.filter((record) => !fence.has(record.remoteId))
  const [only, second] = ours
  if (only !== undefined && second === undefined) return { kind: 'adopt', record: only }
  if (only !== undefined) {
    return settled({
      kind: 'conflict',
      conflict: 'duplicate',
      remote: only,
      fields: [],
      merged: [],
      candidates: ours.map((record) => record.remoteId),
    })
  }
  const since = clock.now() - (edit.attemptedAt ?? 0)
  if (since >= GRACE_MS && edit.looks >= 1) {
    return edit.attempts < MAX_SENDS
      ? { kind: 'send-again' }
      : settled({ kind: 'needs-attention', error: unknownError })
  }
  const nextLook = LOOKS_MS.find((ms) => ms > since) ?? GRACE_MS
  return settled({ kind: 'unknown', at: (edit.attemptedAt ?? clock.now()) + nextLook, error: unknownError })
}

function settled(outcome: Outcome): Look {
  return { kind: 'settled', outcome, sourceError: null }
}
