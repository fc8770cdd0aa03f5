import { z } from 'zod'
import type { AppUpdate } from '../../../../shared/model/app-update.ts'
import type { Settings } from '../../../../shared/model/settings.ts'
import type { FailureReason } from './update-failure.ts'

/** When to ask, what to say, what to do with an answer: rules only, driven by `create-updates.ts`. */

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
export const DAY_MS = 24 * HOUR_MS
/** Between two checks of its own: six hours and up to two more, so that not all installations ask at once. */
export const CHECK_EVERY_MS = 6 * HOUR_MS
export const CHECK_JITTER_MS = 2 * HOUR_MS
/** Not while the app starts. */
export const FIRST_CHECK_MS = 2 * MINUTE_MS

/** What outlives the app. */
export const savedUpdatesSchema = z.object({
  v: z.literal(1).default(1),
  /** The last answer that could be believed. */
  checkedAt: z.number().nullable().default(null),
  putOff: z
    .object({
      version: z.string().max(60),
      /** Null: this version is never offered again. */
      until: z.number().nullable(),
    })
    .nullable()
    .default(null),
})
export type SavedUpdates = z.infer<typeof savedUpdatesSchema>

export interface Release {
  readonly version: string
  readonly notes: string
}

export interface UpdateModel {
  readonly mode: Settings['updates']
  readonly state: AppUpdate
  readonly saved: SavedUpdates
  /** What was found last, and is not yet in place. */
  readonly release: Release | null
  readonly busy: 'no' | 'checking' | 'fetching'
  /** The user waits for what is going on, and is told of failures. */
  readonly asked: boolean
}

export type UpdateEvent =
  | { readonly kind: 'follow'; readonly mode: Settings['updates'] }
  | { readonly kind: 'due' }
  | { readonly kind: 'asked' }
  | { readonly kind: 'found'; readonly release: Release }
  | { readonly kind: 'nothing-new' }
  | { readonly kind: 'fetch-asked' }
  | { readonly kind: 'progress'; readonly percent: number }
  | { readonly kind: 'fetched' }
  | { readonly kind: 'failed'; readonly why: FailureReason }
  | { readonly kind: 'put-off'; readonly how: 'day' | 'version' }

export type UpdateEffect = 'check' | 'fetch' | 'save' | 'plan'

export interface Step {
  readonly model: UpdateModel
  readonly effects: readonly UpdateEffect[]
}

export function initialUpdates(saved: SavedUpdates): UpdateModel {
  const state: AppUpdate = saved.putOff === null ? idle(saved) : { state: 'put-off', ...saved.putOff }
  return { mode: 'off', state, saved, release: null, busy: 'no', asked: false }
}

export function step(model: UpdateModel, event: UpdateEvent, now: number): Step {
  switch (event.kind) {
    case 'follow':
      return event.mode === model.mode ? stay(model) : { model: { ...model, mode: event.mode }, effects: ['plan'] }

    case 'due':
      // One that is ready waits for the user; one that is only available may have been replaced by a newer one.
      if (model.mode === 'off' || model.busy !== 'no' || model.state.state === 'ready') return stay(model)
      return { model: { ...model, busy: 'checking', asked: false }, effects: ['check'] }

    case 'asked':
      if (model.state.state === 'ready' || model.busy === 'fetching') return stay(model)
      if (model.busy === 'checking')
        return { model: { ...model, asked: true, state: { state: 'checking' } }, effects: [] }
      return { model: { ...model, busy: 'checking', asked: true, state: { state: 'checking' } }, effects: ['check'] }

    case 'found':
      return found(model, event.release, now)

    case 'nothing-new': {
      const saved = { ...model.saved, checkedAt: now, putOff: null }
      return {
        model: { ...model, busy: 'no', asked: false, release: null, saved, state: idle(saved) },
        effects: ['save', 'plan'],
      }
    }

    case 'fetch-asked':
      if (model.busy !== 'no' || model.release === null || model.state.state === 'ready') return stay(model)
      return startFetching({ ...model, asked: true }, [])

    case 'progress':
      if (model.busy !== 'fetching' || model.release === null) return stay(model)
      return { model: { ...model, state: fetching(model.release, event.percent) }, effects: [] }

    case 'fetched':
      if (model.busy !== 'fetching' || model.release === null) return stay(model)
      return {
        model: { ...model, busy: 'no', asked: false, state: { state: 'ready', ...model.release } },
        effects: ['plan'],
      }

    case 'failed':
      return failed(model, event.why)

    case 'put-off': {
      if (model.release === null || model.busy === 'fetching') return stay(model)
      const putOff = { version: model.release.version, until: event.how === 'day' ? now + DAY_MS : null }
      const saved = { ...model.saved, putOff }
      const state: AppUpdate = { state: 'put-off', ...putOff }
      return { model: { ...model, saved, release: null, state }, effects: ['save', 'plan'] }
    }
  }
}

/** Milliseconds until the next check of its own; null where it makes none. `chance` is uniform in [0, 1). */
export function nextCheckIn(model: UpdateModel, now: number, chance: number): number | null {
  if (model.mode === 'off' || model.state.state === 'ready') return null
  const pause = CHECK_EVERY_MS + chance * CHECK_JITTER_MS
  const { checkedAt } = model.saved
  // A clock that was set back must not put the next check off for years.
  const since = checkedAt === null ? Number.POSITIVE_INFINITY : Math.max(0, now - checkedAt)
  return Math.max(FIRST_CHECK_MS + chance * FIRST_CHECK_MS, pause - since)
}

/** Fetched, and the user has not put it off: it may be put in place when the app ends anyway. */
export function isReadyToInstall(model: UpdateModel): boolean {
  return model.state.state === 'ready'
}

function found(model: UpdateModel, release: Release, now: number): Step {
  const { putOff } = model.saved
  // Whoever asks is told of a version that was put off before.
  if (!model.asked && putOff !== null && isPutOff(putOff, release.version, now)) {
    const saved = { ...model.saved, checkedAt: now }
    const state: AppUpdate = { state: 'put-off', ...putOff }
    return { model: { ...model, busy: 'no', saved, release: null, state }, effects: ['save', 'plan'] }
  }
  const saved = { ...model.saved, checkedAt: now, putOff: null }
  const next: UpdateModel = { ...model, busy: 'no', saved, release }
  if (model.mode === 'fetch') return startFetching(next, ['save'])
  return { model: { ...next, asked: false, state: { state: 'available', ...release } }, effects: ['save', 'plan'] }
}

function failed(model: UpdateModel, why: FailureReason): Step {
  const { asked, release } = model
  const after: UpdateModel = { ...model, busy: 'no', asked: false }
  if (asked) {
    const state: AppUpdate = { state: 'failed', why, checkedAt: model.saved.checkedAt }
    return { model: { ...after, state }, effects: ['plan'] }
  }
  // Nobody asked: as if nothing had been tried.
  if (model.busy === 'fetching' && release !== null)
    return { model: { ...after, state: { state: 'available', ...release } }, effects: ['plan'] }
  return { model: after, effects: ['plan'] }
}

function startFetching(model: UpdateModel, effects: readonly UpdateEffect[]): Step {
  if (model.release === null) return stay(model)
  return {
    model: { ...model, busy: 'fetching', state: fetching(model.release, 0) },
    effects: [...effects, 'fetch'],
  }
}

function fetching(release: Release, percent: number): AppUpdate {
  return { state: 'fetching', version: release.version, percent: Math.min(100, Math.max(0, percent)) }
}

function isPutOff(putOff: NonNullable<SavedUpdates['putOff']>, version: string, now: number): boolean {
  return putOff.version === version && (putOff.until === null || now < putOff.until)
}

function idle(saved: SavedUpdates): AppUpdate {
  return { state: 'idle', checkedAt: saved.checkedAt }
}

function stay(model: UpdateModel): Step {
  return { model, effects: [] }
}
