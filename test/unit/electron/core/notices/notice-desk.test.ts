import { describe, expect, it } from 'vitest'
import { createNoticeDesk, GATHER_MS, PAUSE_MS, summedUp } from '../../../../../electron/core/notices/notice-desk.ts'
import { type Told, toldSchema } from '../../../../../electron/core/notices/told-facts.ts'
import type { DesktopNotice, NoticeReport } from '../../../../../shared/model/desktop.ts'
import { DEFAULT_SETTINGS, type Settings } from '../../../../../shared/model/settings.ts'
import { testCreateClock } from '../../../../support/test-create-clock.ts'

const HOUR = 3_600_000
const NOON = new Date(2026, 10, 3, 12).getTime()

function setUp(options: { readonly at?: number; readonly settings?: Partial<Settings>; readonly told?: Told } = {}) {
  const clock = testCreateClock(options.at ?? NOON)
  const shown: DesktopNotice[] = []
  const state = {
    settings: { ...DEFAULT_SETTINGS, ...options.settings } satisfies Settings,
    focus: false,
    kept: toldSchema.parse({}),
  }
  const desk = createNoticeDesk({
    clock,
    settings: () => state.settings,
    hasFocus: () => state.focus,
    show: (notice) => shown.push(notice),
    told: options.told ?? toldSchema.parse({}),
    keep: (told) => {
      state.kept = told
    },
  })
  return { clock, shown, state, desk, titles: () => shown.map((each) => each.title) }
}

const failed = (...facts: readonly string[]): NoticeReport => ({
  tag: 'failed-edits',
  title: `${facts.length} edits were refused`,
  body: 'Open Queue to decide.',
  route: '#/queue',
  facts,
})
const conflicts = (...facts: readonly string[]): NoticeReport => ({
  tag: 'conflicts',
  title: `${facts.length} conflicts to decide`,
  body: 'Open Conflicts.',
  route: '#/conflicts',
  facts,
})
const night = { quietFrom: '22:00', quietUntil: '07:00' }

describe('what is told', () => {
  it('gathers what comes within moments into one', async () => {
    const { clock, desk, titles } = setUp()
    desk.report(failed('e1'))
    await clock.advance(GATHER_MS / 2)
    desk.report(failed('e1', 'e2', 'e3'))
    expect(titles()).toEqual([])
    await clock.advance(GATHER_MS / 2)
    expect(titles()).toEqual(['3 edits were refused'])
  })

  it('comes once for the same facts, and again for a new one', async () => {
    const { clock, desk, titles } = setUp()
    desk.report(failed('e1'))
    await clock.advance(HOUR)
    desk.report(failed('e1'))
    await clock.advance(HOUR)
    expect(titles()).toEqual(['1 edits were refused'])
    desk.report(failed('e1', 'e2'))
    await clock.advance(HOUR)
    expect(titles()).toEqual(['1 edits were refused', '2 edits were refused'])
  })

  it('leaves a pause between two, and puts nothing off for ever', async () => {
    const { clock, desk, titles } = setUp()
    desk.report(failed('e1'))
    await clock.advance(GATHER_MS)
    const facts = ['e1']
    for (let n = 2; n < 80; n++) {
      facts.push(`e${n}`)
      desk.report(failed(...facts))
      await clock.advance(1_000)
    }
    expect(titles()).toHaveLength(2)
    await clock.advance(PAUSE_MS)
    expect(titles().at(-1)).toBe('79 edits were refused')
  })

  it('is nothing where the trouble is over before it was told', async () => {
    const { clock, desk, shown } = setUp()
    desk.report(failed('e1'))
    desk.report(failed())
    await clock.advance(HOUR)
    expect(shown).toEqual([])
  })

  it('keeps quiet about trouble that was away for a moment, and not about what comes back much later', async () => {
    const { clock, desk, titles } = setUp()
    desk.report(failed('key'))
    await clock.advance(GATHER_MS)
    desk.report(failed())
    await clock.advance(30_000)
    desk.report(failed('key'))
    await clock.advance(HOUR)
    expect(titles()).toHaveLength(1)
    desk.report(failed())
    await clock.advance(HOUR)
    desk.report(failed())
    desk.report(failed('key'))
    await clock.advance(HOUR)
    expect(titles()).toHaveLength(2)
  })

  it('is remembered over a restart', async () => {
    const before = setUp()
    before.desk.report(conflicts('c1'))
    await before.clock.advance(GATHER_MS)
    expect(before.shown).toHaveLength(1)
    const after = setUp({ told: toldSchema.parse(JSON.parse(JSON.stringify(before.state.kept))) })
    after.desk.report(conflicts('c1'))
    await after.clock.advance(HOUR)
    expect(after.shown).toEqual([])
    after.desk.report(conflicts('c1', 'c2'))
    await after.clock.advance(HOUR)
    expect(after.titles()).toEqual(['2 conflicts to decide'])
  })
})

describe('what is not told', () => {
  it('stands in the window that has the focus, then or by the time it would be told', async () => {
    const { clock, desk, shown, state } = setUp()
    state.focus = true
    desk.report(failed('e1'))
    state.focus = false
    await clock.advance(HOUR)
    desk.report(failed('e1', 'e2'))
    state.focus = true
    await clock.advance(HOUR)
    state.focus = false
    desk.report(failed('e1', 'e2'))
    await clock.advance(HOUR)
    expect(shown).toEqual([])
  })

  it('was switched off, and does not come up when it is switched on', async () => {
    const { clock, desk, state, titles } = setUp({ settings: { notifyFailures: false } })
    desk.report(failed('e1'))
    desk.report(conflicts('c1'))
    await clock.advance(HOUR)
    state.settings = { ...state.settings, notifyFailures: true }
    desk.report(failed('e1'))
    await clock.advance(HOUR)
    expect(titles()).toEqual(['1 conflicts to decide'])
    desk.report(failed('e1', 'e2'))
    await clock.advance(HOUR)
    expect(titles()).toEqual(['1 conflicts to decide', '2 edits were refused'])
  })

  it('is switched off while it waits', async () => {
    const { clock, desk, state, shown } = setUp()
    desk.report(failed('e1'))
    state.settings = { ...state.settings, notifyFailures: false }
    await clock.advance(HOUR)
    expect(shown).toEqual([])
  })
})

describe('quiet hours', () => {
  it('let nothing through, and sum up once at their end what still stands', async () => {
    const { clock, desk, shown } = setUp({ at: new Date(2026, 10, 3, 23).getTime(), settings: night })
    desk.report(conflicts('c1', 'c2'))
    await clock.advance(HOUR)
    desk.report(failed('e1'))
    desk.report(failed('e1', 'e2', 'e3'))
    desk.report(conflicts('c1'))
    await clock.advance(7 * HOUR - 1)
    expect(shown).toEqual([])
    await clock.advance(1)
    expect(shown).toEqual([
      {
        tag: 'failed-edits',
        title: '3 edits were refused',
        body: 'Open Queue to decide. 1 conflicts to decide.',
        route: '#/queue',
      },
    ])
    await clock.advance(12 * HOUR)
    expect(shown).toHaveLength(1)
  })

  it('hold back what came in a moment before them', async () => {
    const { clock, desk, shown } = setUp({ at: new Date(2026, 10, 3, 21, 59, 58).getTime(), settings: night })
    desk.report(failed('e1'))
    await clock.advance(HOUR)
    expect(shown).toEqual([])
    await clock.advance(9 * HOUR)
    expect(shown).toHaveLength(1)
  })

  it('tell nothing afterwards that was looked at meanwhile', async () => {
    const { clock, desk, shown, state } = setUp({ at: new Date(2026, 10, 3, 23).getTime(), settings: night })
    desk.report(failed('e1'))
    state.focus = true
    desk.report(failed('e1'))
    state.focus = false
    await clock.advance(12 * HOUR)
    expect(shown).toEqual([])
  })

  it('end early where they are switched off', async () => {
    const { clock, desk, shown, state } = setUp({ at: new Date(2026, 10, 3, 23).getTime(), settings: night })
    desk.report(failed('e1'))
    state.settings = { ...state.settings, quietFrom: null, quietUntil: null }
    desk.report(failed('e1'))
    await clock.advance(GATHER_MS)
    expect(shown).toHaveLength(1)
  })
})

it('a sum is nothing without parts, and never longer than a notification may be', () => {
  expect(summedUp([])).toBeNull()
  const long = { ...failed('e'), body: 'x'.repeat(400) }
  expect(summedUp([long, conflicts('c')])?.body).toHaveLength(400)
})
