import { z } from 'zod'
import type { AppError } from '../../../shared/app-error.ts'
import type { Handlers } from '../../../shared/ipc/rpc.ts'
import type { LeaseApi } from '../../../shared/ipc/store-sync-contract.ts'
import type { JournaledAttempt, RecoveryState } from '../../../shared/model/journal.ts'
import { err, type Result } from '../../../shared/result.ts'
import type { Host } from '../../host/host.ts'
import type { ProfileDocument } from '../profile-document.ts'
import type { IntentJournal } from './intent-journal.ts'
import { judgeStart } from './judge-start.ts'

export const profileSchema = z.object({
  v: z.literal(1),
  profileId: z.string().min(8).max(64),
  epoch: z.number().int().nonnegative(),
  /** Something was stored that cannot be pulled again: if it is all gone one day, that is a loss, and no first start. */
  hadWork: z.boolean().default(false),
  /** Why nothing may be sent before the user has looked, until a store has noted it. */
  hold: z.enum(['copied', 'restored']).nullable().default(null),
})
export type Profile = z.infer<typeof profileSchema>

export interface Lease {
  readonly epoch: number
  readonly recovery: {
    readonly state: RecoveryState
    readonly commit: number
    readonly attempts: readonly JournaledAttempt[]
    readonly hold: Profile['hold']
  }
}

/** Gives the lease out, with what the journal and the database know of each other; and takes the second copies. */
export interface LeaseDesk {
  readonly request: (store: Parameters<Handlers<LeaseApi>['lease.request']>[0]) => Promise<Lease>
  /** The store has done what the lease asked of it. */
  readonly adopted: () => Promise<void>
  /** The calls that rest on a lease. `isCurrent`: the caller still is the holder. */
  readonly handlers: (
    isCurrent: () => boolean,
  ) => Pick<Handlers<LeaseApi>, 'journal.append' | 'journal.read' | 'journal.rebuild'>
}

const FENCED: AppError = { code: 'storage', kind: 'fenced' }

export function createLeaseDesk(deps: {
  readonly host: Pick<Host, 'log' | 'clock'>
  readonly journal: IntentJournal
  readonly profile: ProfileDocument<Profile>
}): LeaseDesk {
  const { host, journal, profile } = deps
  let epoch = 0
  let requests: Promise<unknown> = Promise.resolve()

  const noteWork = async (): Promise<void> => {
    if (!profile.get().hadWork) await profile.set({ ...profile.get(), hadWork: true })
  }

  const give = async (store: Parameters<LeaseDesk['request']>[0]): Promise<Lease> => {
    const facts = await journal.open()
    const before = profile.get()
    const known = Math.max(before.epoch, facts.epoch, epoch)
    const state = judgeStart(facts, store, before.hadWork)
    const hold = before.hold ?? (store.epoch > known ? 'restored' : null)
    epoch = Math.max(known, store.epoch) + 1
    // The newest worker wins; a number that was given out and then lost in a crash is never given out again.
    await journal.lease({ epoch, profileId: before.profileId, databaseId: store.databaseId })
    await profile.set({ ...profile.get(), epoch, hold })
    host.log.info('lease', { epoch, state, commit: facts.commit, of: store.commit, hold: hold ?? 'none' })
    return { epoch, recovery: { state, commit: facts.commit, attempts: [...journal.openAttempts()], hold } }
  }

  return {
    // One after another: of two workers that ask at once, the later one must get the higher number, and the last word.
    request: (store) => {
      const lease = requests.then(() => give(store))
      requests = lease.catch(() => undefined)
      return lease
    },

    adopted: async () => {
      if (profile.get().hold !== null) await profile.set({ ...profile.get(), hold: null })
      // In nobody's way: edits have their second copies by now, and sending waits for no one here.
      await journal.compact()
    },

    handlers: (isCurrent) => {
      const holding = async <T>(
        claimed: number,
        work: () => Promise<Result<T, AppError>>,
      ): Promise<Result<T, AppError>> => (isCurrent() && claimed === epoch ? work() : err(FENCED))
      return {
        'journal.append': (input) =>
          holding(input.epoch, async () => {
            if (input.commits.some((commit) => commit.rows.length > 0)) await noteWork()
            return journal.append(input.commits)
          }),
        'journal.read': ({ after, cursor }) =>
          holding(epoch, async () => {
            const part = await journal.readRows(after, cursor)
            return part.ok ? { ok: true, value: { ...part.value, rows: [...part.value.rows] } } : part
          }),
        'journal.rebuild': (input) =>
          holding(input.epoch, async () => {
            if (input.rows.length > 0) await noteWork()
            return journal.rebuild(input)
          }),
      }
    },
  }
}
