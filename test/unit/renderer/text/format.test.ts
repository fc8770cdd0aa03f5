import { describe, expect, it } from 'vitest'
import {
  formatBytes,
  formatCountdown,
  formatDuration,
  formatMoment,
  formatNumber,
  formatRelative,
  formatUntil,
} from '../../../../renderer/text/format.ts'

const now = new Date(2026, 10, 21, 9, 41).getTime()
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

describe('formatRelative', () => {
  it.each([
    [30_000, 'now'],
    [2 * MINUTE, '2 min ago'],
    [3 * HOUR, '3 h ago'],
    [10 * HOUR, 'Yesterday'],
    [3 * DAY, '3 days ago'],
    [8 * DAY, '13 Nov'],
    [400 * DAY, '17 Oct 2025'],
  ])('of %i ms ago', (age, text) => {
    expect(formatRelative(now - age, now)).toBe(text)
  })

  it('names the date of something to come', () => {
    expect(formatRelative(now + 2 * DAY, now)).toBe('23 Nov')
  })
})

it('writes moments by calendar day', () => {
  expect(formatMoment(now, now)).toBe('Today, 09:41')
  expect(formatMoment(now - DAY, now)).toBe('Yesterday, 09:41')
  expect(formatMoment(new Date(2026, 8, 3, 7, 5).getTime(), now)).toBe('3 Sep, 07:05')
})

it('writes numbers, durations and waits', () => {
  expect(formatNumber(1_024_000)).toBe('1,024,000')
  expect(formatDuration(75)).toBe('75 ms')
  expect(formatDuration(375)).toBe('0.4 s')
  expect(formatDuration(4200)).toBe('4.2 s')
  expect(formatDuration(80_000)).toBe('1 min 20 s')
  expect(formatDuration(2 * HOUR)).toBe('2 h')
  expect(formatCountdown(now + 42_000, now)).toBe('0:42')
  expect(formatUntil(now + 3 * MINUTE, now)).toBe('in 3 min')
  expect(formatUntil(now - 1, now)).toBe('now')
  expect(formatBytes(703_000)).toBe('703 KB')
  expect(formatBytes(1_200_000)).toBe('1.2 MB')
})
