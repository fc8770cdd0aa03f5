import type { DesktopEvent, DesktopStatus } from '../../shared/model/desktop.ts'
import type { SyncStatus } from '../../shared/sync/sync-status.ts'
import { syncStatusText } from './sync-status-text.ts'

const TONES: Readonly<Record<SyncStatus['kind'], DesktopStatus['tone']>> = {
  attention: 'asks',
  conflicts: 'asks',
  offline: 'offline',
  syncing: 'busy',
  waiting: 'busy',
  'up-to-date': 'calm',
}

/** What tray, badge and dock say: the very words of `Sync status`. */
export function desktopStatus(status: SyncStatus, conflicts: number): DesktopStatus {
  return { sentence: syncStatusText(status), tone: TONES[status.kind], conflicts }
}

type Refusal = Extract<DesktopEvent, { kind: 'refused' }>['why']

/** Why something that was to be opened from outside was not. */
export function refusedText(why: Refusal): string {
  switch (why) {
    case 'file-too-large':
      return 'That file is too large to be a list of clients. Nothing was imported.'
    case 'file-unreadable':
      return 'That file could not be read. Check that it still exists and that you may open it.'
    case 'file-kind':
      return 'Clientele opens vCard files (.vcf), CSV files and its own files of unsent work. Nothing was imported.'
    case 'link':
      return 'That link leads to nothing in Clientele. Links open a client: clientele://client/ and its id.'
  }
}

/** A line of a menu was chosen that would act behind an open dialog. */
export const DIALOG_FIRST = 'Finish or close what is open first.'
