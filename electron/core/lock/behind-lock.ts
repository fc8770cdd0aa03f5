import { z } from 'zod'
import type { AppError } from '../../../shared/app-error.ts'
import { type HostApi, hostApi } from '../../../shared/ipc/host-contract.ts'
import type { Handlers } from '../../../shared/ipc/rpc.ts'
import type { Settings } from '../../../shared/model/settings.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Host } from '../../host/host.ts'
import { namingDiskTrouble } from '../disk-trouble.ts'
import type { LockCalls } from '../handlers/lock-handlers.ts'
import type { OpenProfile } from '../open-profile.ts'

/** What the page is answered: by the open profile, or, while it is locked, only what the lock screen needs. */
export function behindLock(deps: {
  readonly host: Host
  readonly settings: () => Settings
  readonly profile: () => OpenProfile | null
  readonly isEncrypted: () => boolean
  /** A page listens to the desktop; it will be told when the profile is open. */
  readonly onDesktopReady: () => void
  readonly lockCalls: LockCalls
}): Handlers<HostApi> {
  const { host, lockCalls } = deps
  const whileLocked: Partial<Handlers<HostApi>> = {
    'app.info': async () =>
      ok({
        version: host.version,
        host: host.kind,
        platform: host.platform,
        profileId: await nameOf(host),
        profileFolder: host.profileFolder,
        keyStore: { kind: 'session-only', detail: '', trouble: 'none', choice: 'session', choices: [] },
        desktop: host.desktop.abilities,
      }),
    'settings.get': async () => ok(deps.settings()),
    'network.report': async () => ok(null),
    'desktop.ready': async () => {
      deps.onDesktopReady()
      return ok(null)
    },
    'desktop.setMenu': async () => ok(null),
    'desktop.setStatus': async () => ok(null),
    'desktop.state': async () => ok(host.desktop.state()),
  }
  const table: Record<string, unknown> = {}
  for (const name of Object.keys(hostApi)) {
    table[name] = async (input: unknown): Promise<Result<unknown, AppError>> => {
      const profile = deps.profile()
      // Names of clients in the system's menus would lie outside of everything that is sealed.
      if (name === 'desktop.addRecent' && deps.isEncrypted()) return ok(null)
      return answerOf(lockCalls, name)?.(input) ?? answerOf(profile?.handlers ?? whileLocked, name)?.(input) ?? LOCKED
    }
  }
  // One function for each name of the contract, which parses what goes in and what comes out.
  return namingDiskTrouble(table as unknown as Handlers<HostApi>)
}

const LOCKED = err({ code: 'locked' } as const)

type Answer = (input: unknown) => Promise<Result<unknown, AppError>>

function answerOf(handlers: object, name: string): Answer | undefined {
  // The tables were built by name, and each input was parsed under this name before it came here.
  return (handlers as Readonly<Record<string, Answer | undefined>>)[name]
}

/** Of the database that the page will open. Lost or unreadable, it is found in the journal once that is open. */
async function nameOf(host: Pick<Host, 'files'>): Promise<string> {
  const known = z.object({ profileId: z.string() }).safeParse(await host.files.read('profile.json').catch(() => null))
  return known.success ? known.data.profileId : ''
}
