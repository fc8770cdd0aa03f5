import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readHttpDate, readRetryAfter } from '../../../../electron/core/http/retry-after.ts'
import { BACKOFF_BASE_MS, backoffMs, RETRY_AFTER_MAX_MS, retryFloorMs } from '../../../../shared/sync/backoff.ts'

const NOW = Date.UTC(2024, 10, 6, 12, 0, 0)

test.each([
  ['F010', '120', 120_000],
  ['F010', ' 7 ', 7000],
  ['F011', '0', 0],
  ['F012', '9999999999', 3_600_000],
  ['F012', '99999999999999999999999999', 3_600_000],
  ['F009', 'Wed, 06 Nov 2024 12:01:00 GMT', 60_000],
  ['F009', 'Wednesday, 06-Nov-24 12:01:00 GMT', 60_000],
  ['F009', 'Wed Nov  6 12:01:00 2024', 60_000],
  ['F012', 'Wed, 06 Nov 2030 12:01:00 GMT', 3_600_000],
  ['F013', 'Wed, 06 Nov 2024 11:59:59 GMT', null],
  ['F011', '-5', null],
  ['F011', '', null],
  ['F011', 'soon', null],
  ['F011', '1e9', null],
  ['F011', '1.5', null],
  ['F011', '120, 60', null],
  ['F011', '2024-11-06T12:01:00Z', null],
  ['F011', null, null],
])(
  '%s Retry-After %j is read as it is meant: whole seconds first, then a date, else nothing',
  (_, header, expected) => {
    expect(readRetryAfter(header, NOW)).toBe(expected)
  },
)

test('F010 F011 F012 F013 whatever the header says, the wait is a whole number between the base and an hour', () => {
  const headers = fc.oneof(
    fc.string(),
    fc.integer().map(String),
    fc.date({ noInvalidDate: true }).map((d) => d.toUTCString()),
    fc.constantFrom('120', '-5', '1e9', '', '9'.repeat(40)),
  )
  fc.assert(
    fc.property(
      headers,
      fc.integer({ min: 1, max: 200 }),
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      (header, failures, chance) => {
        const retryAfterMs = readRetryAfter(header, NOW)
        const floorMs = retryFloorMs({ code: 'rate-limited', status: 429, retryAfterMs })
        const ms = backoffMs({ failures, random: { next: () => chance }, floorMs })
        expect(Number.isInteger(ms)).toBe(true)
        expect(ms).toBeGreaterThanOrEqual(Math.max(BACKOFF_BASE_MS, retryAfterMs ?? 0))
        expect(ms).toBeLessThanOrEqual(RETRY_AFTER_MAX_MS)
      },
    ),
  )
})

test('a date that is none', () => {
  expect(readHttpDate('Wed, 99 Nov 2024 12:01:00 GMT')).toBeNull()
})
