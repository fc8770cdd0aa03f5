const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const numbers = new Intl.NumberFormat('en-US')
const timeOfDay = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })
/** British English writes `Sept`; all others are three letters, so this one is too. */
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const

/** `1,024`. */
export function formatNumber(value: number): string {
  return numbers.format(value)
}

/** `100`, or `100+` where there may be more. */
export function atLeast(value: number, isAll: boolean): string {
  return isAll ? formatNumber(value) : `${formatNumber(value)}+`
}

/** `1 edit`, `1,024 edits`. `many` where the plural is not the word with an s. */
export function formatCount(value: number, one: string, many = `${one}s`): string {
  return `${formatNumber(value)} ${value === 1 ? one : many}`
}

function startOfDay(at: number): number {
  const date = new Date(at)
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime()
}

function calendarDaysAgo(at: number, now: number): number {
  return Math.round((startOfDay(now) - startOfDay(at)) / DAY)
}

/** Relative up to 7 days (`now`, `2 min ago`, `3 h ago`, `Yesterday`, `4 days ago`), then `18 Nov`, `18 Nov 2024`. */
export function formatRelative(at: number, now: number): string {
  const age = now - at
  if (age < -MINUTE) return formatDate(at, now)
  if (age < MINUTE) return 'now'
  if (age < HOUR) return `${Math.floor(age / MINUTE)} min ago`
  const days = calendarDaysAgo(at, now)
  if (days === 0) return `${Math.floor(age / HOUR)} h ago`
  if (days === 1) return 'Yesterday'
  if (days <= 7) return `${days} days ago`
  return formatDate(at, now)
}

/** `18 Nov`, or `18 Nov 2024` in another year than `now`'s. */
export function formatDate(at: number, now: number): string {
  const date = new Date(at)
  if (date.getFullYear() !== new Date(now).getFullYear()) return formatFullDate(at)
  return `${date.getDate()} ${MONTHS[date.getMonth()]}`
}

/** `18 Nov 2026`. */
export function formatFullDate(at: number): string {
  const date = new Date(at)
  return `${date.getDate()} ${MONTHS[date.getMonth()]} ${date.getFullYear()}`
}

/** `09:41`. */
export function formatTime(at: number): string {
  return timeOfDay.format(at)
}

/** `Today, 09:41`, `Yesterday, 09:41`, `18 Nov, 09:41`. */
export function formatMoment(at: number, now: number): string {
  const days = calendarDaysAgo(at, now)
  const day = days === 0 ? 'Today' : days === 1 ? 'Yesterday' : formatDate(at, now)
  return `${day}, ${formatTime(at)}`
}

/** How long something took: `40 ms`, `0.4 s`, `4.2 s`, `1 min 20 s`, `2 h 5 min`. */
export function formatDuration(ms: number): string {
  if (ms < 100) return `${Math.round(ms)} ms`
  if (ms < 10 * SECOND) return `${(ms / SECOND).toFixed(1)} s`
  if (ms < MINUTE) return `${Math.round(ms / SECOND)} s`
  if (ms < HOUR) {
    const seconds = Math.round((ms % MINUTE) / SECOND)
    return seconds === 0 ? `${Math.floor(ms / MINUTE)} min` : `${Math.floor(ms / MINUTE)} min ${seconds} s`
  }
  const minutes = Math.round((ms % HOUR) / MINUTE)
  return minutes === 0 ? `${Math.floor(ms / HOUR)} h` : `${Math.floor(ms / HOUR)} h ${minutes} min`
}

/** Time left until `at`: `0:42`, `12:05`; `now` when due. */
export function formatCountdown(at: number, now: number): string {
  const seconds = Math.ceil((at - now) / SECOND)
  if (seconds <= 0) return 'now'
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

/** `in 3 min`, `in 40 s`, `now`. */
export function formatUntil(at: number, now: number): string {
  const left = at - now
  if (left <= 0) return 'now'
  if (left < MINUTE) return `in ${Math.ceil(left / SECOND)} s`
  if (left < HOUR) return `in ${Math.round(left / MINUTE)} min`
  if (left < DAY) return `in ${Math.round(left / HOUR)} h`
  return formatDate(at, now)
}

/** `12.4 MB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  const units = ['KB', 'MB', 'GB', 'TB'] as const
  let value = bytes
  let unit: (typeof units)[number] = 'KB'
  for (const next of units) {
    value /= 1000
    unit = next
    if (value < 1000) break
  }
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${unit}`
}

/** `62 %`. */
export function formatPercent(part: number, whole: number): string {
  return whole === 0 ? '0 %' : `${Math.floor((part / whole) * 100)} %`
}
