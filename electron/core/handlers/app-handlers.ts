import { checkOutsideLink } from '../../../shared/address/outside-link.ts'
import type { AppInfo, HostApi } from '../../../shared/ipc/host-contract.ts'
import type { Handlers } from '../../../shared/ipc/rpc.ts'
import type { Settings } from '../../../shared/model/settings.ts'
import { err, ok } from '../../../shared/result.ts'
import type { Connector } from '../../connectors/connector.ts'
import type { Host } from '../../host/host.ts'
import type { ProfileDocument } from '../profile-document.ts'
import type { SampleData } from '../sample/sample-data.ts'
import type { Traffic } from '../traffic.ts'

type AppCalls = Pick<
  Handlers<HostApi>,
  | 'app.info'
  | 'connectors.list'
  | 'settings.get'
  | 'settings.set'
  | 'network.report'
  | 'shell.openLink'
  | 'sample.start'
  | 'sample.remove'
>

/** Calls about the app itself: what it is, its settings, the network switch, links, sample data. */
export function createAppHandlers(deps: {
  readonly host: Host
  readonly profileId: () => string
  readonly keyStore: () => Promise<AppInfo['keyStore']>
  readonly connectors: readonly Connector[]
  readonly settings: ProfileDocument<Settings>
  readonly traffic: Traffic
  readonly sample: SampleData
  readonly onSettings: (settings: Settings) => void
}): AppCalls {
  const { host, settings, traffic, sample } = deps
  return {
    'app.info': async () =>
      ok({
        version: host.version,
        host: host.kind,
        platform: host.platform,
        profileId: deps.profileId(),
        profileFolder: host.profileFolder,
        keyStore: await deps.keyStore(),
        desktop: host.desktop.abilities,
      }),

    'connectors.list': async () => ok(deps.connectors.map((c) => ({ ...c.manifest }))),

    'settings.get': async () => ok(settings.get()),

    'settings.set': async (change) => {
      await settings.set((before) => {
        const after: Settings = { ...before }
        for (const [key, value] of Object.entries(change))
          if (value !== undefined) Object.assign(after, { [key]: value })
        return after
      })
      const next = settings.get()
      deps.onSettings(next)
      return ok(next)
    },

    'network.report': async ({ online }) => {
      traffic.reportOnline(online)
      return ok(null)
    },

    'shell.openLink': async ({ url }) => {
      const target = checkOutsideLink(url, (address) => new URL(address))
      if (target === null) return err({ code: 'bad-input', field: 'url', rule: 'not-a-link' })
      await host.shell.openLink(target)
      return ok(null)
    },

    'sample.start': () => sample.start(),
    'sample.remove': () => sample.remove(),
  }
}
