import {
  IconAlertTriangle,
  IconDatabaseOff,
  IconDatabaseX,
  IconInfoCircle,
  IconShieldCheck,
  IconX,
} from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { exportUnsentWork } from '../actions/export-unsent.tsx'
import { useStore } from '../bridge/app-context.tsx'
import { useCounts } from '../bridge/use-counts.ts'
import { useSourceName } from '../domain/source-label.tsx'
import { useHostConnected } from '../state/host-state.ts'
import { navigate } from '../state/route.ts'
import type { Notice } from '../store/store-contract.ts'
import { formatCount } from '../text/format.ts'
import { type NoticeText, noticeText } from '../text/notice-text.ts'
import { oneCopyText, STUCK_BOOK, type StorageText, storageText } from '../text/storage-text.ts'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { useLate } from '../ui/skeleton.tsx'
import { useNow } from '../ui/use-now.ts'
import { RemakeBook } from './remake-book.tsx'
import styles from './shell.module.css'
import { useNotices, useOneCopy } from './use-safety.ts'

/** Opening is quick; only when it is not, it is said. */
const OPENING_IS_SLOW_MS = 3_000
/** A book that has not opened for so long, though it was tried again and again, will not open by itself. */
const STUCK_MS = 12_000
/** More banners than this would push the work off the window. */
const SHOWN = 2
const URGENCY: readonly NoticeText['tone'][] = ['danger', 'warning', 'info', 'quiet']

/** Over every place: trouble of the local store, a second copy that is late, and what a recovery found. */
export function SafetyBanners() {
  const health = useCounts()?.storage ?? 'opening'
  const slow = useLate(health === 'opening', OPENING_IS_SLOW_MS)
  const stuck = useLate(health === 'failed' || health === 'reopening', STUCK_MS)
  const connected = useHostConnected()
  const oneCopy = useOneCopy()
  const notices = useNotices()
  const [all, setAll] = useState(false)
  const trouble = stuck && connected ? STUCK_BOOK : health === 'opening' && !slow ? null : storageText(health)
  // Where the store or its folder is known to be in trouble, the late copy follows from that.
  const copy = oneCopy > 0 && trouble === null ? oneCopyText(oneCopy, connected) : null
  const above = trouble === null && copy === null ? 0 : 1
  const shown = mostUrgentFirst(notices).slice(0, all ? undefined : SHOWN - above)
  if (above === 0 && notices.length === 0) return null
  return (
    <section className={styles.safety} aria-label="Notices">
      {trouble !== null && <StorageBanner text={trouble} />}
      {copy !== null && <StorageBanner text={copy} />}
      {shown.map((notice) => (
        <NoticeBanner key={notice.noticeId} notice={notice} />
      ))}
      {notices.length > SHOWN - above && (
        <button type="button" className={styles.moreNotices} aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? 'Show fewer' : formatCount(notices.length - shown.length, 'more notice')}
        </button>
      )}
    </section>
  )
}

function mostUrgentFirst(notices: readonly Notice[]): readonly Notice[] {
  const rank = (notice: Notice): number => URGENCY.indexOf(noticeText(notice, '', notice.at).tone)
  return notices.toSorted((a, b) => rank(a) - rank(b) || b.at - a.at)
}

function StorageBanner(props: { readonly text: StorageText }) {
  const { tone, lead, text, action } = props.text
  const store = useStore()
  return (
    <Banner
      tone={tone}
      role="status"
      className={styles.safetyBanner}
      icon={tone === 'quiet' ? <IconInfoCircle size={16} aria-hidden /> : <IconDatabaseOff size={16} aria-hidden />}
      lead={lead}
      action={
        action === 'remake' ? (
          <RemakeBook />
        ) : action === 'export' ? (
          <Button onClick={() => void exportUnsentWork(store)}>Export unsent work</Button>
        ) : action === 'reload' ? (
          <Button onClick={() => location.reload()}>Try again</Button>
        ) : undefined
      }
    >
      {text}
    </Banner>
  )
}

const NOTICE_ICONS: Readonly<Record<NoticeText['tone'], ReactNode>> = {
  quiet: <IconInfoCircle size={16} aria-hidden />,
  info: <IconShieldCheck size={16} aria-hidden />,
  warning: <IconAlertTriangle size={16} aria-hidden />,
  danger: <IconDatabaseX size={16} aria-hidden />,
}

function NoticeBanner(props: { readonly notice: Notice }) {
  const { notice } = props
  const store = useStore()
  const now = useNow()
  const name = useSourceName(notice.sourceId)
  const sourceName = notice.sourceId === null ? 'A source' : name
  const { tone, lead, text, action } = noticeText(notice, sourceName, now)
  return (
    <Banner
      tone={tone}
      role="note"
      className={styles.safetyBanner}
      icon={NOTICE_ICONS[tone]}
      lead={lead}
      action={
        <span className={styles.noticeActions}>
          <NoticeAction action={action} notice={notice} />
          <IconButton label="Dismiss" onClick={() => void store.call['notices.dismiss']({ noticeId: notice.noticeId })}>
            <IconX size={16} aria-hidden />
          </IconButton>
        </span>
      }
    >
      {text}
    </Banner>
  )
}

function NoticeAction(props: { readonly action: NoticeText['action']; readonly notice: Notice }) {
  const { action, notice } = props
  switch (action) {
    case 'queue':
      return <Button onClick={() => navigate('queue')}>Show in Queue</Button>
    case 'settings':
      return <Button onClick={() => navigate('settings')}>Show backups</Button>
    case 'source':
      return <Button onClick={() => navigate('sources')}>Show source</Button>
    case 'client':
      return notice.clientId === null ? null : (
        <Button onClick={() => navigate('clients', notice.clientId)}>Show client</Button>
      )
    case null:
      return null
  }
}
