import { describe, expect, it } from 'vitest'
import {
  CHECK_EVERY_MS,
  CHECK_JITTER_MS,
  DAY_MS,
  initialUpdates,
  nextCheckIn,
  savedUpdatesSchema,
  step,
  type UpdateEffect,
  type UpdateEvent,
  type UpdateModel,
} from '../../../../electron/host/electron/updates/update-machine.ts'

const NOW = 1_800_000_000_000
const RELEASE = { version: '2.0.0', notes: 'Faster.' }
const FRESH = initialUpdates(savedUpdatesSchema.parse({}))

function play(model: UpdateModel, ...events: UpdateEvent[]): { model: UpdateModel; effects: UpdateEffect[] } {
  const effects: UpdateEffect[] = []
  let now = model
  for (const event of events) {
    const next = step(now, event, NOW)
    now = next.model
    effects.push(...next.effects)
  }
  return { model: now, effects }
}

const checking = { kind: 'follow', mode: 'check' } as const
const found = { kind: 'found', release: RELEASE } as const

describe('a check of its own', () => {
  it('is not made while updates are off', () => {
    expect(play(FRESH, { kind: 'due' }).effects).toEqual([])
    expect(nextCheckIn(FRESH, NOW, 0)).toBeNull()
  })

  it('shows nothing until something is found', () => {
    const { model, effects } = play(FRESH, checking, { kind: 'due' })
    expect(effects).toEqual(['plan', 'check'])
    expect(model.state).toEqual({ state: 'idle', checkedAt: null })
    expect(play(model, found).model.state).toEqual({ state: 'available', ...RELEASE })
  })

  it.each(['offline', 'bad-signature', 'bad-checksum', 'server', 'disk'] as const)('fails silently: %s', (why) => {
    const { model, effects } = play(FRESH, checking, { kind: 'due' }, { kind: 'failed', why })
    expect(model.state).toEqual({ state: 'idle', checkedAt: null })
    expect(model.busy).toBe('no')
    expect(effects.at(-1)).toBe('plan')
  })

  it('that fails to fetch leaves what was found', () => {
    const { model } = play(FRESH, { kind: 'follow', mode: 'fetch' }, { kind: 'due' }, found, {
      kind: 'failed',
      why: 'offline',
    })
    expect(model.state).toEqual({ state: 'available', ...RELEASE })
  })

  it('becomes the user’s when the user asks meanwhile', () => {
    const { model, effects } = play(FRESH, checking, { kind: 'due' }, { kind: 'asked' })
    expect(effects.filter((effect) => effect === 'check')).toHaveLength(1)
    expect(play(model, { kind: 'failed', why: 'offline' }).model.state).toMatchObject({ state: 'failed' })
  })

  it('comes every six to eight hours, never at once, and survives a clock that was set back', () => {
    const on = play(FRESH, checking).model
    const since = (ms: number): UpdateModel => ({ ...on, saved: { ...on.saved, checkedAt: NOW - ms } })
    expect(nextCheckIn(on, NOW, 0)).toBeGreaterThanOrEqual(60_000)
    expect(nextCheckIn(since(0), NOW, 0)).toBe(CHECK_EVERY_MS)
    expect(nextCheckIn(since(0), NOW, 0.5)).toBe(CHECK_EVERY_MS + CHECK_JITTER_MS / 2)
    expect(nextCheckIn(since(DAY_MS), NOW, 0)).toBeLessThan(600_000)
    expect(nextCheckIn(since(-10 * DAY_MS), NOW, 0)).toBe(CHECK_EVERY_MS)
  })
})

describe('a check that was asked for', () => {
  it('works while updates are off, and says what it found', () => {
    const { model, effects } = play(FRESH, { kind: 'asked' })
    expect(effects).toEqual(['check'])
    expect(model.state).toEqual({ state: 'checking' })
    expect(play(model, { kind: 'nothing-new' }).model.state).toEqual({ state: 'idle', checkedAt: NOW })
    expect(play(model, { kind: 'failed', why: 'offline' }).model.state).toEqual({
      state: 'failed',
      why: 'offline',
      checkedAt: null,
    })
  })

  it('is one, however often it is asked for', () => {
    expect(play(FRESH, { kind: 'asked' }, { kind: 'asked' }, { kind: 'asked' }).effects).toEqual(['check'])
  })

  it('does not disturb what is ready or being fetched', () => {
    const fetching = play(FRESH, { kind: 'asked' }, found, { kind: 'fetch-asked' }).model
    expect(play(fetching, { kind: 'asked' }).effects).toEqual([])
    const ready = play(fetching, { kind: 'fetched' }).model
    expect(play(ready, { kind: 'asked' }, { kind: 'due' }).effects).toEqual([])
    expect(ready.state).toEqual({ state: 'ready', ...RELEASE })
  })
})

describe('putting off', () => {
  const available = play(FRESH, checking, { kind: 'due' }, found).model

  it('for a day is silent for a day', () => {
    const off = play(available, { kind: 'put-off', how: 'day' }).model
    expect(off.state).toEqual({ state: 'put-off', version: '2.0.0', until: NOW + DAY_MS })
    expect(play(off, { kind: 'due' }, found).model.state).toEqual(off.state)
    const later = step(step(off, { kind: 'due' }, NOW + DAY_MS).model, found, NOW + DAY_MS).model
    expect(later.state.state).toBe('available')
  })

  it('for this version is silent until there is another', () => {
    const off = play(available, { kind: 'put-off', how: 'version' }).model
    const years = NOW + 1000 * DAY_MS
    expect(step(step(off, { kind: 'due' }, years).model, found, years).model.state).toEqual(off.state)
    const next = { kind: 'found', release: { version: '2.0.1', notes: '' } } as const
    expect(play(off, { kind: 'due' }, next).model.state).toMatchObject({ state: 'available', version: '2.0.1' })
  })

  it('is not held against whoever asks', () => {
    const off = play(available, { kind: 'put-off', how: 'version' }).model
    expect(play(off, { kind: 'asked' }, found).model.state.state).toBe('available')
  })

  it('keeps what is ready from being put in place', () => {
    const ready = play(available, { kind: 'fetch-asked' }, { kind: 'fetched' }).model
    expect(play(ready, { kind: 'put-off', how: 'day' }).model.state.state).toBe('put-off')
  })

  it('outlives the app', () => {
    const off = play(available, { kind: 'put-off', how: 'version' })
    expect(off.effects).toContain('save')
    const restarted = initialUpdates(savedUpdatesSchema.parse(JSON.parse(JSON.stringify(off.model.saved))))
    expect(restarted.state.state).toBe('put-off')
    expect(play(restarted, checking, { kind: 'due' }, found).model.state.state).toBe('put-off')
    expect(play(restarted, { kind: 'asked' }, { kind: 'nothing-new' }).model.state.state).toBe('idle')
  })
})

it('says how far a download is, within bounds, and only while there is one', () => {
  const fetching = play(FRESH, { kind: 'asked' }, found, { kind: 'fetch-asked' }).model
  expect(play(fetching, { kind: 'progress', percent: 140 }).model.state).toMatchObject({ percent: 100 })
  expect(play(FRESH, { kind: 'progress', percent: 10 }).model.state.state).toBe('idle')
})
