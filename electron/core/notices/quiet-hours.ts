/** `22:30` and the like, local time; both or there are none. */
export interface QuietHours {
  readonly from: string | null
  readonly until: string | null
}

const MINUTE_MS = 60_000

/**
 * When the quiet that holds at `at` is over, in ms since 1970; null where it is not quiet. Over midnight where `from`
 * is the later one; two equal times are no quiet at all.
 */
export function quietUntil(at: number, hours: QuietHours): number | null {
  const from = minutesOf(hours.from)
  const until = minutesOf(hours.until)
  if (from === null || until === null || from === until) return null
  const local = new Date(at)
  const now = local.getHours() * 60 + local.getMinutes()
  const isQuiet = from < until ? now >= from && now < until : now >= from || now < until
  if (!isQuiet) return null
  const day = local.getDate() + (now < until ? 0 : 1)
  const end = new Date(local.getFullYear(), local.getMonth(), day, Math.floor(until / 60), until % 60).getTime()
  // In the hour that a clock repeats, the first of the two ends is over already.
  return Math.max(end, at + MINUTE_MS)
}

function minutesOf(time: string | null): number | null {
  const match = /^(\d\d):(\d\d)$/.exec(time ?? '')
  return match === null ? null : Number(match[1]) * 60 + Number(match[2])
}
