import type { Clock, Random } from '../../../../shared/clock.ts'
import type { AppUpdate } from '../../../../shared/model/app-update.ts'
import type { Log, ProfileFiles, Updater } from '../../host.ts'
import { createNoUpdater } from '../../no-desktop.ts'
import type { UpdateEngine } from './update-engine.ts'
import { UpdateFailure } from './update-failure.ts'
import {
  initialUpdates,
  isReadyToInstall,
  nextCheckIn,
  savedUpdatesSchema,
  step,
  type UpdateEffect,
  type UpdateEvent,
} from './update-machine.ts'

const FILE = 'updates.json'
/** A download says how far it is at most so often. */
const PROGRESS_STEP = 1

export interface UpdatesDeps {
  /** Why there are none; null where there are. */
  readonly unavailable: Extract<AppUpdate, { state: 'unavailable' }>['why'] | null
  /** Only called when something is to be checked: electron-updater is not read before. */
  readonly loadEngine: () => Promise<UpdateEngine>
  readonly files: ProfileFiles
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
  readonly quit: () => void
}

export interface Updates {
  readonly updater: Updater
  /** The last thing before the process ends: puts in place what is ready, then calls `quit` unless the system does. */
  readonly finish: (quit: () => void) => Promise<void>
}

export async function createUpdates(deps: UpdatesDeps): Promise<Updates> {
  if (deps.unavailable !== null) {
    return { updater: createNoUpdater(deps.unavailable), finish: async (quit) => quit() }
  }
  const { clock, log } = deps
  let model = initialUpdates(await readSaved(deps))
  let engine: Promise<UpdateEngine> | null = null
  let cancel = (): void => undefined
  let isInstallAsked = false
  const listeners = new Set<(state: AppUpdate) => void>()
  let settled: (() => void)[] = []

  const loaded = (): Promise<UpdateEngine> => {
    engine ??= deps.loadEngine()
    return engine
  }

  const send = (event: UpdateEvent): void => {
    const before = model
    const next = step(model, event, clock.now())
    model = next.model
    if (model.state !== before.state) for (const listener of listeners) listener(model.state)
    for (const effect of next.effects) run(effect)
    if (model.busy !== 'checking') {
      const waiting = settled
      settled = []
      for (const done of waiting) done()
    }
  }

  const attempt = (what: string, work: () => Promise<UpdateEvent>): void => {
    work().then(send, (cause: unknown) => {
      const failure = cause instanceof UpdateFailure ? cause : new UpdateFailure('server', 'unexpected')
      log.warn(`update.${what}-failed`, { why: failure.why, detail: failure.detail, asked: model.asked })
      send({ kind: 'failed', why: failure.why })
    })
  }

  const run = (effect: UpdateEffect): void => {
    if (effect === 'save') {
      deps.files.write(FILE, model.saved).catch(() => log.warn('update.not-saved'))
      return
    }
    if (effect === 'plan') {
      cancel()
      const ms = nextCheckIn(model, clock.now(), deps.random.next())
      cancel = ms === null ? () => undefined : clock.schedule(ms, () => send({ kind: 'due' }))
      return
    }
    if (effect === 'check') {
      attempt('check', async () => {
        const release = await (await loaded()).check()
        log.info('update.checked', { version: release?.version ?? null })
        return release === null ? { kind: 'nothing-new' } : { kind: 'found', release }
      })
      return
    }
    attempt('fetch', async () => {
      let said = 0
      await (await loaded()).fetch((percent) => {
        if (percent < said + PROGRESS_STEP) return
        said = percent
        send({ kind: 'progress', percent })
      })
      log.info('update.fetched', { version: model.release?.version ?? null })
      return { kind: 'fetched' }
    })
  }

  return {
    updater: {
      state: () => model.state,
      listen: (listener) => {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
      follow: (mode) => send({ kind: 'follow', mode }),
      check: () =>
        new Promise((resolve) => {
          settled.push(() => resolve(model.state))
          send({ kind: 'asked' })
        }),
      fetch: async () => send({ kind: 'fetch-asked' }),
      install: () => {
        if (!isReadyToInstall(model)) return
        isInstallAsked = true
        deps.quit()
      },
      defer: (how) => send({ kind: 'put-off', how }),
    },

    finish: async (quit) => {
      cancel()
      if (!isReadyToInstall(model)) {
        quit()
        return
      }
      log.info('update.installing', { version: model.release?.version ?? null, restart: isInstallAsked })
      const installing = loaded().then((ready) => ready.install({ restart: isInstallAsked }))
      const left = await installing.catch((cause: unknown) => {
        log.error('update.install-failed', { detail: cause instanceof UpdateFailure ? cause.detail : 'unexpected' })
        return 'quit' as const
      })
      if (left === 'quit') quit()
    },
  }
}

async function readSaved({ files, log }: UpdatesDeps) {
  try {
    return savedUpdatesSchema.parse((await files.read(FILE)) ?? {})
  } catch {
    log.warn('update.saved-unreadable')
    return savedUpdatesSchema.parse({})
  }
}
