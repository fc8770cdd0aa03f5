import { foldText } from '../fold-text.ts'
import type { Bound, Day, ProblemCode, Span } from './query.ts'

export type ReadSpan =
  | { readonly ok: true; readonly span: Span }
  | { readonly ok: false; readonly code: ProblemCode; readonly instead: string | null }
  /** The beginning of something that can be read. */
  | { readonly ok: 'unfinished' }

const DAY_MS = 86_400_000
const UNIT_MS: Readonly<Record<string, number>> = {
  h: 3_600_000,
  d: DAY_MS,
  w: 7 * DAY_MS,
  m: 30 * DAY_MS,
  y: 365 * DAY_MS,
}
const AGE = /^(\d{1,4})\s*([hdwmy])$/
const DATE = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$/
/** What may still become a date: `20`, `2026-`, `2026-1`. */
const DATE_BEGUN = /^(?:\d{0,4}|\d{4}-\d{0,2}|\d{4}-\d{1,2}-\d{0,2})$/
const WORDS: readonly string[] = ['today', 'yesterday']

/** `7d`, `2026-03`, `>=2026-01-15`, `2026-01..2026-03`, `today`: a stretch of time. */
export function readSpan(value: string, open: boolean): ReadSpan {
  const text = foldText(value).replace(/\s+/g, '')
  const age = AGE.exec(text)
  const unit = UNIT_MS[age?.[2] ?? '']
  if (age !== null && unit !== undefined) {
    return { ok: true, span: { kind: 'age', withinMs: Number(age[1]) * unit } }
  }
  const dots = text.indexOf('..')
  if (dots !== -1) return readRange(text.slice(0, dots), text.slice(dots + 2), open)
  const [, sign = '', rest = ''] = /^([<>]=?)?(.*)$/s.exec(text) ?? []
  if (sign !== '' && AGE.test(rest)) return { ok: false, code: 'compared-age', instead: rest }
  const day = readDay(rest, open)
  if (typeof day !== 'string') return day
  const start: Bound = { day, edge: 'start' }
  const end: Bound = { day, edge: 'end' }
  return {
    ok: true,
    span: {
      kind: 'days',
      since: sign === '' || sign === '>=' ? start : sign === '>' ? end : null,
      until: sign === '' || sign === '<=' ? end : sign === '<' ? start : null,
    },
  }
}

/** Both ends belong to it; one may be left out. */
function readRange(left: string, right: string, open: boolean): ReadSpan {
  if (left === '' && right === '') return open ? { ok: 'unfinished' } : { ok: false, code: 'bad-date', instead: null }
  const first = left === '' ? null : readDay(left, false)
  if (first !== null && typeof first !== 'string') return first
  // `2026-01.` on its way to `2026-01..2026-03` never comes here: it has one dot only.
  const last = right === '' ? null : readDay(right, open)
  if (last !== null && typeof last !== 'string') return last
  const isWords = WORDS.includes(first ?? '') || WORDS.includes(last ?? '')
  if (first !== null && last !== null) {
    const backwards = isWords ? first === 'today' && last === 'yesterday' : startOf(first, 0) >= endOf(last, 0)
    if (backwards) return { ok: false, code: 'range-backwards', instead: `${last}..${first}` }
  }
  return {
    ok: true,
    span: {
      kind: 'days',
      since: first === null ? null : { day: first, edge: 'start' },
      until: last === null ? null : { day: last, edge: 'end' },
    },
  }
}

function readDay(text: string, open: boolean): Day | Exclude<ReadSpan, { readonly ok: true }> {
  if (WORDS.includes(text)) return text
  const match = DATE.exec(text)
  if (match !== null) {
    const [, year = '', month, day] = match
    if (exists(Number(year), month === undefined ? 1 : Number(month), day === undefined ? 1 : Number(day))) {
      return [year, month, day]
        .filter((part) => part !== undefined)
        .map((part) => part.padStart(2, '0'))
        .join('-')
    }
    // `2026-0` and `2026-01-0` are on their way.
    return open && /-0$/.test(text) ? { ok: 'unfinished' } : { ok: false, code: 'no-such-day', instead: null }
  }
  // A dot may become the two of a range.
  const begun = text.replace(/\.$/, '')
  const isBegun = DATE_BEGUN.test(begun) || WORDS.some((word) => word.startsWith(begun)) || /^\d{1,4}$/.test(begun)
  return open && isBegun ? { ok: 'unfinished' } : { ok: false, code: 'bad-date', instead: null }
}

function exists(year: number, month: number, day: number): boolean {
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}

/** Whether it means other days tomorrow. */
export function isOfToday(span: Span): boolean {
  return span.kind === 'days' && [span.since, span.until].some((bound) => bound !== null && WORDS.includes(bound.day))
}

/** From `from` on, before `until`, in ms since the epoch; days begin where the user's own calendar says. */
export function resolveSpan(span: Span, now: number): { readonly from: number; readonly until: number } {
  if (span.kind === 'age') return { from: now - span.withinMs, until: Number.POSITIVE_INFINITY }
  return {
    from: span.since === null ? Number.NEGATIVE_INFINITY : instantOf(span.since, now),
    until: span.until === null ? Number.POSITIVE_INFINITY : instantOf(span.until, now),
  }
}

function instantOf({ day, edge }: Bound, now: number): number {
  return edge === 'start' ? startOf(day, now) : endOf(day, now)
}

function startOf(day: Day, now: number): number {
  const [year, month, date] = numbersOf(day, now)
  return localTime(year, (month ?? 1) - 1, date ?? 1)
}

function endOf(day: Day, now: number): number {
  const [year, month, date] = numbersOf(day, now)
  if (month === null) return localTime(year + 1, 0, 1)
  return date === null ? localTime(year, month, 1) : localTime(year, month - 1, date + 1)
}

function numbersOf(day: Day, now: number): readonly [year: number, month: number | null, date: number | null] {
  if (WORDS.includes(day)) {
    const at = new Date(now)
    return [at.getFullYear(), at.getMonth() + 1, at.getDate() - (day === 'yesterday' ? 1 : 0)]
  }
  const [year, month, date] = day.split('-').map(Number)
  return [year ?? 0, month ?? null, date ?? null]
}

/** Midnight of the user's own calendar. */
function localTime(year: number, month: number, date: number): number {
  const at = new Date(2000, month, date)
  // `new Date(26, …)` would be 1926.
  at.setFullYear(year, month, date)
  return at.getTime()
}
