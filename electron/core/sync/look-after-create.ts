import type { VendorFailure } from '../../../shared/app-error.ts'
import type { Fields } from '../../../shared/model/field.ts'
import type { RemoteRecord } from '../../../shared/model/record.ts'
import { holds } from '../../../shared/safety/rules.ts'
import { backoffMs } from '../../../shared/sync/backoff.ts'
import { outcomeClass } from '../http/outcome-class.ts'
import { isSourceWide } from './is-source-wide.ts'
import { FIRST_LOOK_MS, type PushDeps, type Pushed, settled, type TakenEdit } from './push-context.ts'

/** A create goes out this often by itself at most. */
export const MAX_SENDS = 2

export type Look =
  | { readonly kind: 'adopt'; readonly record: RemoteRecord }
  | { readonly kind: 'send-again' }
  | { readonly kind: 'settled'; readonly pushed: Pushed }

/**
 * What became of a create that was sent and not answered: fence, grace, adopt. A record that equals what was sent and
 * did not match before it was sent is ours. None, twice, once the grace is over: it never arrived, and the same body may
 * go once more. Several, or a second unknown outcome: the user decides. Nothing is ever sent again blindly.
 */
export async function lookAfterCreate(deps: PushDeps, taken: TakenEdit, body: Fields): Promise<Look> {
  const { connector, call, clock, creates } = deps
  const { edit, wasUnknown, own } = taken
  const open = openError(edit.error)
  if (connector.find === undefined) {
    return wasUnknown ? asked({ kind: 'needs-attention', error: open }) : { kind: 'send-again' }
  }
  const found = await connector.find(call, body)
  if (!found.ok) {
    const at = clock.now() + backoffMs({ failures: edit.looks + 1, random: deps.random, floorMs: FIRST_LOOK_MS })
    const outcome = wasUnknown
      ? ({ kind: 'unknown', at, error: open } as const)
      : ({ kind: 'retry', at, error: found.error, countAttempt: false, keepFrozen: true } as const)
    return { kind: 'settled', pushed: { outcome, sourceError: isSourceWide(found.error) ? found.error : null } }
  }
  const fence = new Set(holds('fence') ? (edit.fence ?? []) : [])
  const ours = found.value.filter((record) => !fence.has(record.remoteId))
  const [only, second] = ours
  if (only !== undefined && second === undefined) return { kind: 'adopt', record: only }
  if (only !== undefined)
    return several(
      ours.map((record) => record.remoteId),
      only,
    )
  // A pull has seen what the search does not find: nothing goes out again over it.
  const aside = own.heldAside.filter((remoteId) => !fence.has(remoteId))
  if (aside.length > 0) return several(aside, null)
  // Turned away with a clear word: looked for once all the same, and not there.
  if (!wasUnknown) return { kind: 'send-again' }
  if (creates.absent(edit.editId)) {
    // It was answered with a success: whatever became of it, it is not ours to send again.
    const wasTaken = outcomeClass({ applied: 'unknown', error: open }) === 'APPLIED_UNREADABLE'
    return edit.attempts < MAX_SENDS && !wasTaken
      ? { kind: 'send-again' }
      : asked({ kind: 'needs-attention', error: open })
  }
  return asked({ kind: 'unknown', at: clock.now() + creates.untilNextLookMs(edit.looks), error: open })
}

function several(candidates: readonly string[], remote: RemoteRecord | null): Look {
  return asked({ kind: 'conflict', conflict: 'duplicate', remote, fields: [], merged: [], candidates: [...candidates] })
}

function asked(outcome: Pushed['outcome']): Look {
  return { kind: 'settled', pushed: settled(outcome) }
}

/** Why its fate is open: a failure of a vendor, or, after a bug or a restart, none that is known. */
function openError(error: TakenEdit['edit']['error']): VendorFailure {
  const nothingKnown = { code: 'unreachable', reason: 'reset', sent: true, detail: null } as const
  switch (error?.code) {
    case 'missing':
    case 'disconnected':
    case 'offline':
    case 'no-key-store':
    case 'storage':
    case 'locked':
    case 'internal':
      return nothingKnown
    default:
      return error ?? nothingKnown
  }
}
