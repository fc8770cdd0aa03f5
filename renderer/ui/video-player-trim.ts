/** The part of a video that is shown, in seconds of the file. */
export interface TrimRange {
  readonly start: number
  readonly end: number
}

/**
 * What to play of a file `duration` seconds long. Points outside the file, or in the wrong order, are ignored rather
 * than obeyed: a vendor's slip must not leave a video that cannot be watched.
 * `duration` may be unknown (null, NaN, Infinity) until the file has said it; the end is then open (Infinity) unless
 * a trim point closes it.
 */
export function trimRange(duration: number | null, trimStart: number | null, trimEnd: number | null): TrimRange {
  const length = duration !== null && Number.isFinite(duration) && duration > 0 ? duration : Number.POSITIVE_INFINITY
  let start = trimStart !== null && Number.isFinite(trimStart) && trimStart > 0 && trimStart < length ? trimStart : 0
  let end = trimEnd !== null && Number.isFinite(trimEnd) && trimEnd > 0 ? Math.min(trimEnd, length) : length
  if (end <= start) {
    start = 0
    end = length
  }
  return { start, end }
}

/** Length of the shown part in seconds, or null while it is unknown. */
export function shownLength(range: TrimRange): number | null {
  return Number.isFinite(range.end) ? range.end - range.start : null
}

/** Time of the file → time shown, from 0. */
export function toShown(time: number, range: TrimRange): number {
  return clamp(time, range) - range.start
}

/** Time shown → time of the file, never outside the range. */
export function toFile(shown: number, range: TrimRange): number {
  return clamp(range.start + shown, range)
}

function clamp(time: number, range: TrimRange): number {
  return Math.min(range.end, Math.max(range.start, time))
}

/** `0:38`, `12:05`, `1:02:09`. Whole seconds, as a clock shows them. */
export function clockTime(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds))
  const hours = Math.floor(whole / 3600)
  const minutes = Math.floor((whole % 3600) / 60)
  const rest = String(whole % 60).padStart(2, '0')
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${rest}` : `${minutes}:${rest}`
}

/** The same time in words, for screen readers: `1 minute 12 seconds`. */
export function spokenTime(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds))
  const minutes = Math.floor(whole / 60)
  const rest = whole % 60
  const parts: string[] = []
  if (minutes > 0) parts.push(`${minutes} ${minutes === 1 ? 'minute' : 'minutes'}`)
  if (rest > 0 || minutes === 0) parts.push(`${rest} ${rest === 1 ? 'second' : 'seconds'}`)
  return parts.join(' ')
}
