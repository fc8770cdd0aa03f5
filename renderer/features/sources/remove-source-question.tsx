import type { SourceView } from '../../../shared/model/source.ts'
import { exportUnsentWork } from '../../actions/export-unsent.tsx'
import { useHost, useStore } from '../../bridge/app-context.tsx'
import { useStoreQuery } from '../../bridge/use-store-query.ts'
import { DangerQuestion } from '../../domain/danger-question.tsx'
import { errorLine } from '../../text/error-text.ts'
import { formatCount, formatNumber } from '../../text/format.ts'
import { NAMES } from '../../text/names.ts'
import { Banner, NoteAction } from '../../ui/banner.tsx'
import { removalLoss } from './removal-loss.ts'
import styles from './sources.module.css'

/**
 * Asks before a source leaves this device. What can be pulled from nowhere is counted and named, and can leave as a file
 * first: nothing of it goes in silence.
 */
export function RemoveSourceQuestion(props: { readonly source: SourceView; readonly onClose: () => void }) {
  const { source, onClose } = props
  const host = useHost()
  const store = useStore()
  const removal = useStoreQuery('source.removal', { sourceId: source.sourceId }, ['clients', 'edits', 'conflicts']).data
  const loss = removal === null ? null : removalLoss(removal)
  return (
    <DangerQuestion
      label="Remove source"
      title={`Remove ${source.name}?`}
      action={NAMES.remove}
      onClose={onClose}
      onConfirm={() => host.call['sources.remove']({ sourceId: source.sourceId })}
      errorText={(error) => errorLine(error, { sourceName: source.name })}
    >
      <p className={styles.asked}>
        {removal === null
          ? 'Its clients leave this device.'
          : removal.clients === 0
            ? 'It has no clients here.'
            : removal.kept > 0
              ? `${formatNumber(removal.clients - removal.kept)} of its ${formatCount(removal.clients, 'client')} leave this device.`
              : `Its ${formatCount(removal.clients, 'client')} ${removal.clients === 1 ? 'leaves' : 'leave'} this device.`}{' '}
        At {source.name} itself nothing changes. Its key is deleted.
      </p>
      {loss !== null && (
        <>
          <Banner
            tone="warning"
            lead={loss.lead}
            action={<NoteAction onClick={() => void exportUnsentWork(store)}>Export unsent work</NoteAction>}
          >
            {loss.text}
          </Banner>
          <p className={styles.lossNames} dir="auto">
            {loss.names}
          </p>
        </>
      )}
    </DangerQuestion>
  )
}
