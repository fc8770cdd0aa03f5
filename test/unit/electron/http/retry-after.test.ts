import { expect, test } from 'vitest'
import { readHttpDate, readRetryAfter } from '../../../../electron/core/http/retry-after.ts'

const NOW = Date.UTC(2024, 10, 6, 12, 0, 0)

test.each([
  ['120', 120_000],
  [' 7 ', 7000],
  ['0', 0],
  ['9999999999', 3_600_000],
  ['99999999999999999999999999', 3_600_000],
  ['Wed, 06 Nov 2024 12:01:00 GMT', 60_000],
  ['Wednesday, 06-Nov-24 12:01:00 GMT', 60_000],
  ['Wed Nov  6 12:01:00 2024', 60_000],
  ['Wed, 06 Nov 2030 12:01:00 GMT', 3_600_000],
  ['Wed, 06 Nov 2024 11:59:59 GMT', null],
  ['-5', null],
  ['', null],
  ['soon', null],
  ['1e9', null],
  ['1.5', null],
  ['120, 60', null],
  ['2024-11-06T12:01:00Z', null],
  [null, null],
])('%j', (header, expected) => {
  expect(readRetryAfter(header, NOW)).toBe(expected)
})

test('a date that is none', () => {
  expect(readHttpDate('Wed, 99 Nov 2024 12:01:00 GMT')).toBeNull()
})
