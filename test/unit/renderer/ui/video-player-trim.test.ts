import { describe, expect, it } from 'vitest'
import {
  clockTime,
  shownLength,
  spokenTime,
  toFile,
  toShown,
  trimRange,
} from '../../../../renderer/ui/video-player-trim.ts'

describe('trimRange', () => {
  it('is the whole file without trim points', () => {
    expect(trimRange(60, null, null)).toEqual({ start: 0, end: 60 })
  })
  it('obeys both points', () => {
    expect(trimRange(60, 4, 42)).toEqual({ start: 4, end: 42 })
  })
  it('never runs past the file', () => {
    expect(trimRange(30, 4, 42)).toEqual({ start: 4, end: 30 })
  })
  it('ignores points that leave nothing to watch', () => {
    expect(trimRange(30, 20, 10)).toEqual({ start: 0, end: 30 })
    expect(trimRange(30, 31, null)).toEqual({ start: 0, end: 30 })
    expect(trimRange(30, Number.NaN, 0)).toEqual({ start: 0, end: 30 })
  })
  it('keeps an end open while the length is unknown', () => {
    expect(shownLength(trimRange(null, 4, null))).toBeNull()
    expect(shownLength(trimRange(Number.POSITIVE_INFINITY, 4, 10))).toBe(6)
  })
})

describe('shown time', () => {
  const range = trimRange(60, 4, 42)
  it('starts at 0 and ends at the length of the part', () => {
    expect(toShown(4, range)).toBe(0)
    expect(toShown(42, range)).toBe(38)
    expect(toShown(3.9, range)).toBe(0)
    expect(toShown(50, range)).toBe(38)
  })
  it('goes back to the file and stays in the part', () => {
    expect(toFile(10, range)).toBe(14)
    expect(toFile(-5, range)).toBe(4)
    expect(toFile(100, range)).toBe(42)
  })
})

describe('times in words and figures', () => {
  it('shows a clock', () => {
    expect([0, 38.9, 72, 3729].map(clockTime)).toEqual(['0:00', '0:38', '1:12', '1:02:09'])
  })
  it('speaks it', () => {
    expect([0, 1, 60, 72].map(spokenTime)).toEqual(['0 seconds', '1 second', '1 minute', '1 minute 12 seconds'])
  })
})
