import type { HostApi } from '../../../shared/ipc/host-contract.ts'
import type { Handlers } from '../../../shared/ipc/rpc.ts'
import type { Settings } from '../../../shared/model/settings.ts'
import { ok } from '../../../shared/result.ts'
import type { Host } from '../../host/host.ts'

type DesktopCalls = Pick<Handlers<HostApi>, Extract<keyof HostApi, `desktop.${string}` | `update.${string}`>>

/** Calls that the machine's desktop answers. The core only passes them on, and decides whether to notify now. */
export function createDesktopHandlers(deps: {
  readonly host: Host
  readonly settings: () => Settings
  /** A page listens: tell it what came in before. */
  readonly onReady: () => void
}): DesktopCalls {
  const { desktop, updater } = deps.host
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
    'desktop.notify': async (notice) => {
      const { notifyConflicts, notifyFailures } = deps.settings()
      const isWanted = notice.tag === 'conflicts' ? notifyConflicts : notifyFailures
      if (!isWanted || !desktop.abilities.notifications || desktop.hasFocus()) return ok({ shown: false })
      desktop.notify(notice)
      return ok({ shown: true })
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

    'update.state': async () => ok(updater.state()),
    'update.check': async () => ok(await updater.check()),
    'update.fetch': async () => {
      await updater.fetch()
      return ok(null)
    },
    'update.install': async () => {
      updater.install()
      return ok(null)
    },
    'update.defer': async ({ for: how }) => {
      updater.defer(how)
      return ok(null)
    },
  }
}
