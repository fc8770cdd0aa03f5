import { IconEye, IconHistory } from '@tabler/icons-react'
import type { SourceId } from '../../../shared/ids.ts'
import type { SourceView } from '../../../shared/model/source.ts'
import { useHost, useStore } from '../../bridge/app-context.tsx'
import type { EditView } from '../../store/store-contract.ts'
import { errorLine } from '../../text/error-text.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { notify } from '../../ui/toast.tsx'
import { heldGroups } from './held-groups.ts'
import styles from './queue.module.css'

/** One bar per source whose edits wait for a look, and one for all that came back after a repair or an import. */
export function ReviewBars(props: { readonly edits: readonly EditView[]; readonly sources: readonly SourceView[] }) {
  const host = useHost()
  const store = useStore()
  const sendAll = async (sourceId: SourceId | null, hold: 'review' | 'recovered'): Promise<void> => {
    const reply = await store.call['edits.releaseAll']({ sourceId, hold })
    if (reply.ok) await host.call['edits.push']({ sourceId })
    else notify({ tone: 'danger', text: errorLine(reply.error, { sourceName: 'This device', during: 'edit' }) })
  }
  return heldGroups(props.edits, props.sources).map((group) => (
    <Banner
      key={group.sourceId ?? group.hold}
      tone="info"
      className={styles.bar}
      icon={group.hold === 'review' ? <IconEye size={16} aria-hidden /> : <IconHistory size={16} aria-hidden />}
      lead={group.lead}
      action={<Button onClick={() => void sendAll(group.sourceId, group.hold)}>Send all</Button>}
    >
      {group.text}
    </Banner>
  ))
}
