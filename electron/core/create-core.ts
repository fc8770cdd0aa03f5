import { z } from 'zod'
import { type HostEvents, hostApi, hostEvents, noCalls, noEvents } from '../../shared/ipc/host-contract.ts'
import type { Port } from '../../shared/ipc/port.ts'
import { createRpc, type Emit, type RpcPeer } from '../../shared/ipc/rpc.ts'
import { type Settings, settingsSchema } from '../../shared/model/settings.ts'
import type { Connector } from '../connectors/connector.ts'
import type { CoreDoors, Host, StretchCost } from '../host/host.ts'
import { createBallast, journalWithBallast, writingWithBallast } from './ballast.ts'
import { createLockHandlers } from './handlers/lock-handlers.ts'
import { openProfileLock } from './lock/app-lock.ts'
import { behindLock } from './lock/behind-lock.ts'
import { forgetProfile } from './lock/forget-profile.ts'
import { createIdleWatch } from './lock/idle-watch.ts'
import { createLockedSigns } from './lock/locked-signs.ts'
import { refuseStore } from './lock/refuse-store.ts'
import { createRedactor } from './log/redact.ts'
import { openProfile } from './open-profile.ts'
import { openProfileDocument } from './profile-document.ts'
import { createProfileDoor } from './profile-door.ts'
import type { StartSimulator } from './sample/sample-data.ts'

export interface CoreOptions {
  readonly host: Host
  readonly connectors: readonly Connector[]
  readonly startSimulator: StartSimulator
  /** What it costs to try a passphrase; for tests. */
  readonly stretchCost?: StretchCost
}

export interface Core extends CoreDoors {
  /** False while nothing may leave the machine; media then come from the cache alone. */
  readonly isTrafficAllowed: () => boolean
  /** Empty while the profile is locked. */
  readonly profileId: () => string
  readonly stop: () => Promise<void>
}

/** Until the last answers of a profile that was closed have come: they are logged without keys. */
const FORGET_KEYS_MS = 60_000

type PagePeer = RpcPeer<typeof hostApi, typeof noCalls, HostEvents, typeof noEvents>

/**
 * The app without a machine: everything it needs comes in through `host`, everything it offers goes out by ports. This
 * is what is there while the profile is locked: doors, settings and the lock; all else is behind it (open-profile.ts).
 */
export async function createCore(options: CoreOptions): Promise<Core> {
  const ballast = createBallast({ files: options.host.backups, clock: options.host.clock, log: options.host.log })
  const host: Host = {
    ...options.host,
    files: writingWithBallast(options.host.files, ballast),
    journal: journalWithBallast(options.host.journal, ballast),
  }
  const { desktop } = host
  const redactor = createRedactor()
  const settings = await openProfileDocument({
    files: host.files,
    log: host.log,
    name: 'settings.json',
    schema: settingsSchema,
    initial: settingsSchema.parse({}),
  })

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
   * While a page listens and the profile is open: what comes in before, such as a deep link at the start, waits for it.
   * So does what comes while a page is loaded anew, after a crash or when a closed window is opened for it.
   */
  let deafen: (() => void) | null = null
  let isListening = false
  const hearDesktop = (): void => {
    if (isListening && door.profile() !== null) deafen ??= desktop.listen((event) => emit('desktop', event))
  }
  const deafenDesktop = (): void => {
    deafen?.()
    deafen = null
  }
  const unhearUpdates = host.updater.listen((state) => emit('updateChanged', state))
  desktop.follow(settings.get())
  host.updater.follow(updatesMode(settings.get()))

  const lock = await openProfileLock({
    host,
    onChange: (state) => emit('lockChanged', state),
    ...(options.stretchCost === undefined ? {} : { cost: options.stretchCost }),
  })
  const signs = createLockedSigns(desktop)
  const door = createProfileDoor({
    host,
    lock,
    openProfile: () =>
      openProfile({
        host: { ...host, desktop: signs.desktop },
        connectors: options.connectors,
        startSimulator: options.startSimulator,
        ballast,
        redactor,
        lock,
        settings,
        emit,
        onSettings: (next) => {
          desktop.follow(next)
          host.updater.follow(updatesMode(next))
          emit('settingsChanged', next)
          idle.look()
        },
        onDesktopReady: () => {
          isListening = true
          hearDesktop()
        },
        newName: () => randomName(host),
        onBug,
      }),
    onOpened: (profile) => {
      for (const page of pages) profile.greet(page.emit)
      emit('lockChanged', lock.state())
      signs.show()
      hearDesktop()
      idle.look()
    },
    onClosed: () => {
      deafenDesktop()
      signs.hide()
      host.clock.schedule(FORGET_KEYS_MS, () => {
        if (door.profile() === null) redactor.forget()
      })
    },
  })
  const idle = createIdleWatch({
    clock: host.clock,
    power: host.power,
    after: () => settings.get().lockAfterMinutes,
    isLockable: () => lock.state().encrypted && door.profile() !== null,
    lock: () => void door.close().catch((cause: unknown) => onBug('locking threw', cause)),
  })
  const handlers = behindLock({
    host,
    settings: settings.get,
    profile: door.profile,
    isEncrypted: () => lock.state().encrypted,
    onDesktopReady: () => {
      isListening = true
    },
    lockCalls: createLockHandlers({
      lock,
      door,
      onActive: idle.active,
      onChanged: () => {
        // Names of clients stand in the system's menus; under a passphrase none do.
        if (lock.state().encrypted) desktop.clearRecent()
        idle.look()
      },
      forget: async () => {
        await door.close()
        await door.inTurn(async () => {
          await forgetProfile(host)
          await settings.set(settingsSchema.parse({}))
          await lock.setAside()
        })
        await door.open()
      },
    }),
  })
  await door.open()

  return {
    isTrafficAllowed: () => door.profile()?.isTrafficAllowed() ?? false,
    profileId: () => door.profile()?.profileId() ?? '',

    attachStore: (port: Port) => {
      const profile = door.profile()
      if (profile === null) refuseStore(port, onBug)
      else profile.attachStore(port)
    },

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
        isListening = false
        deafenDesktop()
        door.profile()?.noPages()
      })
      peer.serve(handlers)
      peer.emit('lockChanged', lock.state())
      const profile = door.profile()
      if (profile === null) peer.emit('settingsChanged', settings.get())
      else profile.greet(peer.emit)
    },

    stop: async () => {
      deafenDesktop()
      unhearUpdates()
      idle.stop()
      for (const page of pages) page.close()
      await door.stop()
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

/** `Work offline` holds for the app's own requests too. */
function updatesMode({ workOffline, updates }: Settings): Settings['updates'] {
  return workOffline ? 'off' : updates
}
