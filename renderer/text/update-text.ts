import type { AppUpdate } from '../../shared/model/app-update.ts'
import { formatMoment } from './format.ts'

type Why<S extends AppUpdate['state']> = Extract<AppUpdate, { state: S; why: string }>['why']

/** Where an update stands, in one sentence. */
export function updateText(update: AppUpdate, now: number): string {
  switch (update.state) {
    case 'unavailable':
      return unavailableText(update.why)
    case 'idle':
      return update.checkedAt === null
        ? 'Not looked for yet.'
        : `This is the newest one as of ${lower(formatMoment(update.checkedAt, now))}.`
    case 'put-off':
      return update.until === null
        ? `Clientele ${update.version} is there. You skipped it; the next version is offered again.`
        : `Clientele ${update.version} is there. You put it off until ${lower(formatMoment(update.until, now))}.`
    case 'checking':
      return 'Looking for a newer version.'
    case 'available':
      return `Clientele ${update.version} is there. It is not fetched yet.`
    case 'fetching':
      return `Fetching Clientele ${update.version}. You can go on working.`
    case 'ready':
      return `Clientele ${update.version} is fetched and checked. It is put in place at the next start.`
    case 'failed':
      return failedText(update.why)
  }
}

function unavailableText(why: Why<'unavailable'>): string {
  switch (why) {
    case 'browser':
      return 'In a browser, whoever starts Clientele updates it.'
    case 'development':
      return 'This copy runs from its source and does not update itself.'
    case 'unsigned':
      return 'This copy is not signed, so it could not tell a genuine update from a forged one. Get new versions where you got this one.'
    case 'package-manager':
      return 'The package manager of this system updates Clientele.'
  }
}

function failedText(why: Why<'failed'>): string {
  switch (why) {
    case 'offline':
      return 'There is no network now. Try again when there is.'
    case 'bad-signature':
      return 'What was fetched is not signed by the makers of Clientele. It was thrown away, and nothing was changed.'
    case 'bad-checksum':
      return 'What was fetched is damaged. It was thrown away, and nothing was changed. Try again.'
    case 'server':
      return 'The server with the updates did not answer as it should. Try again later.'
    case 'disk':
      return 'There is no room on the disk for the update, or it cannot be written. Make room and try again.'
  }
}

/** In the middle of a sentence: names of days stay as they are. */
function lower(text: string): string {
  return text.replace(/^(Today|Yesterday)/, (word) => word.toLowerCase())
}
