import { expect, test } from 'vitest'
import { type LiveRecord, type VerdictInput, verdict } from '../../../shared/sync/verdict.ts'

const NOW = Date.UTC(2026, 10, 21)
const MINUTE = 60_000

/** A snapshot that lacks `gone`, which was missing from one twenty seconds earlier, too. */
function look(gone: Partial<LiveRecord>, serverStartedAt: number | null) {
  const record: LiveRecord = {
    remoteId: 'gone',
    firstKnownAt: NOW - MINUTE,
    madeAt: null,
    busy: false,
    own: false,
    ...gone,
  }
  const others = Array.from({ length: 20 }, (_, n): LiveRecord => ({ ...record, remoteId: `r${n}` }))
  const input: VerdictInput = {
    sweep: {
      startedAt: NOW,
      serverStartedAt,
      endedAt: NOW + 1_000,
      proof: 'snapshot',
      size: 20,
      seen: new Set(others.map((one) => one.remoteId)),
    },
    live: [record, ...others],
    base: null,
    absent: new Map([['gone', { since: NOW - 20_000, proven: false, young: false }]]),
    doubts: { otherTenant: false, otherParameters: false, trouble: false },
    canAsk: false,
    clockSetBackAt: null,
  }
  return verdict(input).absent.get('gone')
}

test('a client known for a minute is too young to be missed, unless its vendor says that it is older', () => {
  expect(look({}, NOW)).toMatchObject({ young: true, proven: false })
  expect(look({ madeAt: NOW - 60 * MINUTE }, NOW)).toMatchObject({ young: false, proven: true })
  expect(look({ madeAt: NOW - 5 * MINUTE }, NOW)).toMatchObject({ young: true, proven: false })
})

test('both times are the vendor’s: a clock that is wrong here makes nobody older', () => {
  const vendorNow = NOW - 3 * 60 * MINUTE
  expect(look({ madeAt: vendorNow - MINUTE }, vendorNow)).toMatchObject({ young: true, proven: false })
  expect(look({ madeAt: vendorNow - 60 * MINUTE }, vendorNow)).toMatchObject({ young: false, proven: true })
})

test('a vendor that does not tell its time cannot say how old a client is', () => {
  expect(look({ madeAt: NOW - 60 * MINUTE }, null)).toMatchObject({ young: true, proven: false })
})

test('what we made ourselves is as old as our knowledge of it, whatever its vendor stamps', () => {
  expect(look({ own: true, madeAt: NOW - 60 * MINUTE }, NOW)).toBeUndefined()
})
