import type { AppError } from '../../../shared/app-error.ts'
import type { Clock } from '../../../shared/clock.ts'
import type { SourceId } from '../../../shared/ids.ts'
import type { HostApi } from '../../../shared/ipc/host-contract.ts'
import type { Handlers } from '../../../shared/ipc/rpc.ts'
import type { ConnectionReport, SourceDraft, SourceView } from '../../../shared/model/source.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Engines } from '../sources/engines.ts'
import type { CheckedDraft, SourceRegistry } from '../sources/source-registry.ts'
import type { StoreClient } from '../store-link.ts'
import type { Traffic } from '../traffic.ts'

type SourceCalls = Pick<
  Handlers<HostApi>,
  | 'sources.list'
  | 'sources.test'
  | 'sources.add'
  | 'sources.update'
  | 'sources.remove'
  | 'sources.sync'
  | 'sources.syncAll'
  | 'sources.pause'
  | 'sources.resume'
  | 'sources.cancel'
  | 'sources.settleRemoval'
  | 'sources.review'
  | 'edits.push'
  | 'testimonials.read'
>

/** Calls about the sources. This is where keys come in; no answer of these carries one. */
export function createSourceHandlers(deps: {
  readonly registry: SourceRegistry
  readonly engines: Engines
  readonly traffic: Traffic
  readonly views: () => SourceView[]
  readonly sourcesChanged: (added: readonly SourceId[]) => Promise<void>
  readonly payPurges: (store: StoreClient) => Promise<boolean>
  readonly store: () => StoreClient | null
  readonly clock: Clock
}): SourceCalls {
  const { registry, engines, traffic } = deps

  const tryOut = async (
    checked: CheckedDraft,
    draft: SourceDraft,
    sourceId: SourceId | null,
  ): Promise<Result<ConnectionReport, AppError>> => {
    if (!traffic.allowed()) return err({ code: 'offline' })
    const call = await engines.makeCall({
      connector: checked.connector,
      entry: { sourceId, settings: checked.read.settings, key: null },
      key: keyOf(draft),
      signal: traffic.signal(),
      onRequest: () => undefined,
      rank: 'read',
      reserveWrite: false,
      pace: null,
    })
    if (call === null) return err({ code: 'bad-input', field: 'key', rule: 'required' })
    return checked.connector.test(call)
  }

  const withSource = async (sourceId: SourceId, run: () => Promise<void> | void): Promise<Result<null, AppError>> => {
    if (registry.get(sourceId) === undefined) return err({ code: 'missing', what: 'source' })
    await run()
    return ok(null)
  }

  return {
    'sources.list': async () => ok(deps.views()),

    'sources.test': async ({ draft, sourceId }) => {
      const keyNeeded = sourceId === null || registry.get(sourceId)?.key === null
      const checked = registry.check(draft, { keyNeeded, except: sourceId })
      return checked.ok ? tryOut(checked.value, draft, sourceId) : checked
    },

    'sources.add': async ({ draft, check }) => {
      const checked = registry.check(draft, { keyNeeded: true, except: null })
      if (!checked.ok) return checked
      let account: ConnectionReport | null = null
      // Offline there is nothing to try: the source is added, and its first sync waits for the network.
      if (check && traffic.allowed()) {
        const report = await tryOut(checked.value, draft, null)
        if (!report.ok) return report
        account = report.value
      }
      const added = await registry.add(checked.value, keyOf(draft) ?? '', { sample: false })
      if (!added.ok) return added
      const { sourceId } = added.value
      if (account !== null) await registry.update(sourceId, { account })
      await deps.sourcesChanged([sourceId])
      return ok({ sourceId })
    },

    'sources.update': async ({ sourceId, draft }) => {
      const before = registry.get(sourceId)
      if (before === undefined) return err({ code: 'missing', what: 'source' })
      const checked = registry.check(draft, { keyNeeded: before.key === null, except: sourceId })
      if (!checked.ok) return checked
      if (checked.value.connector.manifest.connectorId !== before.connectorId) {
        return err({ code: 'bad-input', field: 'connectorId', rule: 'fixed' })
      }
      const key = keyOf(draft)
      const settings = checked.value.read.settings
      const changed = key !== null || JSON.stringify(settings) !== JSON.stringify(before.settings)
      const generation = before.generation + (changed ? 1 : 0)
      // Noted before anything else: with no store at hand, the next one pays.
      const hides = (checked.value.connector.hiddenFields?.(settings).fields.length ?? 0) > 0
      const owesPurge = before.owesPurge || (changed && hides)
      const change = { name: checked.value.name, settings, generation, owesPurge }
      const updated = await registry.update(sourceId, change, key ?? undefined)
      if (!updated.ok) return updated
      // First, so that no page asked for under the old settings is stored after the purge.
      if (changed) engines.get(sourceId)?.reconfigured({ resync: true })
      const store = deps.store()
      if (store !== null) await deps.payPurges(store)
      await deps.sourcesChanged([])
      return ok(null)
    },

    'sources.remove': ({ sourceId }) =>
      withSource(sourceId, async () => {
        await registry.remove(sourceId)
        await deps.sourcesChanged([])
      }),

    'sources.review': ({ sourceId, on }) =>
      withSource(sourceId, async () => {
        await registry.update(sourceId, { review: on })
        await deps.sourcesChanged([])
      }),

    'sources.sync': ({ sourceId, full }) =>
      withSource(sourceId, () => {
        engines.get(sourceId)?.sync(full)
      }),

    'sources.syncAll': async () => {
      for (const entry of registry.list()) if (!entry.paused) engines.get(entry.sourceId)?.sync(false)
      return ok(null)
    },

    'sources.pause': ({ sourceId }) =>
      withSource(sourceId, async () => {
        await registry.update(sourceId, { paused: true })
        engines.get(sourceId)?.reconfigured({ resync: false })
      }),

    'sources.resume': ({ sourceId }) =>
      withSource(sourceId, async () => {
        await registry.update(sourceId, { paused: false })
        const engine = engines.get(sourceId)
        engine?.reconfigured({ resync: false })
        engine?.sync(false)
      }),

    'sources.cancel': ({ sourceId }) =>
      withSource(sourceId, () => {
        engines.get(sourceId)?.cancel()
      }),

    'sources.settleRemoval': async ({ sourceId, decision }) => {
      const store = deps.store()
      if (store === null) return err({ code: 'disconnected' })
      const settled = await store['removal.settle']({ sourceId, decision, at: deps.clock.now() })
      if (!settled.ok) return settled
      engines.get(sourceId)?.setHeld(null)
      return ok(null)
    },

    'edits.push': async ({ sourceId }) => {
      for (const entry of registry.list()) {
        if (sourceId === null || entry.sourceId === sourceId) engines.get(entry.sourceId)?.push(true)
      }
      return ok(null)
    },

    'testimonials.read': ({ sourceId, remoteId }) =>
      withSource(sourceId, async () => {
        await engines.get(sourceId)?.readTestimonials(remoteId)
      }),
  }
}

function keyOf(draft: SourceDraft): string | null {
  const key = draft.key?.trim() ?? ''
  return key === '' ? null : key
}
