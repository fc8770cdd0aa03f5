import { IconInfoCircle } from '@tabler/icons-react'
import type { ClientId } from '../../../shared/ids.ts'
import { useStore } from '../../bridge/app-context.tsx'
import { useCounts } from '../../bridge/use-counts.ts'
import { useStoreQuery } from '../../bridge/use-store-query.ts'
import { useSourceName } from '../../domain/source-label.tsx'
import type { Notice } from '../../store/store-contract.ts'
import { noticeText } from '../../text/notice-text.ts'
import { Banner, NoteAction } from '../../ui/banner.tsx'
import { useNow } from '../../ui/use-now.ts'
import styles from './details.module.css'

/** What happened at the source under a value of this device: a quiet word with the client, and nowhere else. */
export function ClientNotices(props: { readonly clientId: ClientId }) {
  const any = (useCounts()?.notices ?? 0) > 0
  const { data } = useStoreQuery('notices.list', any ? {} : null, ['counts', 'clients'])
  if (!any) return null
  return (data ?? [])
    .filter((notice) => notice.kind === 'overlay-source-changed' && notice.clientId === props.clientId)
    .map((notice) => <ClientNotice key={notice.noticeId} notice={notice} />)
}

function ClientNotice(props: { readonly notice: Notice }) {
  const { notice } = props
  const store = useStore()
  const now = useNow()
  const sourceName = useSourceName(notice.sourceId)
  const { lead, text } = noticeText(notice, sourceName, now)
  return (
    <Banner
      tone="quiet"
      role="note"
      className={styles.note}
      icon={<IconInfoCircle size={16} aria-hidden />}
      lead={lead}
      action={
        <NoteAction onClick={() => void store.call['notices.dismiss']({ noticeId: notice.noticeId })}>
          Dismiss
        </NoteAction>
      }
    >
      {text}
    </Banner>
  )
}
