import { describe, expect, it } from 'vitest'
import {
  loginText,
  notificationsText,
  quickSearchText,
  quietHoursProblem,
  quietHoursText,
  trayText,
} from '../../../../../renderer/features/settings/desktop-words.ts'
import { updateText } from '../../../../../renderer/text/update-text.ts'
import { type AppUpdate, appUpdateSchema } from '../../../../../shared/model/app-update.ts'
import { NO_DESKTOP_STATE } from '../../../../../shared/model/desktop.ts'

describe('Desktop in Settings', () => {
  it('says what the system refused, and what closing the window does', () => {
    expect(trayText(false, NO_DESKTOP_STATE)).toContain('then keeps the sync going')
    expect(trayText(true, { ...NO_DESKTOP_STATE, tray: 'refused' })).toContain('closing the window ends')
    expect(trayText(true, { ...NO_DESKTOP_STATE, tray: 'on', closing: 'minimizes' })).toContain('only minimizes')
    expect(trayText(true, { ...NO_DESKTOP_STATE, tray: 'on', closing: 'hides' })).toContain('brings it back')
    expect(loginText(true, { ...NO_DESKTOP_STATE, startAtLogin: 'refused' })).toContain('did not take it')
    expect(loginText(false, { ...NO_DESKTOP_STATE, startAtLogin: 'refused' })).not.toContain('did not')
    expect(quickSearchText('F9', { ...NO_DESKTOP_STATE, quickSearchKeys: 'refused' })).toContain('Choose others')
    expect(quickSearchText(null, { ...NO_DESKTOP_STATE, quickSearchKeys: 'refused' })).not.toContain('Choose others')
    expect(notificationsText(NO_DESKTOP_STATE)).toBeNull()
    expect(notificationsText({ ...NO_DESKTOP_STATE, notifications: 'refused' })).toContain('settings')
  })

  it('takes two times that differ', () => {
    expect(quietHoursProblem('22:00', '07:00')).toBeNull()
    expect(quietHoursProblem('', '07:00')).toContain('both')
    expect(quietHoursProblem('07:00', '07:00')).toContain('same')
    expect(quietHoursText('22:00', '07:00')).toContain('to 07:00 the next day.')
    expect(quietHoursText('12:00', '13:00')).toContain('from 12:00 to 13:00.')
  })
})

it('each state of an update has a sentence of its own', () => {
  const version = '1.3.0'
  const states: readonly AppUpdate[] = [
    ...(['browser', 'development', 'unsigned', 'package-manager'] as const).map(
      (why) => ({ state: 'unavailable', why }) as const,
    ),
    { state: 'idle', checkedAt: null },
    { state: 'idle', checkedAt: 1_700_000_000_000 },
    { state: 'put-off', version, until: null },
    { state: 'put-off', version, until: 1_700_086_400_000 },
    { state: 'checking' },
    { state: 'available', version, notes: '' },
    { state: 'fetching', version, percent: 12 },
    { state: 'ready', version, notes: '' },
    ...(['offline', 'bad-signature', 'bad-checksum', 'server', 'disk'] as const).map(
      (why) => ({ state: 'failed', why, checkedAt: null }) as const,
    ),
  ]
  const texts = states.map((state) => updateText(appUpdateSchema.parse(state), 1_700_000_000_000))
  expect(new Set(texts).size).toBe(states.length)
  for (const text of texts) expect(text).toMatch(/^[A-Z].*\.$/)
})
