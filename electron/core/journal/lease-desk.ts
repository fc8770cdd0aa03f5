import { z } from 'zod'
import type { AppError } from '../../../shared/app-error.ts'
import type { DatabaseId } from '../../../shared/ids.ts'
import type { Handlers } from '../../../shared/ipc/rpc.ts'
import type { LeaseApi } from '../../../shared/ipc/store-sync-contract.ts'
import type { JournaledAttempt, RecoveryState } from '../../../shared/model/journal.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
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
  /** Of the machine that it was used on last. */
  machine: z.string().max(64).nullable().default(null),
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
  readonly request: (store: Asking) => Promise<Result<Lease, AppError>>
  /** The database that the holder works on; null before it has a name. */
  readonly databaseId: () => DatabaseId | null
  /** The store has done what the lease asked of it. */
  readonly adopted: () => Promise<void>
  /** The calls that rest on a lease. `isCurrent`: the caller still is the holder. */
  readonly handlers: (
    isCurrent: () => boolean,
  ) => Pick<Handlers<LeaseApi>, 'journal.append' | 'journal.read' | 'journal.rebuild'>
}

export type Asking = Parameters<Handlers<LeaseApi>['lease.request']>[0]

const FENCED: AppError = { code: 'storage', kind: 'fenced' }

export function createLeaseDesk(deps: {
  readonly host: Pick<Host, 'log' | 'installation'>
  readonly journal: IntentJournal
  readonly profile: ProfileDocument<Profile>
}): LeaseDesk {
  const { host, journal, profile } = deps
  let epoch = 0
  let databaseId: DatabaseId | null = null
  let requests: Promise<unknown> = Promise.resolve()

  const noteWork = async (): Promise<void> => {
    if (!profile.get().hadWork) await profile.set((now) => ({ ...now, hadWork: true }))
  }

  const give = async (store: Asking): Promise<Lease> => {
    const facts = await journal.open()
    const before = profile.get()
    const known = Math.max(before.epoch, facts.epoch, epoch)
    const state = judgeStart(facts, store, before.hadWork)
    const { installation } = host
    const noted = (await installation.noted(before.profileId)) ?? 0
    const machine = installation.machine ?? before.machine
    const isCopy = before.machine !== null && before.machine !== machine
    // A number that only the database, or only this machine, remembers: the profile is an older one, put back.
    const isOld = Math.max(store.epoch, noted) > known
    const hold = before.hold ?? (isCopy ? 'copied' : isOld ? 'restored' : null)
    epoch = Math.max(known, store.epoch, noted) + 1
    databaseId = store.databaseId
    // The newest worker wins; a number that was given out and then lost in a crash is never given out again.
    await journal.lease({ epoch, profileId: before.profileId, databaseId: store.databaseId })
    await profile.set((now) => ({ ...now, epoch, hold, machine }))
    await installation.note(before.profileId, epoch)
    host.log.info('lease', { epoch, state, commit: facts.commit, of: store.commit, hold: hold ?? 'none' })
    return { epoch, recovery: { state, commit: facts.commit, attempts: [...journal.openAttempts()], hold } }
  }

  return {
    // One after another: of two workers that ask at once, the later one must get the higher number, and the last word.
    request: (store) => {
      const lease = requests.then(() =>
        give(store).then(
          (given) => ok(given),
          (cause: unknown): Result<Lease, AppError> => {
            // The number could not be kept: given out all the same, it would be given out again.
            host.log.error('lease-not-kept', { cause: cause instanceof Error ? cause.name : typeof cause })
            return err({ code: 'storage', kind: diskTrouble(cause) })
          },
        ),
      )
      requests = lease
      return lease
    },
    databaseId: () => databaseId,

    adopted: async () => {
      if (profile.get().hold !== null) await profile.set((now) => ({ ...now, hold: null }))
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
            databaseId = input.databaseId
            return journal.rebuild(input)
          }),
      }
    },
  }
}

const READ_ONLY: readonly string[] = ['EROFS', 'EACCES', 'EPERM']

function diskTrouble(cause: unknown): 'read-only' | 'full' | 'failed' {
  const code = cause instanceof Error && 'code' in cause ? cause.code : null
  if (code === 'ENOSPC' || code === 'EDQUOT') return 'full'
  return READ_ONLY.some((other) => other === code) ? 'read-only' : 'failed'
}
