import type { SourceId } from '../../../shared/ids.ts'
import type { SourceView } from '../../../shared/model/source.ts'
import type { Connector } from '../../connectors/connector.ts'
import type { Host } from '../../host/host.ts'
import { createRateBudget, type RateBudget, type ReadRank } from '../http/rate-budget.ts'
import { createSourcePace, type SourcePace } from '../http/source-pace.ts'
import { createVendorHttp } from '../http/vendor-http.ts'
import type { Redactor } from '../log/redact.ts'
import type { Sequence } from '../sequence.ts'
import type { StoreClient } from '../store-link.ts'
import { createClockWatch } from '../sync/clock-watch.ts'
import type { EngineCall, EngineDeps, SourceEngine } from '../sync/engine-contract.ts'
import { createSourceEngine } from '../sync/source-engine.ts'
import type { Traffic } from '../traffic.ts'
import type { SourceEntry, SourceRegistry } from './source-registry.ts'

/** The engines of all configured sources, one each; a fault in one is a fault of one. */
export interface Engines {
  readonly get: (sourceId: SourceId) => SourceEngine | undefined
  readonly view: (entry: SourceEntry) => SourceView
  /** Starts engines of new sources, stops those of removed ones. */
  readonly reconcile: () => void
  /** False where the store would not take what has been sent so far. */
  readonly deliver: (store: StoreClient) => Promise<boolean>
  /** `isCurrent`: whether this store still is the one; it may go away while it is asked. */
  readonly attachStore: (store: StoreClient, options: AttachOptions) => Promise<void>
  readonly attachOne: (sourceId: SourceId, store: StoreClient, options: AttachOptions) => Promise<void>
  readonly detachStore: () => void
  readonly trafficChanged: () => void
  readonly intervalChanged: () => void
  /** A connector's tools for one run or one question. `key` overrides the kept one (a draft being tested). */
  readonly makeCall: (options: MakeCall) => Promise<EngineCall | null>
  readonly stop: () => void
}

export interface AttachOptions {
  readonly syncNow: boolean
  readonly isCurrent: () => boolean
}

export interface MakeCall {
  readonly connector: Connector
  readonly entry: Pick<SourceEntry, 'settings' | 'key'> & { readonly sourceId: SourceId | null }
  readonly key: string | null
  readonly signal: AbortSignal
  /** Told of each request at the moment it leaves. */
  readonly onRequest: () => void
  readonly rank: ReadRank
  readonly onDuplicateKeys?: (() => void) | undefined
  readonly onUnasked?: ((records: number) => void) | undefined
  /** The vendor's own time, with each answer that tells it. */
  readonly onServerDate?: ((at: number) => void) | undefined
  /** Its first write has its turn before its first read goes: nothing is waited for between a check and its write. */
  readonly reserveWrite: boolean
  /** Null for a question of the user's own, which is not kept waiting for what went wrong before. */
  readonly pace: SourcePace | null
}

export function createEngines(deps: {
  readonly host: Host
  readonly registry: SourceRegistry
  readonly traffic: Traffic
  readonly sequence: Sequence
  readonly redactor: Redactor
  readonly journal: EngineDeps['journal']
  readonly intervalMs: () => number | null
  readonly onChange: () => void
  readonly onBug: (what: string, cause: unknown) => string
}): Engines {
  const { host, registry, traffic, sequence, redactor } = deps
  const engines = new Map<SourceId, SourceEngine>()
  const budgets = new Map<SourceId, RateBudget>()

  let noted: StoreClient | null = null
  const noteClock = (sourceId: SourceId, minutesAhead: number | null): void => {
    if (minutesAhead !== null) host.log.warn('clock-off', { minutesAhead })
    noted?.['clock.note']({ sourceId, minutesAhead, at: host.clock.now() }).catch((cause: unknown) =>
      deps.onBug('noting the clock threw', cause),
    )
  }
  const clockWatch = createClockWatch(host.clock, noteClock)

  const budgetOf = (sourceId: SourceId | null): RateBudget => {
    const known = sourceId === null ? undefined : budgets.get(sourceId)
    if (known !== undefined) return known
    const budget = createRateBudget(host.clock)
    if (sourceId !== null) budgets.set(sourceId, budget)
    return budget
  }

  const makeCall = async (options: MakeCall): Promise<EngineCall | null> => {
    const { connector, entry, key, signal, onRequest, rank, reserveWrite, pace } = options
    const read = connector.readSettings(entry.settings)
    if (!read.ok) return null
    const kept = entry.sourceId === null ? undefined : registry.get(entry.sourceId)
    const secret = key ?? (kept === undefined ? null : await registry.openKey(kept))
    if (secret === null) return null
    redactor.remember(secret)
    const budget = budgetOf(entry.sourceId)
    let isReserved = reserveWrite
    if (reserveWrite) await budget.take('write', signal)
    return {
      http: createVendorHttp({
        host,
        baseUrl: read.value.baseUrl,
        auth: read.value.auth,
        key: () => secret,
        signal,
        onDuplicateKeys: options.onDuplicateKeys,
        onRequest: async (kind) => {
          if (kind === 'write' && isReserved) isReserved = false
          else await budget.take(kind === 'write' ? 'write' : rank, signal)
          // Not kept for later: a write that waited through the night would rest on a check of the evening before.
          if (traffic.isAsleep()) return { code: 'cancelled' }
          const held = pace?.admit(kind) ?? null
          if (held === null) onRequest()
          return held
        },
        onAnswer: (failure) => pace?.note(failure),
        onServerDate: (at) => {
          if (entry.sourceId !== null) clockWatch.heard(entry.sourceId, at)
          options.onServerDate?.(at)
        },
      }),
      settings: read.value.settings,
      clock: host.clock,
      signal,
      onUnasked: options.onUnasked,
      tenant: host.sign(`tenant ${read.value.baseUrl} ${secret}`).slice(0, 32),
    }
  }

  const paramsOf = (entry: SourceEntry, connector: Connector): string => {
    const read = connector.readSettings(entry.settings)
    return `${entry.connectorId} ${read.ok ? read.value.params : ''} ${entry.generation}`
  }

  const start = (entry: SourceEntry, connector: Connector): SourceEngine => {
    const { sourceId } = entry
    const pace = createSourcePace(host)
    return createSourceEngine({
      pace,
      journal: deps.journal,
      host,
      connector,
      traffic,
      sequence,
      entry: () => registry.get(sourceId),
      paramsHash: () => paramsOf(registry.get(sourceId) ?? entry, connector),
      intervalMs: deps.intervalMs,
      onChange: deps.onChange,
      onBug: deps.onBug,
      makeCall: async (signal, options = {}) => {
        const now = registry.get(sourceId)
        if (now === undefined) return null
        const { onRequest = () => undefined, rank = 'read', reserveWrite = false } = options
        const { onDuplicateKeys, onUnasked, onServerDate } = options
        const base = { connector, entry: now, key: null, signal, pace }
        return makeCall({ ...base, onRequest, onDuplicateKeys, onUnasked, onServerDate, rank, reserveWrite })
      },
    })
  }

  const attachOne = async (
    sourceId: SourceId,
    store: StoreClient,
    { syncNow, isCurrent }: AttachOptions,
  ): Promise<void> => {
    const checkpoints = await store['sources.checkpoints']({})
    const held = await store['removal.held']({ sourceId })
    if (!checkpoints.ok || !isCurrent()) return
    engines
      .get(sourceId)
      ?.attachStore(
        store,
        checkpoints.value.find((c) => c.sourceId === sourceId) ?? null,
        held.ok ? held.value : null,
        syncNow,
      )
  }

  return {
    get: (sourceId) => engines.get(sourceId),
    makeCall,
    attachOne,

    view: (entry) => {
      const engine = engines.get(entry.sourceId)
      const connector = registry.connectorOf(entry)
      const read = connector?.readSettings(entry.settings)
      const base = {
        sourceId: entry.sourceId,
        connectorId: entry.connectorId,
        name: entry.name,
        settings: entry.settings,
        address: read?.ok ? read.value.baseUrl.replace(/^https?:\/\//, '') : '',
        hasKey: entry.key !== null,
        keyTrouble: registry.keyTrouble(entry.sourceId),
        sample: entry.sample,
        paused: entry.paused,
        account: entry.account,
        addedAt: entry.addedAt,
        reviewBeforeSending: entry.review,
        circuitOpen: false,
        coverage: null,
        deletionsSeenBy: connector?.deletionsSeenBy(entry.settings) ?? ('none' as const),
        suspects: 0,
      }
      return engine === undefined
        ? {
            ...base,
            state: 'not-synced' as const,
            progress: null,
            error: null,
            nextAttemptAt: null,
            lastComplete: null,
            heldRemoval: null,
            problems: 0,
          }
        : { ...base, ...engine.view() }
    },

    reconcile: () => {
      const configured = new Set(registry.list().map((s) => s.sourceId))
      for (const [sourceId, engine] of engines) {
        if (configured.has(sourceId)) continue
        engine.stop()
        engines.delete(sourceId)
        budgets.delete(sourceId)
      }
      for (const entry of registry.list()) {
        const connector = registry.connectorOf(entry)
        if (connector !== undefined && !engines.has(entry.sourceId))
          engines.set(entry.sourceId, start(entry, connector))
      }
    },

    deliver: async (store) => {
      let isAll = true
      for (const engine of engines.values()) if (!(await engine.deliver(store))) isAll = false
      return isAll
    },

    attachStore: async (store, options) => {
      noted = store
      for (const [sourceId, minutes] of clockWatch.off()) noteClock(sourceId, minutes)
      for (const sourceId of [...engines.keys()]) await attachOne(sourceId, store, options)
    },

    detachStore: () => {
      noted = null
      for (const engine of engines.values()) engine.detachStore()
    },
    trafficChanged: () => {
      for (const engine of engines.values()) engine.trafficChanged()
    },
    intervalChanged: () => {
      for (const engine of engines.values()) engine.intervalChanged()
    },
    stop: () => {
      for (const engine of engines.values()) engine.stop()
    },
  }
}
