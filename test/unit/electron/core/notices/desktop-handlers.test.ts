import { describe, expect, it } from 'vitest'
import { createDesktopHandlers } from '../../../../../electron/core/handlers/desktop-handlers.ts'
import { GATHER_MS } from '../../../../../electron/core/notices/notice-desk.ts'
import type { Desktop, Host } from '../../../../../electron/host/host.ts'
import { createNoDesktop, createNoUpdater } from '../../../../../electron/host/no-desktop.ts'
import { type DesktopNotice, NO_DESKTOP_ABILITIES, type NoticeReport } from '../../../../../shared/model/desktop.ts'
import { DEFAULT_SETTINGS } from '../../../../../shared/model/settings.ts'
import { ok } from '../../../../../shared/result.ts'
import { testCreateClock } from '../../../../support/test-create-clock.ts'

const REPORT: NoticeReport = {
  tag: 'conflicts',
  title: '1 conflict to decide',
  body: 'Open Conflicts.',
  route: '#/conflicts',
  facts: ['cnf_0000000000000001'],
}

function setUp(options: { readonly notifications?: boolean; readonly files?: Map<string, unknown> } = {}) {
  const clock = testCreateClock()
  const files = options.files ?? new Map<string, unknown>()
  const shown: DesktopNotice[] = []
  const state = { isFull: false, isStopped: false }
  const desktop: Desktop = {
    ...createNoDesktop(),
    abilities: { ...NO_DESKTOP_ABILITIES, notifications: options.notifications ?? true },
    hasFocus: () => false,
    notify: (notice) => shown.push(notice),
  }
  const host: Pick<Host, 'clock' | 'desktop' | 'updater' | 'files' | 'log'> = {
    clock,
    desktop,
    updater: createNoUpdater('development'),
    files: {
      read: async (name) => files.get(name) ?? null,
      write: async (name, value) => {
        if (state.isFull) throw new Error('ENOSPC')
        files.set(name, JSON.parse(JSON.stringify(value)))
      },
      remove: async (name) => void files.delete(name),
      setAside: async (name) => void files.delete(name),
    },
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
  }
  const handlers = createDesktopHandlers({
    host,
    settings: () => DEFAULT_SETTINGS,
    isStopped: () => state.isStopped,
    onReady: () => undefined,
    backup: async () => ok(null),
  })
  return { clock, files, shown, state, handlers }
}

describe('desktop.notify', () => {
  it('shows a notice without what it rests on, and keeps names only', async () => {
    const { clock, files, shown, handlers } = setUp()
    await handlers['desktop.notify'](REPORT)
    await clock.advance(GATHER_MS)
    const { facts: _, ...notice } = REPORT
    expect(shown).toEqual([notice])
    expect(files.get('notices.json')).toEqual({ v: 1, told: { conflicts: REPORT.facts } })
  })

  it('tells nothing twice over a restart, whatever was kept before is damaged or not', async () => {
    const first = setUp()
    await first.handlers['desktop.notify'](REPORT)
    await first.clock.advance(GATHER_MS)
    const second = setUp({ files: first.files })
    await second.handlers['desktop.notify'](REPORT)
    await second.clock.advance(GATHER_MS)
    expect(second.shown).toEqual([])
    const damaged = setUp({ files: new Map([['notices.json', { told: 'all' }]]) })
    await damaged.handlers['desktop.notify'](REPORT)
    await damaged.clock.advance(GATHER_MS)
    expect(damaged.shown).toHaveLength(1)
  })

  it('reads and writes nothing where the system shows no notifications', async () => {
    const { clock, files, shown, handlers } = setUp({ notifications: false })
    await handlers['desktop.notify'](REPORT)
    await clock.advance(GATHER_MS)
    expect([shown, [...files]]).toEqual([[], []])
  })

  it('goes on while the disk is full, and says nothing after the profile was closed', async () => {
    const { clock, shown, state, handlers } = setUp()
    state.isFull = true
    await handlers['desktop.notify'](REPORT)
    await clock.advance(GATHER_MS)
    expect(shown).toHaveLength(1)
    await handlers['desktop.notify']({ ...REPORT, facts: [...REPORT.facts, 'cnf_0000000000000002'] })
    state.isStopped = true
    await clock.advance(600_000)
    expect(shown).toHaveLength(1)
  })
})
