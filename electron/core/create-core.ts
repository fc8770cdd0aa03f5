import { z } from 'zod'
import {
  type HostApi,
  type HostEvents,
  hostApi,
  hostEvents,
  noCalls,
  noEvents,
} from '../../shared/ipc/host-contract.ts'
import type { Port } from '../../shared/ipc/port.ts'
import { createRpc, type Emit, type Handlers, type RpcPeer } from '../../shared/ipc/rpc.ts'
import { settingsSchema } from '../../shared/model/settings.ts'
import type { Connector } from '../connectors/connector.ts'
import type { CoreDoors, Host } from '../host/host.ts'
import { createBallast, journalWithBallast, writingWithBallast } from './ballast.ts'
import { namingDiskTrouble } from './disk-trouble.ts'
import { createLockHandlers } from './handlers/lock-handlers.ts'
import { createRedactor } from './log/redact.ts'
import { openProfile } from './open-profile.ts'
import { openProfileDocument } from './profile-document.ts'
import type { StartSimulator } from './sample/sample-data.ts'

export interface CoreOptions {
  readonly host: Host
  readonly connectors: readonly Connector[]
  readonly startSimulator: StartSimulator
}

export interface Core extends CoreDoors {
  /** False while nothing may leave the machine; media then come from the cache alone. */
  readonly isTrafficAllowed: () => boolean
  readonly profileId: () => string
  readonly stop: () => Promise<void>
}

/** The app without a machine: everything it needs comes in through `host`, everything it offers goes out by ports. */
export async function createCore(options: CoreOptions): Promise<Core> {
  const ballast = createBallast({ files: options.host.backups, clock: options.host.clock, log: options.host.log })
  const host: Host = {
    ...options.host,
    files: writingWithBallast(options.host.files, ballast),
    journal: journalWithBallast(options.host.journal, ballast),
  }
  const redactor = createRedactor()
  const settings = await openProfileDocument({
    files: host.files,
    log: host.log,
    name: 'settings.json',
    schema: settingsSchema,
    initial: settingsSchema.parse({}),
  })

  type PagePeer = RpcPeer<typeof hostApi, typeof noCalls, HostEvents, typeof noEvents>
  const pages = new Set<PagePeer>()
  const emit: Emit<HostEvents> = (name, data) => {
    for (const page of pages) page.emit(name, data)
  }
  const onBug = (what: string, cause: unknown): string => {
    const incident = randomName(host).slice(0, 8)
    host.log.error('bug', { what: redactor.redact(what), incident, cause: redactor.redact(causeText(cause)) })
    return incident
  }

  /**
   * While a page listens: what comes in before, such as a deep link at the start, waits for it. So does what comes while
   * a page is loaded anew, after a crash or when a closed window is opened for it.
   */
  let deafen: (() => void) | null = null
  const hearDesktop = (): void => {
    deafen ??= host.desktop.listen((event) => emit('desktop', event))
  }
  const unhearUpdates = host.updater.listen((state) => emit('updateChanged', state))
  host.desktop.follow(settings.get())
  host.updater.follow(settings.get().updates)

  const profile = await openProfile({
    host,
    connectors: options.connectors,
    startSimulator: options.startSimulator,
    ballast,
    redactor,
    box: () => null,
    settings,
    emit,
    onSettings: (next) => {
      host.desktop.follow(next)
      host.updater.follow(next.updates)
      emit('settingsChanged', next)
    },
    onDesktopReady: hearDesktop,
    newName: () => randomName(host),
    onBug,
  })
  const handlers = namingDiskTrouble<Handlers<HostApi>>({ ...profile.handlers, ...createLockHandlers() })

  return {
    isTrafficAllowed: profile.isTrafficAllowed,
    profileId: profile.profileId,
    attachStore: profile.attachStore,

    attachPage: (port: Port) => {
      const peer: PagePeer = createRpc({
        port,
        serves: hostApi,
        calls: noCalls,
        emits: hostEvents,
        hears: noEvents,
        onBug,
      })
      pages.add(peer)
      peer.onClose(() => {
        pages.delete(peer)
        if (pages.size > 0) return
        deafen?.()
        deafen = null
        profile.noPages()
      })
      peer.serve(handlers)
      profile.greet(peer.emit)
    },

    stop: async () => {
      deafen?.()
      unhearUpdates()
      for (const page of pages) page.close()
      await profile.stop()
    },
  }
}

function randomName(host: Host): string {
  let name = ''
  while (name.length < 16) name += Math.floor(host.random.next() * 36).toString(36)
  return name
}

function causeText(cause: unknown): string {
  if (cause instanceof z.ZodError)
    return cause.issues.map((i) => `${i.path.map(String).join('.')}: ${i.code}`).join('; ')
  return cause instanceof Error ? `${cause.name}: ${cause.message}` : typeof cause
}
