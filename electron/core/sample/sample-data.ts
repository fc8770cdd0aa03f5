import { z } from 'zod'
import type { AppError } from '../../../shared/app-error.ts'
import type { SourceId } from '../../../shared/ids.ts'
import type { SourceSettings } from '../../../shared/model/source.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Host } from '../../host/host.ts'
import { openProfileDocument } from '../profile-document.ts'
import type { SourceRegistry } from '../sources/source-registry.ts'

/** The part of a simulator that sample data needs; electron/simulator provides it, the composition root brings it in. */
export interface SampleServers {
  readonly sources: readonly {
    readonly connectorId: string
    readonly name: string
    readonly key: string
    readonly settings: SourceSettings
  }[]
  /** Ports that were taken, by connector, so that the next start can ask for the same. */
  readonly ports: Readonly<Record<string, number>>
  /** What was created, changed and removed at the servers, as JSON. */
  readonly save: () => unknown
  readonly close: () => Promise<void>
}

export type StartSimulator = (options: {
  readonly clients: number
  readonly seed: number
  readonly now: number
  readonly ports: Readonly<Record<string, number>>
  /** What `save` returned last; what cannot be read of it is left out. */
  readonly saved: unknown
  /** Called after anything was created, changed or removed at a server. */
  readonly changed: () => void
}) => Promise<SampleServers>

export interface SampleData {
  readonly start: () => Promise<Result<null, AppError>>
  readonly remove: () => Promise<Result<null, AppError>>
  /** After a restart: brings the servers of existing sample sources back, on their old ports where these are free. */
  readonly restore: () => Promise<void>
  readonly stop: () => Promise<void>
}

const SAMPLE_CLIENTS = 1_000
/** Changes of one moment are written together. */
const SAVE_PAUSE_MS = 300
const documentSchema = z.object({
  v: z.literal(1),
  seed: z.number(),
  /** When the sample was made: its dates are relative to this, so that a restart changes nothing. */
  madeAt: z.number(),
  ports: z.record(z.string(), z.number()),
  /** What the user's edits made of the sample: the servers forget everything when the app ends. */
  saved: z.unknown(),
})

/** A thousand invented clients, served by simulated vendors on loopback, so that everything can be tried without a key. */
export function createSampleData(deps: {
  readonly host: Host
  readonly registry: SourceRegistry
  readonly startSimulator: StartSimulator
  readonly sourcesChanged: (added: readonly SourceId[]) => Promise<void>
  readonly reconfigured: (sourceId: SourceId) => void
}): SampleData {
  const { host, registry, startSimulator } = deps
  const document = openProfileDocument({
    files: host.files,
    log: host.log,
    name: 'sample.json',
    schema: documentSchema,
    initial: { v: 1, seed: 7, madeAt: 0, ports: {}, saved: null },
  })
  // Whoever needs it finds out then; unheard until then, a rejection would end the process.
  document.catch(() => undefined)
  let servers: SampleServers | null = null

  let saving: (() => void) | null = null
  const save = async (): Promise<void> => {
    if (servers === null) return
    const saved = servers.save()
    const file = await document
    await file.set((before) => ({ ...before, saved }))
  }
  const saveSoon = (): void => {
    if (saving !== null) return
    saving = host.clock.schedule(SAVE_PAUSE_MS, () => {
      saving = null
      save().catch(() => host.log.error('sample-not-saved'))
    })
  }

  const ensureServers = async (): Promise<SampleServers> => {
    if (servers !== null) return servers
    const file = await document
    const known = file.get()
    const madeAt = known.madeAt === 0 ? host.clock.now() : known.madeAt
    const started = await startSimulator({
      clients: SAMPLE_CLIENTS,
      seed: known.seed,
      now: madeAt,
      ports: known.ports,
      saved: known.saved,
      changed: saveSoon,
    })
    servers = started
    await file.set((before) => ({ ...before, madeAt, ports: { ...started.ports } }))
    return started
  }

  /** Starting and removing wait for each other: pressed twice, there is still one sample. */
  let last: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const run = last.then(work, work)
    last = run.catch(() => undefined)
    return run
  }

  const start = async (): ReturnType<SampleData['start']> => {
    if (registry.list().some((s) => s.sample)) return ok(null)
    let started: SampleServers
    try {
      started = await ensureServers()
    } catch {
      host.log.error('sample-not-started')
      return err({ code: 'unreachable', reason: 'refused', sent: false, detail: 'sample' })
    }
    // All of them first: with some still missing, "Up to date" would be said too early.
    const added: SourceId[] = []
    for (const source of started.sources) {
      const name = freeName(source.name, registry)
      const checked = registry.check(
        { connectorId: source.connectorId, name, settings: source.settings, key: source.key },
        { keyNeeded: true, except: null },
      )
      if (!checked.ok) return checked
      const entry = await registry.add(checked.value, source.key, { sample: true })
      if (!entry.ok) return entry
      added.push(entry.value.sourceId)
    }
    await deps.sourcesChanged(added)
    return ok(null)
  }

  const remove = async (): ReturnType<SampleData['remove']> => {
    for (const entry of registry.list()) if (entry.sample) await registry.remove(entry.sourceId)
    await deps.sourcesChanged([])
    saving?.()
    saving = null
    await servers?.close()
    servers = null
    const file = await document
    await file.set((before) => ({ v: 1, seed: before.seed, madeAt: 0, ports: {}, saved: null }))
    return ok(null)
  }

  return {
    start: () => inTurn(start),
    remove: () => inTurn(remove),

    restore: async () => {
      const samples = registry.list().filter((s) => s.sample)
      if (samples.length === 0) return
      try {
        const started = await ensureServers()
        for (const entry of samples) {
          const source = started.sources.find((s) => s.connectorId === entry.connectorId)
          if (source === undefined) continue
          await registry.update(entry.sourceId, { settings: { ...entry.settings, ...source.settings } }, source.key)
          deps.reconfigured(entry.sourceId)
        }
      } catch {
        host.log.error('sample-not-restored')
      }
    },

    stop: async () => {
      saving?.()
      saving = null
      await save().catch(() => host.log.error('sample-not-saved'))
      await servers?.close()
      servers = null
    },
  }
}

function freeName(name: string, registry: SourceRegistry): string {
  const taken = new Set(registry.list().map((s) => s.name.toLowerCase()))
  if (!taken.has(name.toLowerCase())) return name
  let n = 2
  while (taken.has(`${name} ${n}`.toLowerCase())) n += 1
  return `${name} ${n}`
}
