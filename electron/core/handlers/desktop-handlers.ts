import type { AppError } from '../../../shared/app-error.ts'
import type { HostApi } from '../../../shared/ipc/host-contract.ts'
import type { Handlers } from '../../../shared/ipc/rpc.ts'
import type { Settings } from '../../../shared/model/settings.ts'
import { ok, type Result } from '../../../shared/result.ts'
import type { Host } from '../../host/host.ts'
import { createNoticeDesk, type NoticeDesk } from '../notices/notice-desk.ts'
import { toldSchema } from '../notices/told-facts.ts'
import { openProfileDocument } from '../profile-document.ts'

type DesktopCalls = Pick<Handlers<HostApi>, Extract<keyof HostApi, `desktop.${string}` | `update.${string}`>>

type DesktopMachine = Pick<Host, 'clock' | 'desktop' | 'updater' | 'files' | 'log'>

/** Calls that the machine's desktop answers. The core only passes them on, and decides when to notify. */
export function createDesktopHandlers(deps: {
  readonly host: DesktopMachine
  readonly settings: () => Settings
  readonly isStopped: () => boolean
  /** A page listens: tell it what came in before. */
  readonly onReady: () => void
  /** A copy of what cannot be pulled again, before another version takes it over. */
  readonly backup: () => Promise<Result<unknown, AppError>>
}): DesktopCalls {
  const { desktop, updater } = deps.host
  let opened: Promise<NoticeDesk> | null = null
  const notices = (): Promise<NoticeDesk> => {
    opened ??= openNotices(deps)
    return opened
  }
  return {
    'desktop.ready': async () => {
      deps.onReady()
      return ok(null)
    },
    'desktop.state': async () => ok(desktop.state()),
    'desktop.setMenu': async ({ lines }) => {
      desktop.setMenu(lines)
      return ok(null)
    },
    'desktop.setStatus': async (status) => {
      desktop.setStatus(status)
      return ok(null)
    },
    'desktop.notify': async (report) => {
      if (desktop.abilities.notifications) (await notices()).report(report)
      return ok(null)
    },
    'desktop.addRecent': async (client) => {
      desktop.addRecent(client)
      return ok(null)
    },
    'desktop.clearRecent': async () => {
      desktop.clearRecent()
      return ok(null)
    },
    'desktop.startDrag': async (file) => {
      await desktop.startDrag(file)
      return ok(null)
    },
    'desktop.print': async (how) => ok({ done: await desktop.print(how) }),

    'desktop.clearPageData': async () => ok({ go: await desktop.clearPageData() }),

    'update.state': async () => ok(updater.state()),
    'update.check': async () =>
      deps.settings().workOffline
        ? ok({ state: 'failed', why: 'offline', checkedAt: null })
        : ok(await updater.check()),
    'update.fetch': async () => {
      await updater.fetch()
      return ok(null)
    },
    'update.install': async () => {
      const backup = await deps.backup()
      if (!backup.ok) return backup
      updater.install()
      return ok(null)
    },
    'update.defer': async ({ for: how }) => {
      updater.defer(how)
      return ok(null)
    },
  }
}

/** What was told outlives the program: a start with the session must not repeat yesterday's conflicts. */
async function openNotices(deps: {
  readonly host: DesktopMachine
  readonly settings: () => Settings
  readonly isStopped: () => boolean
}): Promise<NoticeDesk> {
  const { clock, desktop, files, log } = deps.host
  const initial = toldSchema.parse({})
  const told = await openProfileDocument({ files, log, name: 'notices.json', schema: toldSchema, initial })
  return createNoticeDesk({
    clock,
    settings: deps.settings,
    hasFocus: desktop.hasFocus,
    show: (notice) => {
      if (!deps.isStopped()) desktop.notify(notice)
    },
    told: told.get(),
    // A full disk costs a notification that comes twice, and is told elsewhere.
    keep: (facts) => void told.set(facts).catch(() => log.warn('notices-not-kept')),
  })
}
