import type { SourceId } from '../../../shared/ids.ts'
import type { SweepKind } from '../../../shared/model/checkpoint.ts'
import type { CheckpointFacts } from './checkpoint-facts.ts'
import type { EngineDeps } from './engine-contract.ts'
import { type PullDeps, type PullResult, pullRun } from './pull-run.ts'

/** Vendors commit late and clocks of their servers differ: an incremental pull starts this much before the watermark. */
const LOOKBACK_MS = 600_000

/** One pull with a call of its own: numbers its requests, and notes what is odd about the answers. */
export async function pullOnce(
  { host, connector, sequence, makeCall, paramsHash }: EngineDeps,
  run: Pick<PullDeps, 'store' | 'aborted' | 'onProgress' | 'onStored'> & {
    readonly sourceId: SourceId
    readonly kind: SweepKind
    readonly full: boolean
    readonly past: CheckpointFacts
    readonly signal: AbortSignal
  },
): Promise<PullResult> {
  const { clock, random, log } = host
  const { store, aborted, onProgress, onStored, sourceId, kind, full, past, signal } = run
  let requestSeq = sequence.next()
  let duplicateKeys = 0
  let unaskedValues = 0
  let serverStartedAt: number | null = null
  const call = await makeCall(signal, {
    onRequest: () => {
      requestSeq = sequence.next()
    },
    onDuplicateKeys: () => {
      duplicateKeys += 1
    },
    onUnasked: (records) => {
      if (unaskedValues === 0) log.warn('unasked-values', { records })
      unaskedValues += records
    },
    onServerDate: (at) => {
      serverStartedAt ??= at
    },
  })
  if (call === null) return { kind: 'failed', error: { code: 'key-rejected', status: 0, vendorText: null } }
  const heard = () => ({ duplicateKeys, unaskedValues, serverStartedAt })
  return pullRun(
    { store, connector, call, requestSeq: () => requestSeq, clock, random, aborted, onProgress, onStored, heard },
    {
      sourceId,
      kind,
      paramsHash: paramsHash(),
      tenant: call.tenant,
      since: kind === 'incremental' && past.watermark !== null ? startBefore(past.watermark) : null,
      resume: !full,
    },
  )
}

function startBefore(watermark: string): string {
  return new Date(Date.parse(watermark) - LOOKBACK_MS).toISOString()
}
