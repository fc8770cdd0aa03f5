import type { Clock } from '../../../shared/clock.ts'
import type { DesktopNotice, NoticeReport } from '../../../shared/model/desktop.ts'
import type { Settings } from '../../../shared/model/settings.ts'
import { quietUntil } from './quiet-hours.ts'
import { createToldFacts, type NoticeTag, type Told } from './told-facts.ts'

/** Edits of one push fail within moments of each other: they are one notification. */
export const GATHER_MS = 5_000
/** Between two notifications, however much goes wrong. */
export const PAUSE_MS = 60_000

/** The most urgent first: it leads where several are told at once. */
const URGENCY: readonly NoticeTag[] = ['failed-edits', 'sources', 'conflicts', 'update']

/**
 * Decides when the page's word about what stands becomes a notification of the system: never for what has been told,
 * never while a window of ours is in front, after quiet hours once and summed up. The page makes the sentences.
 */
export interface NoticeDesk {
  /** What stands under a tag now. Comes again whenever it changes, and when a window takes the focus. */
  readonly report: (report: NoticeReport) => void
}

export function createNoticeDesk(deps: {
  readonly clock: Clock
  readonly settings: () => Settings
  readonly hasFocus: () => boolean
  readonly show: (notice: DesktopNotice) => void
  readonly told: Told
  readonly keep: (told: Told) => void
}): NoticeDesk {
  const { clock } = deps
  const standing = new Map<NoticeTag, NoticeReport>()
  const told = createToldFacts(deps.told)
  let shownAt = Number.NEGATIVE_INFINITY
  /** When the oldest of what is not told came in: later ones join it, and do not put it off. */
  let newsSince: number | null = null
  let cancel: (() => void) | null = null

  const news = (): readonly NoticeReport[] =>
    URGENCY.flatMap((tag) => standing.get(tag) ?? []).filter(({ tag, facts }) =>
      facts.some((fact) => !told.isTold(tag, fact)),
    )
  const tell = (reports: readonly NoticeReport[]): void => {
    if (reports.length === 0) return
    for (const { tag, facts } of reports) told.tell(tag, facts)
    deps.keep(told.kept())
  }
  const quietEnds = (): number | null => {
    const { quietFrom: from, quietUntil: until } = deps.settings()
    return quietUntil(clock.now(), { from, until })
  }

  /** Takes away what needs no telling, and says when the rest is due. */
  const consider = (): void => {
    cancel?.()
    cancel = null
    // What can be seen in the window, or is not wanted, is known: it must not come up hours later.
    tell(deps.hasFocus() ? news() : news().filter(({ tag }) => !isWanted(tag, deps.settings())))
    if (news().length === 0) {
      newsSince = null
      return
    }
    const now = clock.now()
    newsSince ??= now
    const due = Math.max(newsSince + GATHER_MS, shownAt + PAUSE_MS, quietEnds() ?? 0)
    cancel = clock.schedule(Math.max(0, due - now), come)
  }

  const come = (): void => {
    cancel = null
    // The settings, or the hour, may have changed meanwhile: a machine that slept wakes at any time.
    if (deps.hasFocus() || quietEnds() !== null) {
      consider()
      return
    }
    const notice = summedUp(news().filter(({ tag }) => isWanted(tag, deps.settings())))
    tell(news())
    newsSince = null
    if (notice === null) return
    shownAt = clock.now()
    deps.show(notice)
  }

  return {
    report: (report) => {
      if (report.facts.length === 0) standing.delete(report.tag)
      else standing.set(report.tag, report)
      told.stand(report.tag, report.facts, clock.now())
      consider()
    },
  }
}

function isWanted(tag: NoticeTag, settings: Settings): boolean {
  return tag === 'conflicts' ? settings.notifyConflicts : settings.notifyFailures
}

/** One notification for all: the most urgent leads, the titles of the others follow. */
export function summedUp(reports: readonly NoticeReport[]): DesktopNotice | null {
  const [first, ...others] = reports
  if (first === undefined) return null
  const body = [first.body, ...others.map((other) => `${other.title}.`)].join(' ').slice(0, 400)
  return { tag: first.tag, title: first.title, body, route: first.route }
}
