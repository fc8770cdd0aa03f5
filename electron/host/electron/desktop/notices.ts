import type { Notification } from 'electron'
import type { DesktopNotice } from '../../../../shared/model/desktop.ts'
import type { Log } from '../../host.ts'
import type { ElectronPieces } from '../electron-pieces.ts'

export interface Notices {
  readonly isSupported: () => boolean
  readonly show: (
    notice: Pick<DesktopNotice, 'title' | 'body'> & { readonly tag: string; readonly route: string | null },
  ) => void
}

/** Notifications of the system, one per tag: a later one takes the place of the one before. When, the core decides. */
export function createNotices(deps: {
  readonly electron: Pick<ElectronPieces, 'Notification'>
  readonly log: Log
  readonly onClick: (route: string | null) => void
  /** Whether the last one could be shown. */
  readonly onOutcome: (outcome: 'ok' | 'refused') => void
}): Notices {
  const { Notification } = deps.electron
  // Kept until they are gone: a notification that nobody refers to is collected, and its click is lost.
  const shown = new Map<string, Notification>()

  return {
    isSupported: () => Notification.isSupported(),
    show: ({ tag, title, body, route }) => {
      // Windows and macOS replace by the id; Linux knows none, so the one before is taken away by hand.
      const before = shown.get(tag)
      shown.delete(tag)
      before?.close()
      const notification = new Notification({ id: tag, groupId: 'clientele', title, body })
      shown.set(tag, notification)
      const gone = (): void => {
        if (shown.get(tag) === notification) shown.delete(tag)
      }
      notification.on('click', () => {
        gone()
        deps.onClick(route)
      })
      notification.on('close', gone)
      notification.on('show', () => deps.onOutcome('ok'))
      notification.on('failed', (_event, error) => {
        gone()
        deps.log.warn('notification.failed', { error: error.slice(0, 200) })
        deps.onOutcome('refused')
      })
      notification.show()
    },
  }
}
