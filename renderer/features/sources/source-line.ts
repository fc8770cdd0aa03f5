import type { Manifest } from '../../../shared/connector/manifest.ts'
import type { NetworkState } from '../../../shared/ipc/host-contract.ts'
import type { SourceView, SyncProgress } from '../../../shared/model/source.ts'
import { coveragePlace, coverageShare, stoppedPlace } from '../../text/coverage-text.ts'
import { errorText } from '../../text/error-text.ts'
import { formatCount, formatCountdown, formatNumber, formatPercent, formatUntil } from '../../text/format.ts'

/**
 * A window that has lost the network may have lost its line to the core too, and then hears nothing of it. It knows
 * all the same that nothing arrives.
 */
export function asSeen(source: SourceView, network: NetworkState): SourceView {
  const flows = ['up-to-date', 'syncing', 'waiting-to-retry', 'not-synced'].includes(source.state)
  return network.online || !flows ? source : { ...source, state: 'offline', progress: null }
}

/** What a line may know beside the source itself. */
export interface LineContext {
  readonly now: number
  /** Edits of this source that wait. */
  readonly edits: number
  readonly manifest: Manifest | null
  /** 0: only when asked. */
  readonly syncIntervalMinutes: number
  readonly workOffline: boolean
}

/** The small line under the state word: what is next. */
export function nextLine(source: SourceView, context: LineContext): string {
  const waiting = context.edits === 0 ? '' : `${formatCount(context.edits, 'edit')} ${waitVerb(context.edits)}.`
  switch (source.state) {
    case 'up-to-date':
      return join(stoppedAt(source), nextSync(source, context), waiting, traits(source, context.manifest))
    case 'syncing':
      return readingWords(source, context.now)
    case 'waiting-to-retry': {
      const why = source.error === null ? '' : errorText(source.error, { sourceName: source.name }).title
      return join(why, stoppedAt(source), nextTry(source, context.now), waiting)
    }
    case 'paused':
      return join(stoppedAt(source), 'Syncs again after Resume.', waiting)
    case 'key-rejected':
      return join(
        stoppedAt(source),
        source.keyTrouble === null ? 'Paused until the key is replaced.' : 'Paused until its key is there again.',
        waiting,
      )
    case 'offline':
      return join(
        stoppedAt(source),
        context.workOffline ? 'Work offline is on.' : 'Syncs when the network is back.',
        waiting,
      )
    case 'error':
      return join(
        stoppedAt(source),
        source.nextAttemptAt === null ? 'Stopped until you act.' : nextTry(source, context.now),
        waiting,
      )
    case 'not-synced':
      return join(
        stoppedAt(source),
        context.workOffline
          ? 'Waits while Work offline is on.'
          : source.coverage?.interrupted === true
            ? ''
            : 'Waits for its first sync.',
        waiting,
      )
  }
}

/** Where a read broke off. The next one goes on from there. */
function stoppedAt(source: SourceView): string {
  const { coverage } = source
  if (coverage === null || !coverage.interrupted || coverage.pages === 0) return ''
  return `Stopped after ${stoppedPlace(coverage)}; goes on from there.`
}

/** How far the read under way is. Of one that went on from where it stopped, the stored place counts. */
function readingWords(source: SourceView, now: number): string {
  const { progress, coverage } = source
  if (progress === null) {
    return coverage === null || coverage.pages === 0 ? 'Asking for the first page.' : `${coveragePlace(coverage)}.`
  }
  if (coverage === null || coverage.pages <= progress.page) return progressWords(progress, now)
  const share = coverageShare(coverage)
  return share === null ? `${coveragePlace(coverage)}.` : `${coveragePlace(coverage)}, ${formatPercent(share, 1)}.`
}

/** Share that is done, 0 to 1, for the bar. */
export function readingShare(source: SourceView): number | null {
  const { progress, coverage } = source
  if (coverage !== null && coverage.pages > (progress?.page ?? 0)) return coverageShare(coverage)
  return progressShare(progress)
}

function nextSync(source: SourceView, context: LineContext): string {
  if (source.nextAttemptAt !== null) {
    return source.nextAttemptAt <= context.now
      ? 'Next sync in a moment.'
      : `Next sync ${formatUntil(source.nextAttemptAt, context.now)}.`
  }
  return context.syncIntervalMinutes === 0 ? 'Syncs when you ask.' : ''
}

function nextTry(source: SourceView, now: number): string {
  if (source.nextAttemptAt === null) return ''
  if (source.nextAttemptAt <= now) return 'Trying now.'
  const inTime = formatCountdown(source.nextAttemptAt, now)
  // One request tries the water; only when it is answered do the others follow.
  return source.circuitOpen ? `5 or more failures in a row; next try in ${inTime}.` : `Next try in ${inTime}.`
}

/** What one should know of this source: that it takes no changes, or that personal data is included. */
function traits(source: SourceView, manifest: Manifest | null): string {
  if (manifest === null) return ''
  const sensitive = sensitiveSwitch(manifest)
  if (sensitive !== null) {
    return source.settings[sensitive] === true ? 'Names and phones included.' : 'Without names and phones.'
  }
  return manifest.creates === null && manifest.updates === null && !manifest.deletes ? 'Read only.' : ''
}

/** Name of the setting that includes sensitive fields, where the connector has one. */
export function sensitiveSwitch(manifest: Manifest): string | null {
  const field = manifest.settings.find((setting) => setting.kind === 'switch' && /sensitive/i.test(setting.label))
  return field?.name ?? null
}

/** `Page 197 of 318, 62 %. About 20 s left.`, or how far it is where the source does not say how much there is. */
export function progressWords(progress: SyncProgress, now: number): string {
  const left = timeLeft(progress, now)
  if (progress.done === 0 && progress.page === 0) return 'Asking for the first page.'
  if (progress.pages !== null) {
    const page = Math.min(progress.page, progress.pages)
    return join(
      `Page ${formatNumber(page)} of ${formatNumber(progress.pages)}, ${formatPercent(page, progress.pages)}.`,
      left,
    )
  }
  if (progress.total !== null) {
    const done = Math.min(progress.done, progress.total)
    return join(
      `${formatNumber(done)} of about ${formatCount(progress.total, 'client')}, ${formatPercent(done, progress.total)}.`,
      left,
    )
  }
  return `${formatNumber(progress.done)} read so far.`
}

/** Share that is done, 0 to 1, or null where the source does not say how much there is. */
export function progressShare(progress: SyncProgress | null): number | null {
  if (progress === null) return null
  if (progress.pages !== null) return Math.min(1, progress.page / progress.pages)
  if (progress.total === null) return null
  return progress.total === 0 ? 1 : Math.min(1, progress.done / progress.total)
}

const FIRST_ESTIMATE_AFTER_MS = 3000

function timeLeft(progress: SyncProgress, now: number): string {
  const share = progressShare(progress)
  const elapsed = now - progress.startedAt
  if (share === null || share < 0.03 || share >= 1 || elapsed < FIRST_ESTIMATE_AFTER_MS) return ''
  const seconds = (elapsed * (1 - share)) / share / 1000
  if (seconds < 60) return `About ${Math.max(5, Math.ceil(seconds / 5) * 5)} s left.`
  return `About ${Math.ceil(seconds / 60)} min left.`
}

/** `app.endors.io, Space Maison`. */
export function addressLine(source: SourceView, manifest: Manifest | null): string {
  const space = manifest?.settings.find((setting) => setting.label === 'Space ID')
  const value = space === undefined ? undefined : source.settings[space.name]
  return typeof value === 'string' && value !== '' ? `${source.address}, Space ${value}` : source.address
}

function waitVerb(edits: number): string {
  return edits === 1 ? 'waits' : 'wait'
}

function join(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' ')
}
